import { readId } from "@/url/read-search";

/** `user`: the person whose preferences an administrator looks at; without it one's own. */
export function readPreferencesSearch(raw: Record<string, unknown>): { user?: number | undefined } {
  return { user: readId(raw["user"]) };
}
