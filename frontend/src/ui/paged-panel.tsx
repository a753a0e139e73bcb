import type { ReactNode } from "react";
import { failureOf } from "@/api/problem";
import { Panel } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";
import { TableFoot, TableSkeleton } from "@/ui/table-states";

/** What the panel needs of an infinite query. */
interface PagedQuery<T> {
  data: { pages: { items: T[] }[] } | undefined;
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
  query: PagedQuery<T>;
  columns: number;
  toolbar?: ReactNode;
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

export function PagedPanel<T>({ label, ...list }: Props<T> & { label: string }) {
  return (
    <Panel label={label}>
      <PagedList {...list} />
    </Panel>
  );
}

/** A keyset-paged table with its loading, empty and failed states, in a panel that is there already. */
export function PagedList<T>({ query, columns, toolbar, empty, children }: Props<T>) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const failure = items.length === 0 ? failureOf(query) : null;
  return (
    <>
      {toolbar}
      {failure ? <ErrorState error={failure} onRetry={() => query.refetch()} /> : null}
      {query.isPending && !failure && <TableSkeleton columns={columns} />}
      {!query.isPending && !failure && items.length === 0 && empty}
      {items.length > 0 && (
        <>
          {children(items)}
          <TableFoot
            count={items.length}
            hasMore={query.hasNextPage}
            isLoadingMore={query.isFetchingNextPage}
            hasFailed={query.isFetchNextPageError}
            onLoadMore={() => query.fetchNextPage()}
          />
        </>
      )}
    </>
  );
}
