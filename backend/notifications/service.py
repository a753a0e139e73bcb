from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import NotFoundError
from backend.core.fields import JsonObject
from backend.core.paging import DEFAULT_LIMIT
from backend.db.doorbells import Hint, ring_after_commit
from backend.jobs import publish
from backend.notifications.action_url import checked
from backend.notifications.convenience import ConvenienceNotices
from backend.notifications.events import NotificationCreated
from backend.notifications.filters import NotificationFilters, matching
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.models import AdminNotification, SeenMark

_UNREAD = (
    AdminNotification.is_read.is_(False),
    AdminNotification.settled_at.is_(None),
    AdminNotification.deleted_at.is_(None),
)


class NotificationNotFoundError(NotFoundError):
    code = "notification_not_found"
    title = "Notification not found"

    def __init__(self, notification_id: int) -> None:
        super().__init__(f"There is no notification {notification_id}.")


class AdminNotificationService(ConvenienceNotices):
    """Raises, reads and settles notifications within the caller's transaction; the caller's commit decides."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def create_notification(
        self,
        *,
        type: NotificationType | str,  # noqa: A002 - the field's name is the contract
        title: str,
        message: str,
        priority: Priority | str = Priority.NORMAL,
        action_required: bool = False,
        action_url: str | None = None,
        notification_metadata: JsonObject | None = None,
        store_id: int | None = None,
        alert_id: int | None = None,
    ) -> AdminNotification:
        """Write a notification; raises InvalidInputError for an `action_url` that is neither a path nor https."""
        now = self._clock.now()
        notification = AdminNotification(
            type=str(type),
            priority=str(priority),
            title=title,
            message=message,
            action_required=action_required,
            action_url=checked(action_url),
            notification_metadata=notification_metadata or {},
            store_id=store_id,
            alert_id=alert_id,
            created_at=now,
            updated_at=now,
        )
        self._session.add(notification)
        await self._session.flush()
        self._hint("notification.created", notification.id, store_id)
        await publish(
            self._session,
            NotificationCreated(
                notification_id=notification.id, type=str(type), priority=str(priority), store_id=store_id
            ),
        )
        return notification

    async def get_notification(self, notification_id: int) -> AdminNotification:
        found = await self._session.scalar(
            select(AdminNotification).where(
                AdminNotification.id == notification_id, AdminNotification.deleted_at.is_(None)
            )
        )
        if found is None:
            raise NotificationNotFoundError(notification_id)
        return found

    async def get_notifications(
        self,
        *,
        filters: NotificationFilters | None = None,
        limit: int = DEFAULT_LIMIT,
        before_id: int | None = None,
    ) -> Sequence[AdminNotification]:
        """Return the newest first, those older than `before_id` when it is given."""
        statement = select(AdminNotification).where(matching(filters or NotificationFilters()))
        if before_id is not None:
            statement = statement.where(AdminNotification.id < before_id)
        found = await self._session.scalars(statement.order_by(AdminNotification.id.desc()).limit(limit))
        return found.all()

    async def get_recent_notifications(self, *, limit: int = 10) -> Sequence[AdminNotification]:
        """Return the newest unread ones."""
        found = await self._session.scalars(
            select(AdminNotification).where(*_UNREAD).order_by(AdminNotification.id.desc()).limit(limit)
        )
        return found.all()

    async def get_unread_count(self) -> int:
        count = await self._session.scalar(select(func.count()).select_from(AdminNotification).where(*_UNREAD))
        return count or 0

    async def mark_as_read(self, *, notification_id: int, user_id: int | None) -> AdminNotification:
        """Mark as read; reading again keeps the first reader and the first time."""
        await self.mark_many(notification_ids=[notification_id], user_id=user_id, is_read=True)
        return await self.get_notification(notification_id)

    async def mark_as_unread(self, *, notification_id: int) -> AdminNotification:
        await self.mark_many(notification_ids=[notification_id], user_id=None, is_read=False)
        return await self.get_notification(notification_id)

    async def mark_many(self, *, notification_ids: Sequence[int], user_id: int | None, is_read: bool) -> set[int]:
        """Mark those that are listed; the ids found (changed or not)."""
        found = await self._lock(notification_ids)
        now = self._clock.now()
        changed = await self._session.scalars(
            update(AdminNotification)
            .where(AdminNotification.id.in_(found), AdminNotification.is_read.is_not(is_read))
            .values(
                is_read=is_read,
                read_at=now if is_read else None,
                read_by_user_id=user_id if is_read else None,
                updated_at=now,
            )
            .returning(AdminNotification.id)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        self._hint_changed(changed.all())
        return found

    async def mark_all_as_read(
        self, *, user_id: int | None, filters: NotificationFilters | None = None, up_to_id: int | None = None
    ) -> int:
        """Mark every unread one that matches, none newer than `up_to_id`; how many were marked."""
        now = self._clock.now()
        where = [*_UNREAD, matching(filters or NotificationFilters())]
        if up_to_id is not None:
            where.append(AdminNotification.id <= up_to_id)
        # Locked in the order of ids, as every other batch, so that two of them cannot deadlock.
        chosen = select(AdminNotification.id).where(*where).order_by(AdminNotification.id).with_for_update()
        marked = await self._session.scalars(
            update(AdminNotification)
            .where(AdminNotification.id.in_(chosen.scalar_subquery()))
            .values(is_read=True, read_at=now, read_by_user_id=user_id, updated_at=now)
            .returning(AdminNotification.id)
            .execution_options(synchronize_session=False)
        )
        count = len(marked.all())
        if count:
            self._hint("notification.changed", None, None)
        return count

    async def delete_notification(self, *, notification_id: int) -> None:
        """Hide from every list and count; kept for the audit until retention removes it."""
        if not await self.delete_many(notification_ids=[notification_id]):
            raise NotificationNotFoundError(notification_id)

    async def delete_many(self, *, notification_ids: Sequence[int]) -> set[int]:
        found = await self._lock(notification_ids)
        now = self._clock.now()
        await self._session.execute(
            update(AdminNotification)
            .where(AdminNotification.id.in_(found))
            .values(deleted_at=now, updated_at=now)
            .execution_options(synchronize_session=False)
        )
        self._hint_changed(sorted(found))
        return found

    async def settle_for_alert(self, *, alert_id: int, reason: str, store_ids: Sequence[int] | None = None) -> int:
        """Settle the open notifications of an alert (of these stores only, when given): they leave the unread count."""
        now = self._clock.now()
        where = [
            AdminNotification.alert_id == alert_id,
            AdminNotification.settled_at.is_(None),
            AdminNotification.deleted_at.is_(None),
        ]
        if store_ids is not None:
            where.append(AdminNotification.store_id.in_(store_ids))
        settled = await self._session.scalars(
            update(AdminNotification)
            .where(*where)
            .values(settled_at=now, settled_reason=reason, updated_at=now)
            .returning(AdminNotification.id)
            .execution_options(synchronize_session=False)
        )
        ids = settled.all()
        self._hint_changed(ids)
        return len(ids)

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

    async def remove_old(self, *, before: datetime, limit: int) -> int:
        """Retention: delete up to `limit` rows created before, oldest first; how many went."""
        removed = await self._session.execute(
            text(
                """
                delete from admin_notifications where id in (
                    select id from admin_notifications where created_at < :before
                    order by created_at limit :limit for update skip locked)
                returning id
                """
            ),
            {"before": before, "limit": limit},
        )
        return len(removed.all())

    async def _lock(self, notification_ids: Sequence[int]) -> set[int]:
        found = await self._session.scalars(
            select(AdminNotification.id)
            .where(AdminNotification.id.in_(notification_ids), AdminNotification.deleted_at.is_(None))
            .order_by(AdminNotification.id)
            .with_for_update()
        )
        return set(found.all())

    def _hint(self, event: str, notification_id: int | None, store_id: int | None) -> None:
        ring_after_commit(self._session, Hint(event=event, id=notification_id, store_id=store_id))

    def _hint_changed(self, ids: Sequence[int]) -> None:
        if ids:
            self._hint("notification.changed", ids[0] if len(ids) == 1 else None, None)
