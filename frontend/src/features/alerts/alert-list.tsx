import { Button } from "@mantine/core";
import { IconFilterOff, IconShieldCheck } from "@tabler/icons-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@/api/types";
import { AlertRow, type AlertRowActions } from "@/features/alerts/alert-row";
import type { AlertListState } from "@/features/alerts/use-alert-list";
import { withDayHeadings } from "@/inbox/day-groups";
import { ListFooter } from "@/inbox/list-footer";
import { ListSkeleton } from "@/inbox/list-skeleton";
import type { Selection } from "@/inbox/use-selection";
import { VirtualList } from "@/inbox/virtual-list";
import { EmptyState, ErrorState } from "@/ui/page-state";

interface Props {
  list: AlertListState;
  cursorId: number | null;
  selection: Selection;
  actions: AlertRowActions;
  onClear: (() => void) | undefined;
}

const timeOf = (item: Alert) => item.last_occurred_at;

export function AlertList({ list: { items, query, status }, cursorId, selection, actions, onClear }: Props) {
  const entries = useMemo(() => withDayHeadings(items, timeOf), [items]);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && items.length === 0)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return <NothingListed isActiveOnly={status === "active"} onClear={onClear} />;
  return (
    <>
      <VirtualList
        entries={entries}
        cursorId={cursorId}
        onEndNear={loadMore}
        renderRow={(item) => (
          <AlertRow
            alert={item}
            isCursor={item.id === cursorId}
            isSelected={selection.has(item.id)}
            actions={actions}
          />
        )}
      />
      <ListFooter
        count={items.length}
        hasMore={hasNextPage}
        isLoadingMore={isFetchingNextPage}
        hasFailed={isFetchNextPageError}
        onLoadMore={() => void fetchNextPage()}
      />
    </>
  );
}

function NothingListed({ isActiveOnly, onClear }: { isActiveOnly: boolean; onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  const clear = onClear && <Button onClick={onClear}>{t("action.clearFilters")}</Button>;
  if (isActiveOnly) {
    return (
      <EmptyState
        icon={IconShieldCheck}
        title={t("alerts.emptyActive")}
        body={t("alerts.emptyActiveBody")}
        action={clear}
      />
    );
  }
  if (clear) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("alerts.emptyFiltered")}
        body={t("alerts.emptyFilteredBody")}
        action={clear}
      />
    );
  }
  return <EmptyState icon={IconShieldCheck} title={t("alerts.empty")} body={t("alerts.emptyBody")} />;
}
