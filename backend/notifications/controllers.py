from datetime import datetime
from typing import Any

from litestar import Controller, Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.conditional import NOT_MODIFIED, conditional
from backend.core.errors import InvalidInputError, UnprocessableError
from backend.core.fields import Id, Query, has_nul
from backend.core.paging import DEFAULT_LIMIT, Limit, Page
from backend.core.problem import problems
from backend.core.roles import Role, require
from backend.db.reads import Reads
from backend.notifications import reads as hot
from backend.notifications.filters import NotificationFilters
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.schemas import (
    BulkFailure,
    BulkIn,
    BulkOut,
    MarkAllIn,
    MarkedOut,
    NotificationIn,
    NotificationOut,
    RecentOut,
    SeenIn,
    SeenOut,
    UnreadCountOut,
)
from backend.notifications.service import AdminNotificationService, NotificationNotFoundError

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class KeysHaveNoSeenMarkError(UnprocessableError):
    code = "keys_have_no_seen_mark"
    title = "An API key has no seen mark"


class NotificationController(Controller):
    path = "/api/v1/admin/notifications"
    tags = ["notifications"]

    @get("/", operation_id="list_notifications", opt={"role": Role.VIEWER})
    async def list_notifications(
        self,
        reads: NamedDependency[Reads],
        priority: FromQuery[list[Priority] | None] = None,
        type: FromQuery[list[NotificationType] | None] = None,  # noqa: A002 - the parameter's name is the contract
        is_read: FromQuery[bool | None] = None,
        settled: FromQuery[bool | None] = None,
        action_required: FromQuery[bool | None] = None,
        store_id: FromQuery[list[Id] | None] = None,
        q: FromQuery[Query | None] = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: FromQuery[Limit] = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[NotificationOut]:
        filters = NotificationFilters(
            priority=tuple(priority or ()),
            type=tuple(type or ()),
            is_read=is_read,
            settled=settled,
            action_required=action_required,
            store_id=tuple(store_id or ()),
            q=q,
            since=since,
            until=until,
        )
        return await hot.list_page(reads, filters, limit=limit, cursor=cursor)

    @post(
        "/",
        operation_id="create_notification",
        opt={"role": Role.ADMIN, "ingest": True, "audit": "notification.create", "idempotent": True},
    )
    async def create_notification(
        self,
        data: NotificationIn,
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
        return await hot.one(reads, notification)

    @get("/recent", operation_id="recent_notifications", opt={"role": Role.VIEWER}, responses=NOT_MODIFIED)
    async def recent(
        self,
        request: AnyRequest,
        reads: NamedDependency[Reads],
        principal: NamedDependency[Principal],
        limit: FromQuery[Limit] = 10,
    ) -> Response[RecentOut]:
        return conditional(request, await hot.recent(reads, user_id=principal.user_id, limit=limit))

    @get("/unread-count", operation_id="unread_count", opt={"role": Role.VIEWER}, responses=NOT_MODIFIED)
    async def unread_count(self, request: AnyRequest, reads: NamedDependency[Reads]) -> Response[UnreadCountOut]:
        return conditional(request, await hot.unread_count(reads))

    @put(
        "/mark-all-read",
        operation_id="mark_all_read",
        opt={"role": Role.OPERATOR, "audit": "notification.mark_all_read"},
    )
    async def mark_all_read(
        self,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
        data: MarkAllIn | None = None,
    ) -> MarkedOut:
        wanted = data or MarkAllIn()
        filters = NotificationFilters(
            priority=(wanted.priority,) if wanted.priority else (),
            type=(wanted.type,) if wanted.type else (),
            store_id=(wanted.store_id,) if wanted.store_id else (),
        )
        marked = await AdminNotificationService(session, clock).mark_all_as_read(
            user_id=principal.user_id, filters=filters, up_to_id=wanted.up_to_id
        )
        return MarkedOut(marked_count=marked)

    @post(
        "/bulk",
        operation_id="bulk_notifications",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "notification.bulk"},
    )
    async def bulk(
        self,
        data: BulkIn,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> BulkOut:
        service = AdminNotificationService(session, clock)
        wanted = sorted(set(data.ids))
        if data.action == "delete":
            require(principal.role, Role.ADMIN)
            done = await service.delete_many(notification_ids=wanted)
        else:
            done = await service.mark_many(
                notification_ids=wanted, user_id=principal.user_id, is_read=data.action == "read"
            )
        missing = [found for found in wanted if found not in done]
        return BulkOut(
            done_count=len(done),
            failed=[BulkFailure(id=found, code=NotificationNotFoundError.code) for found in missing],
        )

    @put("/seen", operation_id="move_seen_mark", opt={"role": Role.VIEWER}, responses=problems(KeysHaveNoSeenMarkError))
    async def seen(
        self,
        data: SeenIn,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> SeenOut:
        if principal.user_id is None:
            raise KeysHaveNoSeenMarkError("Only a signed-in person has a last-seen mark.")
        mark = await AdminNotificationService(session, clock).move_seen_mark(
            user_id=principal.user_id, up_to_id=data.up_to_id
        )
        return SeenOut(last_seen_id=mark)

    @get(
        "/{notification_id:int}",
        operation_id="get_notification",
        opt={"role": Role.VIEWER},
        responses=problems(NotificationNotFoundError),
    )
    async def get_notification(
        self,
        notification_id: FromPath[Id],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> NotificationOut:
        found = await AdminNotificationService(session, clock).get_notification(notification_id)
        return await hot.one(reads, found)

    @put(
        "/{notification_id:int}/read",
        operation_id="read_notification",
        opt={"role": Role.OPERATOR, "audit": "notification.read"},
        responses=problems(NotificationNotFoundError),
    )
    async def mark_read(
        self,
        notification_id: FromPath[Id],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> NotificationOut:
        service = AdminNotificationService(session, clock)
        found = await service.mark_as_read(notification_id=notification_id, user_id=principal.user_id)
        return await hot.one(reads, found)

    @put(
        "/{notification_id:int}/unread",
        operation_id="unread_notification",
        opt={"role": Role.OPERATOR, "audit": "notification.unread"},
        responses=problems(NotificationNotFoundError),
    )
    async def mark_unread(
        self,
        notification_id: FromPath[Id],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> NotificationOut:
        found = await AdminNotificationService(session, clock).mark_as_unread(notification_id=notification_id)
        return await hot.one(reads, found)

    @delete(
        "/{notification_id:int}",
        operation_id="delete_notification",
        opt={"role": Role.ADMIN, "audit": "notification.delete"},
        responses=problems(NotificationNotFoundError),
    )
    async def delete_notification(
        self,
        notification_id: FromPath[Id],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> None:
        await AdminNotificationService(session, clock).delete_notification(notification_id=notification_id)
