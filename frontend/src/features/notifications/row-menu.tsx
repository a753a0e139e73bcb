import { ActionIcon, Menu } from "@mantine/core";
import { IconBellRinging, IconDots, IconMail, IconMailOpened, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import css from "@/inbox/row.module.css";

export interface RowActions {
  readonly canTriage: boolean;
  readonly canDelete: boolean;
  onOpen: (notification: Notification) => void;
  onFocus: (id: number) => void;
  onToggle: (id: number, toHere: boolean) => void;
  onReadState: (id: number, isRead: boolean) => void;
  onDelete: (ids: readonly number[]) => void;
}

export function RowMenu({ notification, actions }: { notification: Notification; actions: RowActions }) {
  const { t } = useTranslation();
  const { id, is_read, alert_id, title } = notification;
  if (!actions.canTriage && alert_id === null) return null;
  return (
    <Menu position="bottom-end" offset={4} shadow="none" width={190}>
      <Menu.Target>
        <ActionIcon className={css.more} aria-label={`${t("action.moreActions")}: ${title}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.canTriage && (
          <Menu.Item
            className={css.menuItem}
            leftSection={is_read ? <IconMail size={16} /> : <IconMailOpened size={16} />}
            onClick={() => actions.onReadState(id, !is_read)}
          >
            {is_read ? t("notifications.markUnread") : t("notifications.markRead")}
          </Menu.Item>
        )}
        {alert_id !== null && (
          <Menu.Item
            className={css.menuItem}
            leftSection={<IconBellRinging size={16} />}
            renderRoot={(props) => (
              <Link
                {...props}
                from="/notifications"
                to="/notifications"
                search={(before) => ({ ...before, alert: alert_id })}
                resetScroll={false}
              />
            )}
          >
            {t("notifications.openAlert")}
          </Menu.Item>
        )}
        {actions.canDelete && (
          <Menu.Item
            className={css.menuItem}
            leftSection={<IconTrash size={16} />}
            c="var(--critical)"
            onClick={() => actions.onDelete([id])}
          >
            {t("notifications.delete")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
