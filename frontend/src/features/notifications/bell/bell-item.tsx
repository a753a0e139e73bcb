import { ActionIcon } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import css from "@/features/notifications/bell/bell.module.css";
import { BellActions } from "@/features/notifications/notification-actions";
import { targetOf } from "@/features/notifications/wording";
import { AlertLink } from "@/inbox/alert-link";
import { SnoozeNote } from "@/inbox/snooze/lazy-note";
import { LevelTile, LevelWord } from "@/ui/level-badge";
import { lazyExtra } from "@/ui/part";
import { Time } from "@/ui/time";
import { PathLink } from "@/url/path-link";

const BellSnooze = lazyExtra(() => import("@/features/notifications/bell/bell-snooze"));

interface Props extends ComponentProps<typeof BellSnooze> {
  onRead: (() => void) | undefined;
  onClose: () => void;
}

export function BellItem({ notification, onRead, onClose, ...snooze }: Props) {
  const { t } = useTranslation();
  const { title, message, priority, store_name, created_at, returned_at } = notification;
  const open = () => {
    onRead?.();
    onClose();
  };
  return (
    <li className={css.item}>
      <LevelTile value={priority} />
      <div className={css.words}>
        <ItemLink notification={notification} onOpen={open} />
        <p className={css.message}>{message}</p>
        <p className={css.meta}>
          <LevelWord value={priority} /> · {store_name ?? t("notifications.platform")} ·{" "}
          <Time iso={created_at} as="ago" />
        </p>
        <SnoozeNote until={null} by={null} returnedAt={returned_at} />
        <BellActions notification={notification} />
      </div>
      {onRead && (
        <>
          <ActionIcon className={css.tick} aria-label={t("shell.bell.markRead", { title })} onClick={onRead}>
            <IconCheck size={18} />
          </ActionIcon>
          <BellSnooze notification={notification} {...snooze} />
        </>
      )}
    </li>
  );
}

function ItemLink({ notification, onOpen }: { notification: Notification; onOpen: () => void }) {
  const { t } = useTranslation();
  const target = targetOf(t, notification);
  const shared = { className: css.itemTitle, onClick: onOpen };
  if (target?.kind === "external") {
    return (
      <a {...shared} href={target.href} target="_blank" rel="noreferrer">
        {notification.title}
      </a>
    );
  }
  if (target?.kind === "path") {
    return (
      <PathLink {...shared} path={target.href}>
        {notification.title}
      </PathLink>
    );
  }
  if (target?.kind === "alert") {
    return (
      <AlertLink {...shared} alertId={Number(target.href)}>
        {notification.title}
      </AlertLink>
    );
  }
  return (
    <Link {...shared} to="/notifications">
      {notification.title}
    </Link>
  );
}
