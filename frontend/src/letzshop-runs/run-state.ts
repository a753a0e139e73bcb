import type { LetzshopRun, LetzshopRunKind, LetzshopRunStatus } from "@/api/types";

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

export function isUnfinished({ status }: Pick<LetzshopRun, "status">): boolean {
  return status === "pending" || status === "fetching" || status === "processing";
}

/** It has ended, and not well. */
export function canRunAgain(run: Pick<LetzshopRun, "status">): boolean {
  return !isUnfinished(run) && run.status !== "completed";
}
