import { clockTime, localDay, locale } from "@/display/dates";

/** A time that lies ahead, within a sentence: "18:00", "tomorrow 08:00", "Mon 08:00", "30 Nov 08:00". */
export function comingTime(iso: string, now: Date): string {
  const day = comingDay(new Date(iso), now);
  return day === "" ? clockTime(iso) : `${day} ${clockTime(iso)}`;
}

/** The same by its date, where a preset's name says which day it is: "14:05", "Mon 30 Nov 08:00". */
export function exactTime(date: Date, now: Date): string {
  const time = clockTime(date.toISOString());
  if (localDay(date) === localDay(now)) return time;
  const day = format(date, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
  return `${day} ${time}`;
}

function comingDay(date: Date, now: Date): string {
  const days = daysBetween(now, date);
  if (days <= 0) return "";
  if (days === 1) return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(1, "day");
  if (days < 7) return format(date, { weekday: "short" });
  const sameYear = date.getFullYear() === now.getFullYear();
  return format(date, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** Calendar days, whatever the clocks do between them. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(to) - day(from)) / 86_400_000);
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(date);
}
