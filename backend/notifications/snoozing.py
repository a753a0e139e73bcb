"""Putting a notification off: it counts as read until its time, and then comes back unread and as new."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from backend.jobs import publish
from backend.notifications.errors import NotificationSettledError
from backend.notifications.events import NotificationReturned
from backend.notifications.marking import Marking
from backend.notifications.models import AdminNotification

_MOST_AT_ONCE = 1_000


class Snoozing(Marking):
    """The part of the service that snoozes; see AdminNotificationService."""

    async def snooze(self, *, notification_id: int, until: datetime | None, user_id: int | None) -> AdminNotification:
        """Put it off until then, or with None take it back as it was: unread, but not as new.

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
            "is_read": until is not None,
            "read_at": None,
            "read_by_user_id": None,
        }
        await self._change([notification_id], values=values)
        self._hint_changed([notification_id])
        return await self.get_notification(notification_id)

    async def return_snoozed(self) -> int:
        """Bring back those whose time has come; how many. What was settled meanwhile stays away."""
        now = self._clock.now()
        due = (
            await self._session.scalars(
                select(AdminNotification.id)
                .where(AdminNotification.snoozed_until <= now)
                .order_by(AdminNotification.id)
                .limit(_MOST_AT_ONCE)
                .with_for_update(skip_locked=True)
            )
        ).all()
        await self._change(due, values={"snoozed_until": None, "snoozed_by_user_id": None})
        returned = await self._unread_again(due, now)
        for notification_id in returned:
            self._hint("notification.created", notification_id)
        at = now.isoformat()
        await publish(self._session, *(NotificationReturned(notification_id=one, returned_at=at) for one in returned))
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
            .values(is_read=False, returned_at=now, updated_at=now)
            .returning(AdminNotification.id)
            .execution_options(synchronize_session=False)
        )
        return sorted(returned.all())
