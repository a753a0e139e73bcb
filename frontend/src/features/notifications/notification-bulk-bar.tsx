import { Button } from "@mantine/core";
import { IconMail, IconMailOpened, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { BulkBar } from "@/inbox/bulk-bar";
import type { Selection } from "@/inbox/use-selection";

interface Props {
  selection: Selection;
  items: readonly Notification[];
  onReadState: (isRead: boolean) => void;
  onDelete: (() => void) | undefined;
}

export function NotificationBulkBar({ selection, items, onReadState, onDelete }: Props) {
  const { t } = useTranslation();
  const selected = items.filter(({ id }) => selection.has(id));
  const hasUnread = selected.some(({ is_read }) => !is_read);
  return (
    <BulkBar selection={selection} listedCount={items.length}>
      {hasUnread ? (
        <Button
          leftSection={<IconMailOpened size={16} />}
          rightSection={<kbd>E</kbd>}
          onClick={() => onReadState(true)}
        >
          {t("notifications.markRead")}
        </Button>
      ) : (
        <Button leftSection={<IconMail size={16} />} onClick={() => onReadState(false)}>
          {t("notifications.markUnread")}
        </Button>
      )}
      {onDelete && (
        <Button leftSection={<IconTrash size={16} />} c="var(--critical)" onClick={onDelete}>
          {t("notifications.delete")}
        </Button>
      )}
    </BulkBar>
  );
}
