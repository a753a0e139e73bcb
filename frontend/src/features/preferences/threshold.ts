import type { Threshold } from "@/api/types";
import { readChoice } from "@/url/read-search";

/** From "tell me everything" to "tell me nothing". */
export const thresholds = ["low", "normal", "high", "critical", "never"] as const satisfies readonly Threshold[];
export const priorities = ["low", "normal", "high", "critical"] as const;

/** The priorities that get through. */
export function heard(threshold: Threshold): readonly (typeof priorities)[number][] {
  return priorities.slice(thresholds.indexOf(threshold));
}

export function readThreshold(value: string): Threshold {
  return readChoice(value, thresholds) ?? "never";
}
