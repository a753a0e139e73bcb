import type { TFunction } from "i18next";
import type { Silence } from "@/api/types";
import { clockOrDate, duration } from "@/display/dates";
import { humanised } from "@/display/names";
import { alertTypes, notificationTypes } from "@/inbox/search";

/** A type of notifications or of platform alerts. */
export function typeName(t: TFunction, type: string): string {
  const notified = notificationTypes.find((each) => each === type);
  if (notified) return t(`notifications.type.${notified}`);
  const alerted = alertTypes.find((each) => each === type);
  return alerted ? t(`alerts.type.${alerted}`) : humanised(type);
}

/** How it stands: "Ends in 2 h 5 min", "Begins in 1 d 3 h", "Ended 13:58 by Ada". */
export function standingText(t: TFunction, silence: Silence, now: Date): string {
  const { state, starts_at, ends_at, ended_at, ended_by } = silence;
  if (ended_at !== null) {
    const time = clockOrDate(ended_at, now);
    return ended_by ? t("silences.endedBy", { time, name: ended_by.name }) : t("silences.untilNow", { time });
  }
  const left = Date.parse(ends_at) - now.getTime();
  if (left <= 0) return t("silences.untilNow", { time: clockOrDate(ends_at, now) });
  // By its state: the page's clock ticks twice a minute, and one that was made just now seems to lie ahead.
  if (state === "scheduled") return t("silences.startsIn", { time: duration(Date.parse(starts_at) - now.getTime()) });
  return t("silences.endsIn", { time: duration(left) });
}
