import { Button } from "@mantine/core";
import { IconBellZ, IconChecks, IconFilterOff } from "@tabler/icons-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { NotificationRow } from "@/features/notifications/notification-row";
import type { RowActions } from "@/features/notifications/row-menu";
import type { NotificationListState } from "@/features/notifications/use-notification-list";
import { withDayHeadings } from "@/inbox/day-groups";
import { ListFooter } from "@/inbox/list-footer";
import { ListSkeleton } from "@/inbox/list-skeleton";
import type { Selection } from "@/inbox/use-selection";
import { VirtualList } from "@/inbox/virtual-list";
import { EmptyState, ErrorState } from "@/ui/page-state";

interface Props {
  list: NotificationListState;
  cursorId: number | null;
  selection: Selection;
  actions: RowActions;
  onClear: (() => void) | undefined;
}

const timeOf = (item: Notification) => item.created_at;

export function NotificationList({ list: { items, query, status }, cursorId, selection, actions, onClear }: Props) {
  const entries = useMemo(() => withDayHeadings(items, timeOf), [items]);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && items.length === 0)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return <NothingListed isUnreadOnly={status === "unread"} onClear={onClear} />;
  return (
    <>
      <VirtualList
        entries={entries}
        cursorId={cursorId}
        onEndNear={loadMore}
        renderRow={(item) => (
          <NotificationRow
            notification={item}
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

function NothingListed({ isUnreadOnly, onClear }: { isUnreadOnly: boolean; onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  const clear = onClear && <Button onClick={onClear}>{t("action.clearFilters")}</Button>;
  if (isUnreadOnly) {
    return (
      <EmptyState
        icon={IconChecks}
        title={t("notifications.emptyUnread")}
        body={t("notifications.emptyUnreadBody")}
        action={clear}
      />
    );
  }
  if (clear) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("notifications.emptyFiltered")}
        body={t("notifications.emptyFilteredBody")}
        action={clear}
      />
    );
  }
  return <EmptyState icon={IconBellZ} title={t("notifications.empty")} body={t("notifications.emptyBody")} />;
}
