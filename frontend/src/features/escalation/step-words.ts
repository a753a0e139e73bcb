import type { TFunction } from "i18next";
import i18n from "i18next";

/** A step in words; what happens then, whatever anybody prefers. */
export function stepSentence(t: TFunction, minutes: number, names: readonly string[]): string {
  const time = spelledMinutes(minutes);
  if (names.length === 0) return t("escalation.nobodyYet", { time });
  return t("escalation.sentence", { count: names.length, time, names: spelledList(names) });
}

/** The same for whoever only reads: nobody left is no choice that they could make. */
export function readSentence(t: TFunction, minutes: number, names: readonly string[]): string {
  if (names.length > 0) return stepSentence(t, minutes, names);
  return t("escalation.nobodyLeft", { time: spelledMinutes(minutes) });
}

/** "15 minutes", "1 hour 30 minutes", "2 days" */
export function spelledMinutes(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor((minutes % 1440) / 60), "hour"],
    [minutes % 60, "minute"],
  ] as const; // `as const`: pairs
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => inUnits(amount, unit))
    .join(" ");
}

function inUnits(amount: number, unit: string): string {
  return new Intl.NumberFormat(i18n.language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

function spelledList(names: readonly string[]): string {
  return new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(names);
}
