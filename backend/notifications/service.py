from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text

from backend.core.fields import MOST_TEXT, JsonObject, one_line, storable, storable_json
from backend.core.paging import DEFAULT_LIMIT
from backend.jobs import publish
from backend.notifications.action_url import checked
from backend.notifications.convenience import ConvenienceNotices
from backend.notifications.events import NotificationCreated
from backend.notifications.filters import NotificationFilters, matching
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.marking import UNREAD
from backend.notifications.models import AdminNotification
from backend.notifications.notice import Notice
from backend.notifications.snoozing import Snoozing


class AdminNotificationService(Snoozing, ConvenienceNotices):
    """Raises, reads and settles notifications within the caller's transaction; the caller's commit decides."""

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
        """Write a notification; raises InvalidInputError for an `action_url` that is neither a path nor https.

        Texts may come from errors and feeds: what PostgreSQL cannot hold is left out, and they end somewhere.
        """
        notice = Notice(
            type=type,
            title=title,
            message=message,
            priority=priority,
            action_required=action_required,
            action_url=action_url,
            notification_metadata=notification_metadata or {},
            store_id=store_id,
            alert_id=alert_id,
        )
        (notification,) = await self.create_many([notice])
        return notification

    async def create_many(self, notices: Sequence[Notice]) -> Sequence[AdminNotification]:
        """Write several as `create_notification` writes one, in one statement; in the same order."""
        created = [self._row(notice) for notice in notices]
        self._session.add_all(created)
        await self._session.flush()
        for row in created:
            self._hint("notification.created", row.id, row.store_id)
        await publish(self._session, *(_created(row) for row in created))
        return created

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
        found = await self._session.scalars(
            statement.order_by(AdminNotification.id.desc()).limit(limit).execution_options(populate_existing=True)
        )
        return found.all()

    async def get_recent_notifications(self, *, limit: int = 10) -> Sequence[AdminNotification]:
        """Return the newest unread ones."""
        found = await self._session.scalars(
            select(AdminNotification).where(*UNREAD).order_by(AdminNotification.id.desc()).limit(limit)
        )
        return found.all()

    async def get_unread_count(self) -> int:
        count = await self._session.scalar(select(func.count()).select_from(AdminNotification).where(*UNREAD))
        return count or 0

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

    def _row(self, notice: Notice) -> AdminNotification:
        now = self._clock.now()
        return AdminNotification(
            type=str(notice.type),
            priority=str(notice.priority),
            title=one_line(notice.title),
            message=storable(notice.message, MOST_TEXT),
            action_required=notice.action_required,
            action_url=checked(notice.action_url),
            notification_metadata=storable_json(notice.notification_metadata),
            store_id=notice.store_id,
            alert_id=notice.alert_id,
            created_at=now,
            updated_at=now,
        )


def _created(row: AdminNotification) -> NotificationCreated:
    return NotificationCreated(notification_id=row.id, type=row.type, priority=row.priority, store_id=row.store_id)
