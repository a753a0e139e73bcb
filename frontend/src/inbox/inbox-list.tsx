import { type ReactNode, useCallback, useMemo } from "react";
import { failureOf } from "@/api/problem";
import { withDayHeadings } from "@/inbox/day-groups";
import { type KeyHint, ListFooter } from "@/inbox/list-footer";
import { ListSkeleton } from "@/inbox/list-skeleton";
import { VirtualList } from "@/inbox/virtual-list";
import { ErrorState } from "@/ui/page-state";

/** What the list needs of an infinite query. */
interface ListQuery {
  error: unknown;
  isPending: boolean;
  fetchStatus: string;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props<T> {
  items: readonly T[];
  query: ListQuery;
  /** The time that the rows are listed and grouped by; the same function at every render. */
  timeOf: (item: T) => string;
  cursorId: number | null;
  /** What stands in place of no rows. */
  empty: ReactNode;
  /** What the footer says of the keys, where the list has others than most. */
  keyHints?: readonly KeyHint[];
  renderRow: (item: T) => ReactNode;
}

/** The inbox's list of either kind: its rows under their days, and the states without rows. */
export function InboxList<T extends { id: number }>(props: Props<T>) {
  const { items, query, timeOf, cursorId, empty, keyHints, renderRow } = props;
  const entries = useMemo(() => withDayHeadings(items, timeOf), [items, timeOf]);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  const failure = failureOf(query);
  if (failure && items.length === 0) return <ErrorState error={failure} onRetry={() => query.refetch()} />;
  if (query.isPending) return <ListSkeleton />;
  if (items.length === 0) return empty;
  return (
    <>
      <VirtualList entries={entries} cursorId={cursorId} onEndNear={loadMore} renderRow={renderRow} />
      <ListFooter
        count={items.length}
        hasMore={hasNextPage}
        isLoadingMore={isFetchingNextPage}
        hasFailed={isFetchNextPageError}
        onLoadMore={() => fetchNextPage()}
        keyHints={keyHints}
      />
    </>
  );
}
