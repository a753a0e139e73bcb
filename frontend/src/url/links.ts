import { stringifySearch } from "@/url/search-text";

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

/** The form for a new silence, filled with what a page is about. */
export function silenceLink(about: {
  store?: readonly number[] | undefined;
  type?: readonly string[] | undefined;
  priority?: readonly string[] | undefined;
  text?: string | undefined;
}): string {
  return `/silences${stringifySearch({ create: true, ...about })}`;
}
