import { useCallback, useMemo, useState } from "react";
import type { Notification } from "@/api/types";
import { isReadBySomebody } from "@/features/notifications/cache";
import { NotificationBulkBar } from "@/features/notifications/notification-bulk-bar";
import { NotificationList } from "@/features/notifications/notification-list";
import type { RowActions } from "@/features/notifications/row-menu";
import { useNotificationFilters } from "@/features/notifications/use-notification-filters";
import { useNotificationList } from "@/features/notifications/use-notification-list";
import { useReadState } from "@/features/notifications/use-read-state";
import { FilterBar } from "@/filters/filter-bar";
import { BarPlace } from "@/inbox/bar-place";
import { FreshPill } from "@/inbox/fresh-pill";
import { useRows } from "@/inbox/use-rows";
import { useKeys } from "@/keyboard/use-keys";
import { useCan } from "@/session/current-user";
import { lazyDialog } from "@/ui/part";

const ConfirmDelete = lazyDialog(() => import("@/features/notifications/confirm-delete"));
const SnoozeNotifications = lazyDialog(() => import("@/features/notifications/snooze-notifications"));

export function NotificationsTab() {
  const filters = useNotificationFilters();
  const list = useNotificationList();
  const canTriage = useCan("triage");
  const canDelete = useCan("manage");
  const { cursorId, selection, search, onFocus, onToggle } = useRows(list.items, canTriage);
  const [deleting, setDeleting] = useState<readonly number[]>([]);
  const [snoozing, setSnoozing] = useState<readonly Notification[]>([]);
  const setReadState = useReadState();
  const markOpened = useCallback(
    (item: Notification) => {
      if (canTriage && !item.is_read) setReadState({ ids: [item.id], isRead: true });
    },
    [canTriage, setReadState],
  );
  const actions = useMemo<RowActions>(
    () => ({
      canTriage,
      canDelete,
      onOpen: markOpened,
      onFocus,
      onToggle,
      onReadState: (id, isRead) => setReadState({ ids: [id], isRead, isAnnounced: true }),
      onSnooze: (notification) => setSnoozing([notification]),
      onDelete: setDeleting,
    }),
    [canTriage, canDelete, markOpened, onFocus, onToggle, setReadState],
  );

  const hasSelection = selection.ids.length > 0;
  const chosen = list.items.filter(({ id }) => (hasSelection ? selection.has(id) : id === cursorId));
  const hasUnread = chosen.some((item) => !isReadBySomebody(item));
  const snoozable = canTriage ? chosen.filter(({ settled_at }) => settled_at === null) : [];
  const toggleRead = () => {
    if (!canTriage || chosen.length === 0) return;
    setReadState({ ids: chosen.map(({ id }) => id), isRead: hasUnread, isAnnounced: true });
    selection.clear();
  };
  const snooze = () => setSnoozing(snoozable);
  useKeys({ e: toggleRead, s: snooze });

  return (
    <>
      <BarPlace
        filters={<FilterBar filters={filters} searchRef={search} />}
        bulk={
          hasSelection && (
            <NotificationBulkBar
              selection={selection}
              listedCount={list.items.length}
              hasUnread={hasUnread}
              onToggleRead={toggleRead}
              onSnooze={snoozable.length > 0 ? snooze : undefined}
              onDelete={canDelete ? () => setDeleting(selection.ids) : undefined}
            />
          )
        }
      />
      {list.freshCount > 0 && <FreshPill count={list.freshCount} onShow={list.showFresh} />}
      <NotificationList
        list={list}
        cursorId={cursorId}
        selection={selection}
        actions={actions}
        onClear={filters.onClear}
      />
      {snoozing.length > 0 && (
        <SnoozeNotifications items={snoozing} onClose={() => setSnoozing([])} onDone={selection.clear} />
      )}
      {deleting.length > 0 && <ConfirmDelete ids={deleting} onClose={() => setDeleting([])} onDone={selection.clear} />}
    </>
  );
}
