export const presetNames = ["hour", "morning", "evening", "tomorrow", "monday"] as const;

export interface Preset {
  readonly name: (typeof presetNames)[number];
  readonly at: Date;
}

const HOUR = 3_600_000;

/** What is offered at this time, soonest first: each leads somewhere else, and none is nearly now. Local times. */
export function presetsAt(now: Date): readonly Preset[] {
  const at = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { name: "hour", at: new Date(now.getTime() + HOUR) },
    ...(now.getHours() < 6 ? [{ name: "morning", at: at(0, 8) } as const] : []),
    ...(now.getHours() < 17 ? [{ name: "evening", at: at(0, 18) } as const] : []),
    { name: "tomorrow", at: at(1, 8) },
    ...(toMonday > 1 ? [{ name: "monday", at: at(toMonday, 8) } as const] : []),
  ];
}

const longest = 90 * 24 * HOUR;

/** What is wrong with a time of one's own; the server decides again. */
export function faultOf(typed: Date | null, now: Date): "time" | "past" | "long" | null {
  if (typed === null) return "time";
  const ahead = typed.getTime() - now.getTime();
  if (ahead <= 0) return "past";
  return ahead > longest ? "long" : null;
}
