import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DeliveryStatus } from "@/api/types";
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
    fetchThese: async (ids) => (await fetchTheseDeliveries(ids)).filter(({ status }) => isListed(status, filters)),
    poll: { ids: unfinished.map(({ id }) => id), every: isBusy ? busy : quiet },
  });
  return { ...live, items, query };
}

/** What was sent meanwhile is none of the pending any more; what is being sent may be again in a moment. */
function isListed(status: DeliveryStatus, { status: asked }: DeliveryFilters): boolean {
  if (!asked) return true;
  return asked.includes(status) || (status === "sending" && asked.includes("pending"));
}

export type DeliveryListState = ReturnType<typeof useDeliveryList>;
