import { parseSearch, type RawSearch } from "@/url/search-text";

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

/** A path with query and fragment, as the router's links take it. */
export function splitPath(path: string): { to: string; search: RawSearch; hash: string } {
  const url = new URL(path, window.location.origin);
  return { to: url.pathname, search: parseSearch(url.search), hash: url.hash.slice(1) };
}
