from datetime import datetime
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.conditional import NOT_MODIFIED, conditional
from backend.core.errors import InvalidInputError
from backend.core.fields import Id, has_nul
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, SearchText, with_zone
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.notifications import reads as hot
from backend.notifications.filters import NotificationFilters
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.schemas import NotificationIn, NotificationOut, RecentOut, UnreadCountOut
from backend.notifications.service import AdminNotificationService

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class NotificationController(Controller):
    """Raising and reading; what is done with notifications stands in NotificationMarkingController."""

    path = "/api/v1/admin/notifications"
    tags = ("notifications",)

    @get(
        "/",
        operation_id="list_notifications",
        summary="All notifications, newest first",
        opt={"role": Role.VIEWER},
        responses=NOT_MODIFIED,
    )
    async def list_notifications(
        self,
        request: AnyRequest,
        reads: NamedDependency[Reads],
        priority: FromQuery[list[Priority] | None] = None,
        type: FromQuery[list[NotificationType] | None] = None,  # noqa: A002 - the parameter's name is the contract
        is_read: FromQuery[bool | None] = None,
        settled: FromQuery[bool | None] = None,
        snoozed: FromQuery[bool | None] = None,
        action_required: FromQuery[bool | None] = None,
        store_id: FromQuery[list[Id] | None] = None,
        q: SearchText = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Response[Page[NotificationOut]]:
        filters = NotificationFilters(
            priority=tuple(priority or ()),
            type=tuple(type or ()),
            is_read=is_read,
            settled=settled,
            snoozed=snoozed,
            action_required=action_required,
            store_id=tuple(store_id or ()),
            q=q,
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
        )
        return conditional(request, await hot.list_page(reads, filters, limit=limit, cursor=cursor))

    @post(
        "/",
        operation_id="create_notification",
        summary="Write a notification by hand",
        opt={"role": Role.ADMIN, "ingest": True, "audit": "notification.create", "idempotent": True},
    )
    async def create_notification(
        self,
        request: AnyRequest,
        data: JSONBody[NotificationIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> NotificationOut:
        if has_nul(data.notification_metadata):
            raise InvalidInputError.field("notification_metadata", "NUL characters cannot be stored")
        notification = await AdminNotificationService(session, clock).create_notification(
            type=data.type,
            priority=data.priority,
            title=data.title,
            message=data.message,
            action_required=data.action_required,
            action_url=data.action_url,
            notification_metadata=data.notification_metadata,
            store_id=data.store_id,
        )
        request.state.audit_detail = {"notification_id": notification.id}
        return await hot.out_of(reads, notification)

    @get(
        "/recent",
        operation_id="recent_notifications",
        summary="The bell: the newest unread ones, how many are unread, and how many are new to me",
        opt={"role": Role.VIEWER},
        responses=NOT_MODIFIED,
    )
    async def recent(
        self,
        request: AnyRequest,
        reads: NamedDependency[Reads],
        limit: PageLimit = 10,
    ) -> Response[RecentOut]:
        # Not as a second dependency: Litestar makes a task of each when there are several, and this route is hot.
        principal: Principal = request.state.principal
        return conditional(request, await hot.recent(reads, user_id=principal.user_id, limit=limit))

    @get(
        "/unread-count",
        operation_id="unread_count",
        summary="How many are unread, in all and by priority",
        opt={"role": Role.VIEWER},
        responses=NOT_MODIFIED,
    )
    async def unread_count(self, request: AnyRequest, reads: NamedDependency[Reads]) -> Response[UnreadCountOut]:
        return conditional(request, await hot.unread_count(reads))
