import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { Delivery, DeliveryDetail, DeliveryStats, Page } from "@/api/types";
import { unlessGone } from "@/api/unless-gone";
import { destinationsKey } from "@/directory/destinations";
import { endOfDay, startOfDay } from "@/display/dates";
import { paceOf } from "@/features/delivery/pace";
import type { DeliveryFilters } from "@/features/delivery/search";

const path = "/api/v1/admin/delivery";
const pageSize = 50;

/** The address's filters as the API's query. */
export function queryOf({ destination, notification, alert, store, user, since, until, ...same }: DeliveryFilters) {
  return {
    status: same.status ?? null,
    channel: same.channel ? [same.channel] : null,
    kind: same.kind ?? null,
    destination_id: destination ?? null,
    notification_id: notification ?? null,
    alert_id: alert ?? null,
    store_id: store ?? null,
    user_id: user ?? null,
    sent_last_24h: same.sentLately ?? null,
    since: since ? startOfDay(since) : null,
    until: until ? endOfDay(until) : null,
  };
}
export type DeliveryQuery = ReturnType<typeof queryOf>;

export const deliveryKeys = {
  all: ["get", path] as const,
  destinations: destinationsKey,
  destination: (id: number) => ["get", path, "destinations", "one", id] as const,
  lists: ["get", path, "list"] as const,
  list: (query: DeliveryQuery) => [...deliveryKeys.lists, query] as const,
  head: (query: DeliveryQuery) => ["get", path, "head", query] as const,
  detail: (id: number) => ["get", path, "detail", id] as const,
  stats: ["get", path, "stats"] as const,
};

async function fetchDestinations(cursor: string | null, limit: number, signal: AbortSignal) {
  return answered(await client.GET(`${path}/destinations`, { params: { query: present({ limit, cursor }) }, signal }));
}

export const destinationsQuery = pagedQuery([...deliveryKeys.destinations, "list"], (cursor, signal) =>
  fetchDestinations(cursor, pageSize, signal),
);

export const destinationQuery = (destination_id: number) =>
  queryOptions({
    queryKey: deliveryKeys.destination(destination_id),
    queryFn: async ({ signal }) =>
      answered(
        await client.GET(`${path}/destinations/{destination_id}`, { params: { path: { destination_id } }, signal }),
      ),
  });

export async function fetchDeliveries(
  query: DeliveryQuery,
  cursor: string | null,
  signal: AbortSignal | null,
): Promise<Page<Delivery>> {
  return answered(
    await client.GET(`${path}/deliveries`, {
      params: { query: present({ ...query, limit: pageSize, cursor }) },
      signal,
    }),
  );
}

export const deliveriesQuery = (query: DeliveryQuery) => ({
  ...pagedQuery(deliveryKeys.list(query), async (cursor, signal, queryClient) => {
    const page = await fetchDeliveries(query, cursor, signal);
    // A head that was asked before would count rows as new that are listed, or are gone.
    if (cursor === null) queryClient.setQueryData(deliveryKeys.head(query), page);
    return page;
  }),
  refetchOnReconnect: false,
});

export async function fetchDelivery(delivery_id: number): Promise<DeliveryDetail | null> {
  const answer = await unlessGone(
    client.GET(`${path}/deliveries/{delivery_id}`, { params: { path: { delivery_id } } }),
  );
  return answer && answered(answer);
}

/** Those of these that are there still. */
export async function fetchTheseDeliveries(ids: readonly number[]): Promise<Delivery[]> {
  const query = { id: [...ids], limit: ids.length };
  return answered(await client.GET(`${path}/deliveries`, { params: { query } })).items;
}

/** Followed as long as it has not finished, closely while it may move: no hint tells of it. */
export const deliveryQuery = (delivery_id: number, every = 3_000) =>
  queryOptions({
    queryKey: deliveryKeys.detail(delivery_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/deliveries/{delivery_id}`, { params: { path: { delivery_id } }, signal })),
    refetchInterval: ({ state }) => (state.data ? paceOf(state.data, Date.now(), every) : false),
  });

export const deliveryStatsQuery = queryOptions({
  queryKey: deliveryKeys.stats,
  queryFn: async ({ signal }) => answered(await client.GET(`${path}/stats`, { signal })),
  refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? 5_000 : 30_000),
});

/** What waits for a later hour moves nothing until then. */
function isBusy({ pending, scheduled, sending }: DeliveryStats): boolean {
  return pending - scheduled + sending > 0;
}
