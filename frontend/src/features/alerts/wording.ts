import type { TFunction } from "i18next";
import type { Alert } from "@/api/types";
import { humanised } from "@/display/names";
import { alertTypes } from "@/inbox/search";

export function alertTypeName(t: TFunction, type: string): string {
  const known = alertTypes.find((each) => each === type);
  return known ? t(`alerts.type.${known}`) : humanised(type);
}

/** "12 stores", or "3 of 12 stores open" once some have recovered; empty for a platform-wide alert. */
export function scopeText(t: TFunction, { affected_stores, open_stores, is_resolved }: Alert): string {
  const all = affected_stores.length;
  if (all === 0) return "";
  const open = open_stores.length;
  if (is_resolved || open === all) return t("alerts.stores", { count: all });
  return t("alerts.openStores", { open, all });
}

/** When it came back from a snooze, as long as nobody has taken it on since. */
export function newlyReturnedAt({ returned_at, acknowledged_at, is_resolved }: Alert): string | null {
  if (returned_at === null || is_resolved) return null;
  return acknowledged_at !== null && Date.parse(acknowledged_at) >= Date.parse(returned_at) ? null : returned_at;
}
