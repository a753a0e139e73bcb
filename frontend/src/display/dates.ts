import i18n from "i18next";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(date);
}

/** British order and 24 hours for English: the platform is European. */
export function locale(): string {
  return i18n.language === "en" ? "en-GB" : i18n.language;
}

/** "22 November 2026, 14:05:09" for titles and tooltips. */
export function fullTime(iso: string): string {
  return format(new Date(iso), { dateStyle: "long", timeStyle: "medium" });
}

/** "14:05" */
export function clockTime(iso: string): string {
  return format(new Date(iso), { hour: "2-digit", minute: "2-digit" });
}

/** "22 Nov" in this year, "22 Nov 2025" otherwise. */
export function shortDate(iso: string, now: Date): string {
  const date = new Date(iso);
  const sameYear = date.getFullYear() === now.getFullYear();
  return format(date, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** "2m", "3h": for rows of today, where width is scarce. */
export function compactAge(iso: string, now: Date): string {
  const age = Math.max(0, now.getTime() - Date.parse(iso));
  if (age < MINUTE) return i18n.t("time.now");
  if (age < HOUR) return i18n.t("time.minutesShort", { n: Math.floor(age / MINUTE) });
  return i18n.t("time.hoursShort", { n: Math.floor(age / HOUR) });
}

/** "2 minutes ago", "yesterday": for running text. */
export function relativeTime(iso: string, now: Date): string {
  const age = Math.max(0, now.getTime() - Date.parse(iso));
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" });
  if (age < MINUTE) return i18n.t("time.justNow");
  if (age < HOUR) return words.format(-Math.floor(age / MINUTE), "minute");
  if (age < DAY) return words.format(-Math.floor(age / HOUR), "hour");
  if (age < 7 * DAY) return words.format(-Math.floor(age / DAY), "day");
  return shortDate(iso, now);
}

/** "Today 13:58", "Yesterday 13:58", "12 Nov 13:58" */
export function dayAndTime(iso: string, now: Date): string {
  return `${dayName(iso, now) ?? shortDate(iso, now)} ${clockTime(iso)}`;
}

/** "18:05" today, "21 Nov 18:05" else: within a sentence, where "Today" would stand out. */
export function clockOrDate(iso: string, now: Date): string {
  const time = clockTime(iso);
  return localDay(new Date(iso)) === localDay(now) ? time : `${shortDate(iso, now)} ${time}`;
}

/** "18 min", "3 h 5 min", "2 d 4 h" */
export function duration(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / MINUTE));
  if (minutes < 1) return i18n.t("time.underMinute");
  if (minutes < 60) return i18n.t("time.minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return i18n.t("time.hours", { h: hours, m: minutes % 60 });
  return i18n.t("time.days", { d: Math.floor(hours / 24), h: hours % 24 });
}

/** The local calendar day as YYYY-MM-DD. */
export function localDay(date: Date): string {
  const month = String(date.getMonth() + 1).padStart(2, "0");
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, "0")}`;
}

/** "Today" or "Yesterday", else null. */
export function dayName(iso: string, now: Date): string | null {
  const day = localDay(new Date(iso));
  if (day === localDay(now)) return i18n.t("time.today");
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return day === localDay(yesterday) ? i18n.t("time.yesterday") : null;
}

/** "Sunday 22 November" */
export function longDay(iso: string, now: Date): string {
  const date = new Date(iso);
  const sameYear = date.getFullYear() === now.getFullYear();
  return format(date, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  }).replace(",", "");
}

/** First instant of a local day, as the API wants it. */
export function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

/** Last instant of a local day; days with a clock change are 23 or 25 hours long. */
export function endOfDay(day: string): string {
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return new Date(next.getTime() - 1).toISOString();
}
