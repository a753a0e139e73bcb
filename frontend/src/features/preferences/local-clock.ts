import i18n from "i18next";

/** What a clock on the wall of a time zone shows; weekdays count from Monday, 1. */
export interface LocalClock {
  readonly time: string;
  readonly weekday: number;
}

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** null: no such time zone in this browser. */
export function clockIn(timezone: string, now: Date): LocalClock | null {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: timezone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
    }).formatToParts(now);
    const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
    return { time: `${part("hour")}:${part("minute")}`, weekday: names.indexOf(part("weekday")) + 1 };
  } catch {
    return null;
  }
}

/** "Monday" of 1 in the page's language. */
export function weekdayName(weekday: number, width: "long" | "short" = "long"): string {
  // 1 January 2024 was a Monday.
  const day = new Date(Date.UTC(2024, 0, weekday));
  return new Intl.DateTimeFormat(i18n.language, { weekday: width, timeZone: "UTC" }).format(day);
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** UTC is none of the places that browsers list. */
export function timeZones(): readonly string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}
