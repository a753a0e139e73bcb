"""Putting a notification off: it counts as read until its time, and then comes back unread and as new."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from backend.jobs import enqueue_at, publish
from backend.notifications.errors import NotificationSettledError
from backend.notifications.events import NotificationReturned
from backend.notifications.marking import Marking
from backend.notifications.models import AdminNotification

RETURN_SNOOZED = "notifications.return_snoozed"

_MOST_AT_ONCE = 1_000


class Snoozing(Marking):
    """The part of the service that snoozes; see AdminNotificationService."""

    async def snooze(self, *, notification_id: int, until: datetime | None, user_id: int | None) -> AdminNotification:
        """Put it off until then, or with None take it back as it was, and not as new.

        Raises NotificationNotFoundError, and NotificationSettledError for one that is settled.
        """
        await self._lock(AdminNotification.id == notification_id)
        notification = await self.get_notification(notification_id)
        if notification.settled_at is not None:
            raise NotificationSettledError(notification_id)
        if until is None and notification.snoozed_until is None:
            return notification
        values: dict[str, object] = {
            "snoozed_until": until,
            "snoozed_by_user_id": user_id if until is not None else None,
            # Who read it before stays, until it comes back.
            "is_read": until is not None or notification.read_at is not None,
        }
        if until is None and notification.read_at is None:
            values["back_at"] = self._clock.now()
        await self._change([notification_id], values=values)
        if until is not None:
            # One whose snooze is changed before finds nothing then.
            await enqueue_at(self._session, RETURN_SNOOZED, until)
        else:
            await publish(self._session, NotificationReturned(notification_id=notification_id, due_at=None))
        self._hint_changed([notification_id])
        return await self.get_notification(notification_id)

    async def mark_many(self, *, notification_ids: Sequence[int], user_id: int | None, is_read: bool) -> set[int]:
        """Mark those that are listed; what is put off and marked as unread is woken by that."""
        woken = [] if is_read else await self._put_off(notification_ids)
        found = await super().mark_many(notification_ids=notification_ids, user_id=user_id, is_read=is_read)
        await self._change(woken, values={"back_at": self._clock.now()})
        await publish(self._session, *(NotificationReturned(notification_id=one, due_at=None) for one in woken))
        return found

    async def _put_off(self, notification_ids: Sequence[int]) -> Sequence[int]:
        """Locked first: one that is put off in the same moment is among them, or after all this."""
        locked = await self._lock(AdminNotification.id.in_(notification_ids))
        found = await self._session.scalars(
            select(AdminNotification.id).where(
                AdminNotification.id.in_(locked), AdminNotification.snoozed_until.is_not(None)
            )
        )
        return found.all()

    async def return_snoozed(self, *, until: datetime | None = None) -> int:
        """Bring back those whose time has come; how many. What was settled meanwhile stays away.

        `until` has come too: a job runs by the database's clock, which may be ahead of ours.
        """
        now = max(self._clock.now(), until) if until is not None else self._clock.now()
        found = (
            await self._session.execute(
                select(AdminNotification.id, AdminNotification.snoozed_until)
                .where(AdminNotification.snoozed_until <= now)
                .order_by(AdminNotification.id)
                .limit(_MOST_AT_ONCE)
                .with_for_update(skip_locked=True)
            )
        ).all()
        due = {row.id: row.snoozed_until for row in found}
        await self._change(list(due), values={"snoozed_until": None, "snoozed_by_user_id": None})
        returned = await self._unread_again(list(due), now)
        for notification_id in returned:
            self._hint("notification.created", notification_id)
        events = (NotificationReturned(notification_id=one, due_at=str(due[one])) for one in returned)
        await publish(self._session, *events)
        return len(due)

    async def _unread_again(self, ids: Sequence[int], now: datetime) -> Sequence[int]:
        if not ids:
            return []
        returned = await self._session.scalars(
            update(AdminNotification)
            .where(
                AdminNotification.id.in_(ids),
                AdminNotification.settled_at.is_(None),
                AdminNotification.deleted_at.is_(None),
            )
            .values(is_read=False, read_at=None, read_by_user_id=None, returned_at=now, back_at=now, updated_at=now)
            .returning(AdminNotification.id)
            .execution_options(synchronize_session=False)
        )
        return sorted(returned.all())
