import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { alertKeys, alertsQuery, fetchAlert, fetchAlerts, filtersOf } from "@/features/alerts/api";
import { useListedSearch } from "@/inbox/inbox-address";
import { useLiveList } from "@/inbox/use-live-list";

const hintNames = ["alert.changed"] as const;

export function useAlertList() {
  const search = useListedSearch();
  const filters = useMemo(() => filtersOf(search), [search]);
  const query = useInfiniteQuery(alertsQuery(filters));
  const items = useMemo(() => {
    const seen = new Set<number>();
    const all = query.data?.pages.flatMap((page) => page.items) ?? [];
    return all.filter(({ id }) => !seen.has(id) && seen.add(id));
  }, [query.data]);
  const live = useLiveList({
    listKey: alertKeys.list(filters),
    headKey: alertKeys.head(filters),
    loaded: items,
    isAtRest: query.isSuccess && !query.isFetching,
    hintNames,
    fetchPage: (cursor, signal) => fetchAlerts(filters, cursor, signal),
    fetchOne: fetchAlert,
  });
  return { ...live, items, query, status: search.status };
}

export type AlertListState = ReturnType<typeof useAlertList>;
