import { runKinds, runStatuses } from "@/letzshop-runs/run-state";
import { readChoices, readIds } from "@/url/read-search";

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
