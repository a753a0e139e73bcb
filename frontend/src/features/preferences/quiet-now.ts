import type { Preferences } from "@/api/types";
import type { LocalClock } from "@/features/preferences/local-clock";

type QuietHours = Preferences["quiet_hours"];

export type QuietNow =
  | { kind: "off" | "noDay" | "always" }
  | { kind: "quiet"; until: string }
  | { kind: "waiting"; from: string; weekday: number; isToday: boolean };

/** What quiet hours do at this moment. Times are spelled HH:MM, so that they sort as text. */
export function quietNow(quiet: QuietHours, clock: LocalClock): QuietNow {
  const { is_on, start, end, weekdays } = quiet;
  if (!is_on) return { kind: "off" };
  if (weekdays.length === 0) return { kind: "noDay" };
  if (start === end && weekdays.length === 7) return { kind: "always" };
  if (isWithin(quiet, clock)) return { kind: "quiet", until: end };
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const weekday = later(clock.weekday, ahead);
    if (weekdays.includes(weekday) && (ahead > 0 || clock.time < start))
      return { kind: "waiting", from: start, weekday, isToday: ahead === 0 };
  }
  return { kind: "noDay" };
}

function isWithin({ start, end, weekdays }: QuietHours, { time, weekday }: LocalClock): boolean {
  const goesOvernight = end <= start;
  const beganToday = weekdays.includes(weekday) && time >= start && (goesOvernight || time < end);
  const beganYesterday = goesOvernight && weekdays.includes(later(weekday, -1)) && time < end;
  return beganToday || beganYesterday;
}

function later(weekday: number, days: number): number {
  return ((weekday - 1 + days + 7) % 7) + 1;
}
