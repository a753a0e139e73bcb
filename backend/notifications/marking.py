"""Changing what exists: read, unread, deleted, settled. Every batch locks in the order of ids, so none can deadlock."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, CursorResult, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.db.doorbells import Hint, ring_after_commit
from backend.notifications.errors import NotificationNotFoundError
from backend.notifications.filters import NotificationFilters, matching
from backend.notifications.models import AdminNotification, SeenMark

UNREAD = (
    AdminNotification.is_read.is_(False),
    AdminNotification.settled_at.is_(None),
    AdminNotification.deleted_at.is_(None),
)


class Marking:
    """The part of the service that marks; see AdminNotificationService."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def get_notification(self, notification_id: int) -> AdminNotification:
        found = await self._session.scalar(
            select(AdminNotification)
            .where(AdminNotification.id == notification_id, AdminNotification.deleted_at.is_(None))
            # Marks are set by statements that the session's objects do not see.
            .execution_options(populate_existing=True)
        )
        if found is None:
            raise NotificationNotFoundError(notification_id)
        return found

    async def mark_as_read(self, *, notification_id: int, user_id: int | None) -> AdminNotification:
        """Mark as read; reading again keeps the first reader and the first time."""
        await self.mark_many(notification_ids=[notification_id], user_id=user_id, is_read=True)
        return await self.get_notification(notification_id)

    async def mark_as_unread(self, *, notification_id: int) -> AdminNotification:
        await self.mark_many(notification_ids=[notification_id], user_id=None, is_read=False)
        return await self.get_notification(notification_id)

    async def mark_many(self, *, notification_ids: Sequence[int], user_id: int | None, is_read: bool) -> set[int]:
        """Mark those that are listed; the ids found (changed or not)."""
        found = await self._lock(AdminNotification.id.in_(notification_ids))
        values: dict[str, object] = {
            "is_read": is_read,
            # One that is put off may have been read before.
            "read_at": func.coalesce(AdminNotification.read_at, self._clock.now()) if is_read else None,
            "read_by_user_id": _first_reader(user_id) if is_read else None,
            # Whoever marks it has seen it, or wants it back: its snooze is over.
            "snoozed_until": None,
            "snoozed_by_user_id": None,
        }
        is_other = or_(AdminNotification.is_read.is_not(is_read), AdminNotification.snoozed_until.is_not(None))
        changed = await self._change(found, is_other, values=values)
        self._hint_changed(changed)
        return set(found)

    async def mark_all_as_read(
        self, *, user_id: int | None, filters: NotificationFilters | None = None, up_to_id: int | None = None
    ) -> int:
        """Mark every unread one that matches, none newer than `up_to_id`; how many were marked."""
        where = [*UNREAD, matching(filters or NotificationFilters())]
        if up_to_id is not None:
            where.append(AdminNotification.id <= up_to_id)
        chosen = select(AdminNotification.id).where(*where).order_by(AdminNotification.id).with_for_update()
        now = self._clock.now()
        marked = await self._session.execute(
            update(AdminNotification)
            .where(AdminNotification.id.in_(chosen.scalar_subquery()))
            .values(is_read=True, read_at=now, read_by_user_id=user_id, updated_at=now)
            .execution_options(synchronize_session=False)
        )
        count = marked.rowcount if isinstance(marked, CursorResult) else 0
        if count:
            self._hint("notification.changed")
        return count

    async def delete_notification(self, *, notification_id: int) -> None:
        """Hide from every list and count; kept for the audit until retention removes it."""
        if not await self.delete_many(notification_ids=[notification_id]):
            raise NotificationNotFoundError(notification_id)

    async def delete_many(self, *, notification_ids: Sequence[int]) -> set[int]:
        found = await self._lock(AdminNotification.id.in_(notification_ids))
        await self._change(found, values={"deleted_at": self._clock.now()})
        self._hint_changed(found)
        return set(found)

    async def settle_for_alert(self, *, alert_id: int, reason: str, store_ids: Sequence[int] | None = None) -> int:
        """Settle the open notifications of an alert (of these stores only, when given): they leave the unread count."""
        return await self.settle_for_alerts(alert_ids=[alert_id], reason=reason, store_ids=store_ids)

    async def settle_for_alerts(
        self, *, alert_ids: Sequence[int], reason: str, store_ids: Sequence[int] | None = None
    ) -> int:
        """Do the same for several alerts."""
        where = [AdminNotification.alert_id.in_(alert_ids)]
        if store_ids is not None:
            where.append(AdminNotification.store_id.in_(store_ids))
        return await self._settle(*where, reason=reason)

    async def settle_notifications(self, *, ids: Sequence[int], reason: str) -> int:
        """Settle those of the listed ones that are open; how many were."""
        return await self._settle(AdminNotification.id.in_(ids), reason=reason) if ids else 0

    async def move_seen_mark(self, *, user_id: int, up_to_id: int) -> int:
        """Move an admin's mark forward and return it; it never goes back, and never past what exists."""
        newest = await self._session.scalar(select(func.max(AdminNotification.id))) or 0
        statement = insert(SeenMark).values(
            user_id=user_id, last_seen_id=min(up_to_id, newest), updated_at=self._clock.now()
        )
        mark = await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id"],
                set_={
                    "last_seen_id": func.greatest(SeenMark.last_seen_id, statement.excluded.last_seen_id),
                    "updated_at": statement.excluded.updated_at,
                },
            ).returning(SeenMark.last_seen_id)
        )
        return mark.scalar_one()

    async def _settle(self, *where: ColumnElement[bool], reason: str) -> int:
        found = await self._lock(*where, AdminNotification.settled_at.is_(None))
        await self._change(found, values={"settled_at": self._clock.now(), "settled_reason": reason})
        self._hint_changed(found)
        return len(found)

    async def _lock(self, *where: ColumnElement[bool]) -> Sequence[int]:
        found = await self._session.scalars(
            select(AdminNotification.id)
            .where(*where, AdminNotification.deleted_at.is_(None))
            .order_by(AdminNotification.id)
            .with_for_update()
        )
        return found.all()

    async def _change(
        self, ids: Sequence[int], *where: ColumnElement[bool], values: dict[str, object]
    ) -> Sequence[int]:
        if not ids:
            return []
        changed = await self._session.scalars(
            update(AdminNotification)
            .where(AdminNotification.id.in_(ids), *where)
            .values(**values, updated_at=self._clock.now())
            .returning(AdminNotification.id)
            .execution_options(synchronize_session=False)
        )
        return changed.all()

    def _hint(self, event: str, notification_id: int | None = None, store_id: int | None = None) -> None:
        ring_after_commit(self._session, Hint(event=event, id=notification_id, store_id=store_id))

    def _hint_changed(self, ids: Sequence[int]) -> None:
        if ids:
            self._hint("notification.changed", ids[0] if len(ids) == 1 else None)


def _first_reader(user_id: int | None) -> ColumnElement[int | None]:
    return case((AdminNotification.read_at.is_not(None), AdminNotification.read_by_user_id), else_=user_id)
