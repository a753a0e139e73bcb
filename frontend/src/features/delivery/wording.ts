import type { TFunction } from "i18next";
import "@/inbox/why/texts";
import type { Delivery, DetailCode } from "@/api/types";
import { humanised } from "@/display/names";

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

const waitingFor = ["quiet_hours", "throttle", "asked_for"] as const;
/** What a message was given up or dropped for, by the server's codes. */
const lostFor = [
  "refused",
  "bounced",
  "receiver_gone",
  "tries_failed",
  "buried_switched_off",
  "worker_died",
  "destination_deleted",
  "address_removed",
  "over_before_sent",
  "settled_before_sent",
  "overtaken",
  "attended",
  "account_disabled",
  "role_lost",
  "no_longer_wanted",
] as const satisfies readonly DetailCode[];

/** Why a delivery has its status, in the user's language where the reason is known. */
export function reasonText(t: TFunction, { reason, tries }: Pick<Delivery, "reason" | "tries">): string | null {
  if (reason === null) return null;
  const awaited = waitingFor.find((each) => each === reason);
  if (awaited) return t(`why.reason.${awaited}`);
  const lost = lostFor.find((each) => each === reason);
  return lost ? t(`why.detail.${lost}`, { tries }) : humanised(reason);
}
