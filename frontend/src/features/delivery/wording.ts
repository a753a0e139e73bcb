import type { TFunction } from "i18next";
import "@/inbox/why/texts";
import type { DetailCode, NotificationType } from "@/api/types";
import { humanised } from "@/display/names";
import { alertTypes } from "@/inbox/search";

export const notificationCategories = [
  "critical_error",
  "security_alert",
  "import_failure",
  "order_sync_failure",
  "order_exception",
  "store_issue",
  "delivery_failure",
  "silence_ending",
] as const satisfies readonly NotificationType[];

/** What a destination can choose to hear of: notifications by type, and alerts that ring none. */
export const categories = [...notificationCategories, ...alertTypes] as const;

export function categoryName(t: TFunction, category: string): string {
  const known = categories.find((each) => each === category);
  return known ? t(`delivery.type.${known}`) : humanised(category);
}

/** Joined as the language does: "a, b and c". */
export function listed(language: string, words: readonly string[]): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(words);
}

const offReasons = { "by hand": "byHand", bounced: "bounced", gone: "gone", failing: "failing" } as const;

export function offReason(t: TFunction, reason: string | null): string {
  if (reason === null) return t("delivery.destinations.offReason.byHand");
  const known = Object.entries(offReasons).find(([said]) => said === reason)?.[1];
  return known ? t(`delivery.destinations.offReason.${known}`) : humanised(reason);
}

const reasons = {
  "the destination is switched off": "off",
  "the worker died at its last try": "died",
  "the destination does not answer": "noAnswer",
  "the receiver wants nothing any more": "gone",
  "there is no such address": "bounced",
  "refused for good: trying again cannot help": "refused",
  "it was over before it was sent": "over",
  "destination deleted": "deleted",
  "no address is set up": "noAddress",
} as const;

const waitingFor = ["quiet_hours", "throttle"] as const;
/** What a message was dropped for that had waited, by the server's codes. */
const droppedFor = [
  "account_disabled",
  "role_lost",
  "no_longer_wanted",
  "settled_before_sent",
  "overtaken",
] as const satisfies readonly DetailCode[];

/** Why a delivery has its status, in the user's language where the reason is known. */
export function reasonText(t: TFunction, reason: string): string {
  const awaited = waitingFor.find((each) => each === reason);
  if (awaited) return t(`why.reason.${awaited}`);
  const dropped = droppedFor.find((each) => each === reason);
  if (dropped) return t(`why.detail.${dropped}`);
  const known = Object.entries(reasons).find(([said]) => said === reason)?.[1];
  if (known) return t(`delivery.drawer.reason.${known}`);
  const tries = /^(\d+) tries failed$/.exec(reason)?.[1];
  return tries
    ? t("delivery.drawer.reason.tries", { n: tries })
    : reason.charAt(0).toLocaleUpperCase() + reason.slice(1);
}
