import { IconCircleCheckFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Notification } from "@/api/types";
import { clockTime, dayAndTime, localDay } from "@/display/dates";
import { useNow } from "@/display/use-now";
import css from "@/inbox/row.module.css";
import { SnoozeNote } from "@/inbox/snooze/lazy-note";
import { useCurrentUser } from "@/session/current-user";

/** "Read by Anne, 10:42", that it settled by itself or is put off: why the row asks for nothing now, or asks again. */
export function ReadNote({ notification }: { notification: Notification }) {
  const { t } = useTranslation();
  const now = useNow();
  const user = useCurrentUser();
  const { settled_at, settled_reason, is_read, read_at, read_by, snoozed_until, snoozed_by } = notification;

  const timeOf = (iso: string) => (localDay(new Date(iso)) === localDay(now) ? clockTime(iso) : dayAndTime(iso, now));

  if (settled_at) {
    const reason = settled_reason ?? t("notifications.settledReason.resolved");
    return (
      <span
        className={`${css.note} ${css.settled}`}
        title={t("notifications.settledBecause", { time: timeOf(settled_at), reason })}
      >
        <IconCircleCheckFilled size={13} aria-hidden />
        {t("notifications.settled")}
      </span>
    );
  }
  const returnedAt = is_read ? null : notification.returned_at;
  if (!is_read || !read_at) return <SnoozeNote until={snoozed_until} by={snoozed_by} returnedAt={returnedAt} />;
  const time = timeOf(read_at);
  const words = !read_by
    ? t("notifications.read", { time })
    : read_by.id === user.id
      ? t("notifications.readByYou", { time })
      : t("notifications.readBy", { name: read_by.name, time });
  return <span className={css.note}>{words}</span>;
}
