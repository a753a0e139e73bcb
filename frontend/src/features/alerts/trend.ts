import type { AlertStats } from "@/api/types";

/** How many alerts were open at the end of each day, counted back from those open now. */
export function openPerDay({ active, daily }: Pick<AlertStats, "active" | "daily">): number[] {
  const series: number[] = [];
  let open = active;
  for (const { opened, resolved } of daily.toReversed()) {
    series.unshift(open);
    open = Math.max(0, open - opened + resolved);
  }
  return series;
}
