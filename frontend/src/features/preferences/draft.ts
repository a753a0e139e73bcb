import type { Preferences, PreferencesDraft, PreferencesOverride } from "@/api/types";

/** What the page's fields hold; it has the shape of the server's document, so that each error finds its field. */
export interface Draft {
  language: Preferences["language"];
  timezone: string;
  matrix: Preferences["matrix"];
  overrides: PreferencesOverride[];
  quiet_hours: Preferences["quiet_hours"];
  digest: Preferences["digest"];
  /** undefined keeps the address, null removes it; the server never tells it in full. */
  chat_url: string | null | undefined;
}

export function draftOf({ language, timezone, matrix, overrides, quiet_hours, digest }: Preferences): Draft {
  return { language, timezone, matrix, overrides, quiet_hours, digest, chat_url: undefined };
}

export function bodyOf({ chat_url, ...document }: Draft): PreferencesDraft {
  if (chat_url === undefined) return document;
  return { ...document, chat_url: chat_url === null ? null : chat_url.trim() };
}

/** Times that are not shown become what they were: one that was emptied would be refused where nobody sees it. */
export function quietOf(quiet: Draft["quiet_hours"], kept: Draft["quiet_hours"]): Draft["quiet_hours"] {
  if (quiet.is_on) return quiet;
  return { ...quiet, start: quiet.start || kept.start, end: quiet.end || kept.end };
}

export function digestOf(digest: Draft["digest"], kept: Draft["digest"]): Draft["digest"] {
  return hasTime(digest) ? digest : { ...digest, at: digest.at || kept.at };
}

/** The fields within the parts that are not what they were, by the paths of their errors. */
export function changedPaths(before: Draft, parts: Partial<Draft>): string[] {
  const was = new Map(Object.entries(before));
  return Object.entries(parts).flatMap(([part, value]) => {
    const fields = new Map(Object.entries(was.get(part) ?? {}));
    return Object.entries(value ?? {})
      .filter(([name, next]) => fields.get(name) !== next)
      .map(([name]) => `${part}.${name}`);
  });
}

/** The others come by the hour, or not at all. */
export function hasTime({ frequency }: Pick<Draft["digest"], "frequency">): boolean {
  return frequency === "daily" || frequency === "weekly";
}

/** Two rules for the same are one too many: the server would refuse them. */
export function isTaken(overrides: readonly PreferencesOverride[], wanted: PreferencesOverride): boolean {
  return overrides.some(
    ({ channel, category, store_id, merchant_id }) =>
      channel === wanted.channel &&
      category === wanted.category &&
      store_id === wanted.store_id &&
      merchant_id === wanted.merchant_id,
  );
}
