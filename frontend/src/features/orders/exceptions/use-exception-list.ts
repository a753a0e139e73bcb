import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { exceptionsQuery, fetchException, fetchExceptions } from "@/features/orders/exceptions/api";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import { queryOf } from "@/features/orders/exceptions/query";
import type { ExceptionFilters } from "@/features/orders/search";
import { useLiveList } from "@/inbox/use-live-list";

const hintNames = ["order_exception.changed"] as const;

export function useExceptionList(filters: ExceptionFilters) {
  const asked = queryOf(filters);
  const query = useInfiniteQuery(exceptionsQuery(asked));
  const items = useMemo(() => {
    const seen = new Set<number>();
    const all = query.data?.pages.flatMap((page) => page.items) ?? [];
    return all.filter(({ id }) => !seen.has(id) && seen.add(id));
  }, [query.data]);
  const live = useLiveList({
    listKey: exceptionKeys.list(asked),
    headKey: exceptionKeys.head(asked),
    loaded: items,
    isAtRest: query.isSuccess && !query.isFetching,
    hintNames,
    fetchPage: (cursor, signal) => fetchExceptions(asked, cursor, signal),
    // What somebody has settled meanwhile leaves the list of what is open.
    fetchOne: async (id) => {
      const found = await fetchException(id);
      return found && (asked.status?.includes(found.status) ?? true) ? found : null;
    },
  });
  return { ...live, items, query };
}

export type ExceptionListState = ReturnType<typeof useExceptionList>;
