import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import type { LetzshopRun } from "@/api/types";
import { isUnfinished } from "@/letzshop-runs/run-state";

const root = "/api/v1/admin/letzshop";
const path = `${root}/runs` as const;

/** `all` is of everything that is asked about Letzshop: a run may change any of it. */
export const runKeys = {
  all: ["get", root] as const,
  lists: ["get", root, "runs"] as const,
  run: (id: number) => ["get", root, "run", id] as const,
  ofOrder: (orderId: number) => ["get", root, "runs", "order", orderId] as const,
};

/** What was sent about an order, the latest first. */
export const runsOfOrderQuery = (order_id: number) =>
  queryOptions({
    queryKey: runKeys.ofOrder(order_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(path, { params: { query: { order_id, limit: 50 } }, signal })).items,
    // The stream tells; this catches what it misses while one is on its way.
    refetchInterval: ({ state }) => (state.data?.some(isUnfinished) ? 5_000 : false),
  });

export async function retryRun(run_id: number): Promise<LetzshopRun> {
  const params = { path: { run_id } };
  return answered(await client.POST(`${path}/{run_id}/retry`, { params, headers: idempotent() }));
}

export async function cancelRun(run_id: number): Promise<LetzshopRun> {
  return answered(await client.POST(`${path}/{run_id}/cancel`, { params: { path: { run_id } } }));
}
