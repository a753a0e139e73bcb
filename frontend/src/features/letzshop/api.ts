import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import { ProblemError } from "@/api/problem";
import type { LetzshopCredentials } from "@/api/types";
import type { RunFilters } from "@/features/letzshop/search";
import { runKeys } from "@/letzshop-runs/api";
import { isUnfinished } from "@/letzshop-runs/run-state";

const path = "/api/v1/admin/letzshop";
const storePath = `${path}/stores/{store_id}` as const;

export const letzshopKeys = {
  all: runKeys.all,
  connections: ["get", path, "connection"] as const,
  connection: (storeId: number) => ["get", path, "connection", storeId] as const,
  runs: runKeys.lists,
  run: runKeys.run,
};

/** null: the store is not connected. */
export const connectionQuery = (store_id: number) =>
  queryOptions({
    queryKey: letzshopKeys.connection(store_id),
    queryFn: async ({ signal }): Promise<LetzshopCredentials | null> => {
      try {
        return answered(await client.GET(`${storePath}/credentials`, { params: { path: { store_id } }, signal }));
      } catch (error) {
        if (error instanceof ProblemError && error.code === "letzshop_not_connected") return null;
        throw error;
      }
    },
  });

export const runsQuery = ({ store, kind, status }: RunFilters) =>
  pagedQuery([...letzshopKeys.runs, "list", { store, kind, status }], async (cursor, signal) => {
    const query = present({ store_id: store, kind, status, limit: 50, cursor });
    return answered(await client.GET(`${path}/runs`, { params: { query }, signal }));
  });

export const latestRunsQuery = (storeId: number) =>
  queryOptions({
    queryKey: [...letzshopKeys.runs, "latest", storeId],
    queryFn: async ({ signal }) => {
      const query = { store_id: [storeId], limit: 6 };
      return answered(await client.GET(`${path}/runs`, { params: { query }, signal })).items;
    },
  });

/** The store's sync and historical import that wait or run: at most one of each. */
export const unfinishedRunsQuery = (storeId: number) =>
  queryOptions({
    queryKey: [...letzshopKeys.runs, "unfinished", storeId],
    queryFn: async ({ signal }) => {
      const query = {
        store_id: [storeId],
        kind: ["sync" as const, "history" as const], // `as`: the literals
        status: ["pending" as const, "fetching" as const, "processing" as const], // `as`: the literals
        limit: 10,
      };
      return answered(await client.GET(`${path}/runs`, { params: { query }, signal })).items;
    },
    refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? 5_000 : false),
  });

export const runQuery = (run_id: number) =>
  queryOptions({
    queryKey: letzshopKeys.run(run_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/runs/{run_id}`, { params: { path: { run_id } }, signal })),
    // The stream tells; this catches what it misses while the run goes on.
    refetchInterval: ({ state }) => (state.data && isUnfinished(state.data) ? 5_000 : false),
  });

/** Where the browser fetches a store's products from, as a file. */
export function exportUrl(storeId: number, language: string): string {
  return `${path}/export?${new URLSearchParams({ store_id: String(storeId), language })}`;
}
