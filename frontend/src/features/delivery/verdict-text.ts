import type { TFunction } from "i18next";
import type { Verdict } from "@/api/types";
import { channels } from "@/features/delivery/search";
import { categories } from "@/features/delivery/wording";
import { priorities } from "@/inbox/search";

const rule =
  /^By (\w+)(?: for (store|merchant) (\d+))?, (\w+) is (?:(never) wanted|wanted from (\w+) on)(?:; this is (\w+))?\.( It is in the digest\.)?$/;

/** What was decided, in the user's language; what is not known is said as the server said it. */
export function verdictText(t: TFunction, { detail }: Pick<Verdict, "detail">): string {
  if (detail === "It waits for the end of quiet hours.") return t("delivery.verdict.quietHours");
  if (detail === "The destination takes it.") return t("delivery.verdict.takesIt");
  const asker = /^(.+) asked for a test\.$/.exec(detail)?.[1];
  if (asker) return t("delivery.verdict.askedFor", { name: asker });
  const [, channel, place, placeId = "", subject, never, from, actual, digest] = rule.exec(detail) ?? [];
  const known = channels.find((each) => each === channel);
  const what = categories.find((each) => each === subject) ?? (subject === "everything" ? subject : undefined);
  const least = priorities.find((each) => each === from);
  if (!known || !what || !(least || never)) return detail;
  const words = {
    by: t(`delivery.byChannel.${known}`),
    what: t(`delivery.verdict.of.${what}`),
    place:
      place === "merchant"
        ? t("delivery.verdict.merchant", { id: placeId })
        : t("delivery.verdict.store", { id: placeId }),
    priority: least ? levelIn(t, least) : "",
  };
  const sentence = least
    ? t(place ? "delivery.verdict.wantedAt" : "delivery.verdict.wanted", words)
    : t(place ? "delivery.verdict.neverAt" : "delivery.verdict.never", words);
  const priority = priorities.find((each) => each === actual);
  const whole = priority
    ? `${sentence}; ${t("delivery.verdict.isLess", { priority: levelIn(t, priority) })}.`
    : `${sentence}.`;
  return digest ? `${whole} ${t("delivery.verdict.inDigest")}` : whole;
}

/** Within a sentence. */
function levelIn(t: TFunction, level: (typeof priorities)[number]): string {
  return t(`level.${level}`).toLocaleLowerCase();
}
