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
