import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { isUnread } from "@/features/notifications/cache";
import { ActionsNote, quickActionOf, RowAction } from "@/features/notifications/notification-actions";
import { ReadNote } from "@/features/notifications/read-note";
import { type RowActions, RowMenu } from "@/features/notifications/row-menu";
import { TargetButton, TargetTitle } from "@/features/notifications/target-link";
import { targetOf } from "@/features/notifications/wording";
import { useInboxAddress } from "@/inbox/inbox-address";
import css from "@/inbox/row.module.css";
import { RowCheck } from "@/inbox/row-check";
import { useCursorFocus } from "@/inbox/use-cursor-focus";
import { useLively } from "@/inbox/use-lively";
import { WhyAnchor } from "@/inbox/why/why-anchor";
import { LevelBadge } from "@/ui/level-badge";
import { Time } from "@/ui/time";
import { PathLink } from "@/url/path-link";

interface Props {
  notification: Notification;
  isCursor: boolean;
  isSelected: boolean;
  actions: RowActions;
}

export const NotificationRow = memo(function NotificationRow({ notification, isCursor, isSelected, actions }: Props) {
  const { t } = useTranslation();
  const row = useCursorFocus(isCursor);
  const [isExpanded, setIsExpanded] = useState(false);
  const { isLively, enliven } = useLively();
  const { id, title, message, priority, created_at } = notification;
  const isStrong = isUnread(notification);
  const isUrgent = priority === "critical" || priority === "high";
  const { storeId } = useInboxAddress();
  const target = targetOf(t, withoutWayTo(`/stores/${storeId}`, notification));
  // Who only reads gets the way to the page.
  const quick = actions.canTriage ? quickActionOf(notification) : undefined;
  const titleId = `notification-${id}`;

  const open = () => {
    actions.onOpen(notification);
    if (!target) setIsExpanded((before) => !before);
  };

  return (
    <article
      ref={row}
      className={css.row}
      tabIndex={-1}
      aria-labelledby={titleId}
      data-strong={isStrong || undefined}
      data-urgent={isUrgent || undefined}
      data-cursor={isCursor || undefined}
      data-selected={isSelected || undefined}
      onPointerEnter={enliven}
      onFocus={() => {
        enliven();
        actions.onFocus(id);
      }}
    >
      {actions.canTriage ? (
        <RowCheck title={title} isSelected={isSelected} onToggle={(toHere) => actions.onToggle(id, toHere)} />
      ) : (
        <span className={css.check} />
      )}
      <span className={css.badge}>
        <LevelBadge value={priority} />
      </span>
      <div className={css.main}>
        <div className={css.titleLine}>
          {isStrong && <span className={css.dot} role="img" aria-label={t("notifications.unreadMark")} />}
          <TargetTitle id={titleId} title={title} target={target} isExpanded={isExpanded} onOpen={open} />
          <ReadNote notification={notification} />
        </div>
        <p className={css.message} data-expanded={isExpanded || undefined}>
          <Origin notification={notification} />
          {message}
        </p>
        <ActionsNote notification={notification} />
        {isExpanded && (
          <WhyAnchor className={css.origin} notificationId={id}>
            {t("notifications.why")}
          </WhyAnchor>
        )}
      </div>
      <div className={css.actions}>
        {(isUrgent || isLively) &&
          (quick ? (
            <RowAction action={quick} about={title} />
          ) : (
            target && <TargetButton target={target} title={title} onOpen={open} />
          ))}
        {isLively ? <RowMenu notification={notification} actions={actions} /> : <span className={css.menuPlace} />}
      </div>
      <span className={css.time}>
        <Time iso={created_at} as="row" />
      </span>
    </article>
  );
});

/** A page's own rows do not lead to that page. */
function withoutWayTo(here: string, notification: Notification): Notification {
  return notification.action_url === here ? { ...notification, action_url: null } : notification;
}

/** The store, which leads to its page, or the platform; nothing where the page itself is about that store. */
function Origin({ notification: { store_id, store_name } }: { notification: Notification }) {
  const { t } = useTranslation();
  const { storeId } = useInboxAddress();
  if (store_id !== null && store_id === storeId) return null;
  const name = store_name ?? t("notifications.platform");
  return (
    <>
      {store_id === null || store_name === null ? (
        <b>{name}</b>
      ) : (
        <PathLink path={`/stores/${store_id}`} className={css.origin}>
          {name}
        </PathLink>
      )}
      {" · "}
    </>
  );
}
