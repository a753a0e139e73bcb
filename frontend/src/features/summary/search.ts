import { readChoice } from "@/url/read-search";

export const periods = ["day", "week", "month"] as const;
export type Period = (typeof periods)[number];

/** Without one since one left, or of a day. */
export interface SummarySearch {
  period?: Period | undefined;
}

export function readSummarySearch(raw: Record<string, unknown>): SummarySearch {
  return { period: readChoice(raw["period"], periods) };
}
