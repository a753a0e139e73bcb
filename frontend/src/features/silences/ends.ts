/** When a silence begins and ends, from what was chosen and typed. */

const HOUR = 3_600_000;
const longest = 90 * 24 * HOUR;

export const presets = ["hour", "fourHours", "morning", "custom"] as const;
export type Preset = (typeof presets)[number];

export interface Period {
  starts: "now" | "later";
  /** As the browser's field has it, in local time: 2026-11-22T20:30. */
  starts_at: string;
  ends: Preset;
  ends_at: string;
}

export type PeriodError = { field: "starts_at" | "ends_at"; error: "time" | "past" | "order" | "long" };

/** Null when nothing valid is typed. */
export function startOf({ starts, starts_at }: Period, now: Date): Date | null {
  return starts === "now" ? now : dateOf(starts_at);
}

export function endOf(period: Period, now: Date): Date | null {
  if (period.ends === "custom") return dateOf(period.ends_at);
  const start = startOf(period, now);
  if (start === null) return null;
  if (period.ends === "hour") return new Date(start.getTime() + HOUR);
  if (period.ends === "fourHours") return new Date(start.getTime() + 4 * HOUR);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8);
}

/** What the server would refuse, found before it is asked. */
export function faultOf(period: Period, now: Date): PeriodError | null {
  const start = startOf(period, now);
  const end = endOf(period, now);
  if (start === null) return { field: "starts_at", error: "time" };
  if (end === null) return { field: "ends_at", error: "time" };
  if (end <= now) return { field: "ends_at", error: "past" };
  if (end <= start) return { field: "ends_at", error: "order" };
  return end.getTime() - start.getTime() > longest ? { field: "ends_at", error: "long" } : null;
}

/** A time as the browser's field has it. */
export function fieldTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function dateOf(typed: string): Date | null {
  const date = new Date(typed);
  return typed === "" || Number.isNaN(date.getTime()) ? null : date;
}
