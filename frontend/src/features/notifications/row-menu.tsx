import { ActionIcon } from "@mantine/core";
import { IconBellRinging, IconDots, IconHelpCircle, IconMail, IconMailOpened, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { isReadBySomebody } from "@/features/notifications/cache";
import { MenuActions } from "@/features/notifications/notification-actions";
import { AlertLink } from "@/inbox/alert-link";
import css from "@/inbox/row.module.css";
import { WhyAnchor } from "@/inbox/why/why-anchor";
import { Menu, MenuItem, menuLink } from "@/ui/menu";
import { lazyExtra } from "@/ui/part";

const PutOffItems = lazyExtra(() => import("@/features/notifications/put-off-items"));

export interface RowActions {
  readonly canTriage: boolean;
  readonly canDelete: boolean;
  onOpen: (notification: Notification) => void;
  onFocus: (id: number) => void;
  onToggle: (id: number, toHere: boolean) => void;
  onReadState: (id: number, isRead: boolean) => void;
  onSnooze: (notification: Notification) => void;
  onDelete: (ids: readonly number[]) => void;
}

export function RowMenu({ notification, actions }: { notification: Notification; actions: RowActions }) {
  const { t } = useTranslation();
  const { id, alert_id, title } = notification;
  const isRead = isReadBySomebody(notification);
  const label = `${t("action.moreActions")}: ${title}`;
  return (
    <Menu
      label={label}
      renderButton={(props) => (
        <ActionIcon {...props} className={css.more} aria-label={label} aria-haspopup="menu">
          <IconDots size={18} />
        </ActionIcon>
      )}
    >
      <MenuActions notification={notification} />
      {actions.canTriage && (
        <MenuItem icon={isRead ? IconMail : IconMailOpened} onClick={() => actions.onReadState(id, !isRead)}>
          {isRead ? t("notifications.markUnread") : t("notifications.markRead")}
        </MenuItem>
      )}
      {actions.canTriage && <PutOffItems notification={notification} onSnooze={() => actions.onSnooze(notification)} />}
      {alert_id !== null && (
        <AlertLink {...menuLink} alertId={alert_id}>
          <IconBellRinging size={17} stroke={1.7} aria-hidden />
          {t("notifications.openAlert")}
        </AlertLink>
      )}
      <WhyAnchor {...menuLink} notificationId={id}>
        <IconHelpCircle size={17} stroke={1.7} aria-hidden />
        {t("notifications.why")}
      </WhyAnchor>
      {actions.canDelete && (
        <MenuItem icon={IconTrash} isDangerous onClick={() => actions.onDelete([id])}>
          {t("notifications.delete")}
        </MenuItem>
      )}
    </Menu>
  );
}
