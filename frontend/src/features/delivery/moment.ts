import i18n from "i18next";
import { clockTime, dayAndTime } from "@/display/dates";

const HOUR = 3_600_000;

/** "in 2 min" within the hour, "Today 18:05" later: for what is to come. */
export function relativeOrClock(iso: string, now: Date): string {
  const ahead = Date.parse(iso) - now.getTime();
  const words = new Intl.RelativeTimeFormat(i18n.language, { numeric: "auto", style: "short" });
  if (ahead < 60_000) return words.format(Math.max(0, Math.ceil(ahead / 1_000)), "second");
  if (ahead < HOUR) return words.format(Math.ceil(ahead / 60_000), "minute");
  return ahead < 12 * HOUR ? clockTime(iso) : dayAndTime(iso, now);
}
