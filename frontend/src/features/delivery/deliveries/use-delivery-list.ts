import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNow } from "@/display/use-now";
import {
  deliveriesQuery,
  deliveryKeys,
  fetchDeliveries,
  fetchDelivery,
  fetchTheseDeliveries,
  queryOf,
} from "@/features/delivery/api";
import { paceOf } from "@/features/delivery/pace";
import type { DeliveryFilters } from "@/features/delivery/search";
import { isUnfinished } from "@/features/delivery/standing";
import { useLiveList } from "@/inbox/use-live-list";

const busy = 4_000;
const quiet = 20_000;

/** Rows that are shown change in place, new ones wait behind a count. No hint tells of deliveries: the list asks. */
export function useDeliveryList(filters: DeliveryFilters) {
  const asked = useMemo(() => queryOf(filters), [filters]);
  const query = useInfiniteQuery(deliveriesQuery(asked));
  const items = useMemo(() => {
    const seen = new Set<number>();
    const all = query.data?.pages.flatMap((page) => page.items) ?? [];
    return all.filter(({ id }) => !seen.has(id) && seen.add(id));
  }, [query.data]);
  const unfinished = useMemo(() => items.filter(({ status }) => isUnfinished(status)), [items]);
  // What waits for its time, or for a destination that is down, hurries nobody.
  const now = useNow().getTime();
  const isBusy = unfinished.some((one) => paceOf(one, now, busy) === busy);
  const live = useLiveList({
    listKey: deliveryKeys.list(asked),
    headKey: deliveryKeys.head(asked),
    loaded: items,
    isAtRest: query.isSuccess && !query.isFetching,
    hintNames: [],
    fetchPage: (cursor, signal) => fetchDeliveries(asked, cursor, signal),
    fetchOne: fetchDelivery,
    // What was sent meanwhile is none of the pending any more.
    fetchThese: async (ids) =>
      (await fetchTheseDeliveries(ids)).filter(({ status }) => filters.status?.includes(status) ?? true),
    poll: { ids: unfinished.map(({ id }) => id), every: isBusy ? busy : quiet },
  });
  return { ...live, items, query };
}

export type DeliveryListState = ReturnType<typeof useDeliveryList>;
