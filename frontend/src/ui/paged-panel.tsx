import type { ReactNode } from "react";
import { Panel } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";
import { TableFoot, TableSkeleton } from "@/ui/table-states";

/** What the panel needs of an infinite query. */
interface PagedQuery<T> {
  data: { pages: { items: T[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  isError: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props<T> {
  label: string;
  query: PagedQuery<T>;
  columns: number;
  toolbar?: ReactNode;
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/** A keyset-paged table with its loading, empty and failed states. */
export function PagedPanel<T>({ label, query, columns, toolbar, empty, children }: Props<T>) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const hasFailed = query.isError && items.length === 0;
  return (
    <Panel label={label}>
      {toolbar}
      {query.isPending && <TableSkeleton columns={columns} />}
      {hasFailed && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {!query.isPending && !hasFailed && items.length === 0 && empty}
      {items.length > 0 && (
        <>
          {children(items)}
          <TableFoot
            count={items.length}
            hasMore={query.hasNextPage}
            isLoadingMore={query.isFetchingNextPage}
            onLoadMore={() => query.fetchNextPage()}
          />
        </>
      )}
    </Panel>
  );
}
