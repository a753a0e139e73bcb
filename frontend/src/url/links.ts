/** Where to go after signing in: a path of this site only, so that a crafted link cannot lead elsewhere. */
export function readReturnTo(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) && !value.startsWith("/login") ? value : undefined;
}

/** Action links come from data: a path with one leading slash, or https; all else is not linked. */
export function linkKind(url: string | null): "path" | "external" | null {
  if (url === null) return null;
  if (/^\/(?![/\\])/.test(url)) return "path";
  return url.startsWith("https://") ? "external" : null;
}
