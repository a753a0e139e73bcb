import { IconBellZ, IconChecks } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { NotificationRow } from "@/features/notifications/notification-row";
import type { RowActions } from "@/features/notifications/row-menu";
import type { NotificationListState } from "@/features/notifications/use-notification-list";
import { InboxList } from "@/inbox/inbox-list";
import { NothingListed } from "@/inbox/nothing-listed";
import type { InboxSearch } from "@/inbox/search";
import type { Selection } from "@/inbox/use-selection";

interface Props {
  list: NotificationListState;
  cursorId: number | null;
  selection: Selection;
  actions: RowActions;
  onClear: (() => void) | undefined;
}

const timeOf = (item: Notification) => item.created_at;

export function NotificationList({ list: { items, query, status }, cursorId, selection, actions, onClear }: Props) {
  return (
    <InboxList
      items={items}
      query={query}
      timeOf={timeOf}
      cursorId={cursorId}
      empty={<NoNotifications status={status} onClear={onClear} />}
      renderRow={(item) => (
        <NotificationRow
          notification={item}
          isCursor={item.id === cursorId}
          isSelected={selection.has(item.id)}
          actions={actions}
        />
      )}
    />
  );
}

function NoNotifications({ status, onClear }: { status: InboxSearch["status"]; onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <NothingListed
      isSnoozed={status === "snoozed"}
      quiet={{ icon: IconBellZ, title: t("notifications.empty"), body: t("notifications.emptyBody") }}
      settled={
        status === "unread" && {
          icon: IconChecks,
          title: t("notifications.emptyUnread"),
          body: t("notifications.emptyUnreadBody"),
        }
      }
      onClear={onClear}
    />
  );
}
