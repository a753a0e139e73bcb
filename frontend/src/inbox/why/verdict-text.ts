import type { TFunction } from "i18next";
import type { DetailArgs, Verdict } from "@/api/types";
import { clockOrDate } from "@/display/dates";
import { humanised } from "@/display/names";
import { alertTypes, notificationTypes } from "@/inbox/search";

/** Why somebody is told or is not, as the server says it. */
export type Reason = Pick<Verdict, "detail" | "detail_code" | "detail_args">;

/** In the user's language; what has no code, or one that this page does not know yet, in the server's English. */
export function verdictText(t: TFunction, { detail, detail_code, detail_args }: Reason, now: Date): string {
  if (detail_code === null) return detail;
  return t(`why.detail.${detail_code}`, { ...wordsOf(t, detail_args, now), defaultValue: detail });
}

function wordsOf(t: TFunction, args: DetailArgs, now: Date) {
  const { channel, threshold, priority, role, frequency, until, at } = args;
  return {
    ...args,
    by: channel && t(`why.word.by.${channel}`),
    what: whatOf(t, args),
    threshold: threshold && t(`level.${threshold}`).toLocaleLowerCase(),
    priority: priority && t(`level.${priority}`).toLocaleLowerCase(),
    role: role && t(`shell.role.${role}`),
    frequency: frequency && t(`why.word.frequency.${frequency}`),
    until: until && clockOrDate(until, now),
    at: at && clockOrDate(at, now),
  };
}

const categories = [...notificationTypes, ...alertTypes] as const;

/** "import failures of Book Store" */
function whatOf(t: TFunction, args: DetailArgs): string {
  const known = categories.find((each) => each === args.category);
  const what =
    args.category && !known ? humanised(args.category).toLocaleLowerCase() : t(`why.word.of.${known ?? "everything"}`);
  const place = placeOf(t, args);
  return place ? t("why.word.ofPlace", { what, place }) : what;
}

/** The name, or what goes by its number once its name is gone. */
function placeOf(t: TFunction, { store_id, store_name, merchant_id, merchant_name }: DetailArgs): string | undefined {
  if (store_id !== null) return store_name ?? t("why.word.store", { id: store_id });
  return merchant_id !== null ? (merchant_name ?? t("why.word.merchant", { id: merchant_id })) : undefined;
}
