import type { LetzshopRunKind, LetzshopRunStatus } from "@/api/types";
import { readChoices, readIds } from "@/url/read-search";

export const runKinds = ["sync", "history", "fulfilment", "export"] as const satisfies readonly LetzshopRunKind[];

export const runStatuses = [
  "pending",
  "fetching",
  "processing",
  "completed",
  "partial",
  "failed",
  "cancelled",
] as const satisfies readonly LetzshopRunStatus[];

/** What limits the list of runs. */
export interface RunFilters {
  store?: number[] | undefined;
  kind?: (typeof runKinds)[number][] | undefined;
  status?: (typeof runStatuses)[number][] | undefined;
}

export function readRunFilters(raw: Record<string, unknown>): RunFilters {
  return {
    store: readIds(raw["store"]),
    kind: readChoices(raw["kind"], runKinds),
    status: readChoices(raw["status"], runStatuses),
  };
}
