import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { Alert, AlertType, Page } from "@/api/types";
import { unlessGone } from "@/api/unless-gone";
import { endOfDay, startOfDay } from "@/display/dates";
import { alertTypes, type InboxSearch } from "@/inbox/search";

const path = "/api/v1/admin/notifications/alerts";
const pageSize = 50;

/** The address's filters as the API's query. */
export function filtersOf(search: InboxSearch) {
  const types = alertTypes.filter((type) => search.type?.includes(type));
  return {
    severity: search.severity ?? null,
    alert_type: types.length > 0 ? (types satisfies AlertType[]) : null,
    is_resolved: search.status === "active" ? false : search.status === "resolved" ? true : null,
    snoozed: search.status === "snoozed" ? true : null,
    acknowledged: search.acknowledged ?? null,
    store_id: search.store ?? null,
    q: search.q ?? null,
    since: search.since ? startOfDay(search.since) : null,
    until: search.until ? endOfDay(search.until) : null,
  };
}
export type AlertFilters = ReturnType<typeof filtersOf>;

export const alertKeys = {
  lists: ["get", path, "list"] as const,
  list: (filters: AlertFilters) => [...alertKeys.lists, filters] as const,
  heads: ["get", path, "head"] as const,
  head: (filters: AlertFilters) => [...alertKeys.heads, filters] as const,
  stats: ["get", `${path}/stats`] as const,
  details: ["get", path, "detail"] as const,
  detail: (id: number) => [...alertKeys.details, id] as const,
};

export async function fetchAlerts(
  filters: AlertFilters,
  cursor: string | null,
  signal: AbortSignal | null,
): Promise<Page<Alert>> {
  return answered(
    await client.GET(path, { params: { query: present({ ...filters, limit: pageSize, cursor }) }, signal }),
  );
}

export const alertsQuery = (filters: AlertFilters) => ({
  ...pagedQuery(alertKeys.list(filters), async (cursor, signal, queryClient) => {
    const page = await fetchAlerts(filters, cursor, signal);
    // A head that was asked before would count rows as new that are listed, or are gone.
    if (cursor === null) queryClient.setQueryData(alertKeys.head(filters), page);
    return page;
  }),
  refetchOnReconnect: false,
});

export const alertQuery = (alert_id: number) =>
  queryOptions({
    queryKey: alertKeys.detail(alert_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{alert_id}`, { params: { path: { alert_id } }, signal })),
  });

export async function fetchAlert(alert_id: number): Promise<Alert | null> {
  const answer = await unlessGone(client.GET(`${path}/{alert_id}`, { params: { path: { alert_id } } }));
  return answer && answered(answer);
}

/** Enough to count with; what is beyond is said as "100+". */
const counted = 100;

/** Under the statistics' key: whatever changes those changes this. */
export const openAlertsOfStoreQuery = (store: number) =>
  queryOptions({
    queryKey: [...alertKeys.stats, "store", store],
    queryFn: async ({ signal }) => {
      const query = { store_id: [store], is_resolved: false, limit: counted };
      return answered(await client.GET(path, { params: { query }, signal }));
    },
  });

export const alertStatsQuery = queryOptions({
  queryKey: alertKeys.stats,
  queryFn: async ({ signal }) => answered(await client.GET(`${path}/stats`, { signal })),
});
