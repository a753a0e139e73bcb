import { Button } from "@mantine/core";
import { IconBellZ, IconMail, IconMailOpened, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { BulkBar } from "@/inbox/bulk-bar";
import type { Selection } from "@/inbox/use-selection";

interface Props {
  selection: Selection;
  listedCount: number;
  hasUnread: boolean;
  onToggleRead: () => void;
  onSnooze: (() => void) | undefined;
  onDelete: (() => void) | undefined;
}

export function NotificationBulkBar({ selection, listedCount, hasUnread, onToggleRead, onSnooze, onDelete }: Props) {
  const { t } = useTranslation();
  return (
    <BulkBar selection={selection} listedCount={listedCount}>
      <Button
        leftSection={hasUnread ? <IconMailOpened size={16} /> : <IconMail size={16} />}
        rightSection={<kbd>E</kbd>}
        onClick={onToggleRead}
      >
        {hasUnread ? t("notifications.markRead") : t("notifications.markUnread")}
      </Button>
      <Button
        leftSection={<IconBellZ size={16} />}
        rightSection={<kbd>S</kbd>}
        disabled={!onSnooze}
        {...(onSnooze && { onClick: onSnooze })}
      >
        {t("notifications.snooze")}
      </Button>
      {onDelete && (
        <Button leftSection={<IconTrash size={16} />} c="var(--critical)" onClick={onDelete}>
          {t("notifications.delete")}
        </Button>
      )}
    </BulkBar>
  );
}
