import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { ImportJob } from "@/api/types";
import { importKeys } from "@/features/imports/keys";
import type { ImportErrorsSearch, ImportsSearch } from "@/features/imports/search";

const path = "/api/v1/admin/imports";

export const importsQuery = ({ status, store }: ImportsSearch) =>
  pagedQuery([...importKeys.lists, { status, store }], async (cursor, signal) => {
    const query = present({ status, store_id: store, limit: 50, cursor });
    return answered(await client.GET(path, { params: { query }, signal }));
  });

export const recentImportsQuery = queryOptions({
  queryKey: [...importKeys.lists, "recent"],
  queryFn: async ({ signal }) => answered(await client.GET(path, { params: { query: { limit: 8 } }, signal })).items,
});

/** null: the store has had none. */
export const lastImportQuery = (store: number) =>
  queryOptions({
    queryKey: [...importKeys.last, store],
    queryFn: async ({ signal }) => {
      const query = { store_id: [store], limit: 1 };
      return answered(await client.GET(path, { params: { query }, signal })).items[0] ?? null;
    },
  });

export const importQuery = (import_id: number) =>
  queryOptions({
    queryKey: importKeys.job(import_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{import_id}`, { params: { path: { import_id } }, signal })),
    // The stream tells; this catches what it misses while the job runs.
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 5_000 : false),
  });

export const importRowsQuery = (import_id: number, { severity }: ImportErrorsSearch) =>
  pagedQuery([...importKeys.rows(import_id), { severity }], async (cursor, signal) => {
    const query = present({ severity: severity && [severity], limit: 100, cursor });
    const rows = answered(
      await client.GET(`${path}/{import_id}/errors`, { params: { path: { import_id }, query }, signal }),
    );
    // The same address answers CSV when asked for it, which is not done here.
    if (typeof rows === "string") throw new Error("The server sent text where rows were asked for");
    return rows;
  });

/** A minute: the notification is written with the run's end, and clocks of two machines may differ. */
const around = 60_000;

/** The alert that a run raised, by the notification that told of it; null when that is no longer there. */
export const raisedAlertQuery = ({ id, store_id, completed_at }: ImportJob) =>
  queryOptions({
    queryKey: [...importKeys.job(id), "alert", completed_at],
    queryFn: async ({ signal }) => {
      const endedAt = Date.parse(completed_at ?? "");
      const query = {
        type: ["import_failure" as const], // `as`: the literal
        store_id: [store_id],
        since: new Date(endedAt - around).toISOString(),
        until: new Date(endedAt + around).toISOString(),
      };
      const { items } = answered(await client.GET("/api/v1/admin/notifications", { params: { query }, signal }));
      return items.find(({ action_url }) => action_url === `/imports/${id}`)?.alert_id ?? null;
    },
    enabled: completed_at !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

export function hasTrouble({ status, error_count }: ImportJob): boolean {
  return status === "failed" || error_count > 0;
}

export function isRunning({ status }: Pick<ImportJob, "status">): boolean {
  return status === "pending" || status === "processing";
}
