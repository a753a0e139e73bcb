import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { ConfirmDelete } from "@/features/notifications/confirm-delete";
import { NotificationBulkBar } from "@/features/notifications/notification-bulk-bar";
import { NotificationList } from "@/features/notifications/notification-list";
import type { RowActions } from "@/features/notifications/row-menu";
import { useNotificationFilters } from "@/features/notifications/use-notification-filters";
import { useNotificationList } from "@/features/notifications/use-notification-list";
import { useReadState } from "@/features/notifications/use-read-state";
import { FilterBar } from "@/inbox/filter-bar";
import { FreshPill } from "@/inbox/fresh-pill";
import { useRowCursor } from "@/inbox/use-row-cursor";
import { useSelection } from "@/inbox/use-selection";
import { useKeys } from "@/keyboard/use-keys";
import { useCan } from "@/session/current-user";

export function NotificationsTab() {
  const { t } = useTranslation();
  const filters = useNotificationFilters();
  const list = useNotificationList();
  const ids = useMemo(() => list.items.map(({ id }) => id), [list.items]);
  const cursor = useRowCursor(ids);
  const selection = useSelection(ids);
  const search = useRef<HTMLInputElement>(null);
  const [deleting, setDeleting] = useState<readonly number[]>([]);
  const setReadState = useReadState();
  const canTriage = useCan("triage");
  const canDelete = useCan("manage");

  // Rows are memoised: what they are given must not change with every render.
  const latest = useRef({ cursor, selection });
  latest.current = { cursor, selection };
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
      onFocus: (id) => latest.current.cursor.place(id),
      onToggle: (id, toHere) => latest.current.selection.toggle(id, toHere),
      onReadState: (id, isRead) => setReadState({ ids: [id], isRead, isAnnounced: true }),
      onDelete: setDeleting,
    }),
    [canTriage, canDelete, markOpened, setReadState],
  );

  const atCursor = list.items.find(({ id }) => id === cursor.id);
  const toggleRead = () => {
    if (!canTriage) return;
    if (selection.ids.length > 0) {
      setReadState({ ids: selection.ids, isRead: true, isAnnounced: true });
      selection.clear();
    } else if (atCursor) {
      setReadState({ ids: [atCursor.id], isRead: !atCursor.is_read, isAnnounced: true });
    }
  };
  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    x: () => canTriage && cursor.id !== null && selection.toggle(cursor.id),
    e: toggleRead,
    // The row's own title is what Enter presses, so that key and pointer do the same.
    Enter: () => document.querySelector<HTMLElement>("article[data-cursor] [data-open]")?.click(),
    "/": () => search.current?.focus(),
    Escape: () => (selection.ids.length > 0 ? selection.clear() : cursor.clear()),
  });

  return (
    <>
      {selection.ids.length > 0 ? (
        <NotificationBulkBar
          selection={selection}
          items={list.items}
          onReadState={(isRead) => {
            setReadState({ ids: selection.ids, isRead, isAnnounced: true });
            selection.clear();
          }}
          onDelete={canDelete ? () => setDeleting(selection.ids) : undefined}
        />
      ) : (
        <FilterBar filters={filters} searchRef={search} />
      )}
      {list.freshCount > 0 && (
        <FreshPill
          label={
            list.freshCount >= 50
              ? t("notifications.newItemsMany", { count: 50 })
              : t("notifications.newItems", { count: list.freshCount })
          }
          onShow={list.showFresh}
        />
      )}
      <NotificationList
        list={list}
        cursorId={cursor.id}
        selection={selection}
        actions={actions}
        onClear={filters.onClear}
      />
      {deleting.length > 0 && <ConfirmDelete ids={deleting} onClose={() => setDeleting([])} onDone={selection.clear} />}
    </>
  );
}
