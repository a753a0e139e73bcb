from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.conditional import NOT_MODIFIED, conditional
from backend.core.parameters import PathId
from backend.core.problem import problems
from backend.core.roles import Role, require
from backend.core.snooze import SnoozeIn, snooze_end
from backend.db.reads import Reads
from backend.notifications import reads as hot
from backend.notifications.controllers import AnyRequest
from backend.notifications.errors import KeysHaveNoSeenMarkError, NotificationNotFoundError, NotificationSettledError
from backend.notifications.filters import NotificationFilters
from backend.notifications.schemas import (
    BulkFailure,
    BulkIn,
    BulkOut,
    MarkAllIn,
    MarkedOut,
    NotificationOut,
    SeenIn,
    SeenOut,
)
from backend.notifications.service import AdminNotificationService


class NotificationMarkingController(Controller):
    """One notification, and what people do: read state belongs to the team, the seen mark to each admin."""

    path = "/api/v1/admin/notifications"
    tags = ("notifications",)

    @put(
        "/mark-all-read",
        operation_id="mark_all_read",
        summary="Mark all read, or those up to what the caller saw",
        opt={"role": Role.OPERATOR, "audit": "notification.mark_all_read"},
    )
    async def mark_all_read(
        self,
        request: AnyRequest,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
        data: JSONBody[MarkAllIn | None] = None,
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
        request.state.audit_detail = {"up_to_id": wanted.up_to_id, "marked_count": marked}
        return MarkedOut(marked_count=marked)

    @post(
        "/bulk",
        operation_id="bulk_notifications",
        summary="Mark or delete several",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "notification.bulk"},
    )
    async def bulk(
        self,
        request: AnyRequest,
        data: JSONBody[BulkIn],
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
        request.state.audit_detail = {"action": data.action, "ids": sorted(done)}
        missing = [found for found in wanted if found not in done]
        return BulkOut(
            done_count=len(done),
            failed=[BulkFailure(id=found, code=NotificationNotFoundError.code) for found in missing],
        )

    @put(
        "/seen",
        operation_id="move_seen_mark",
        summary="Say up to which notification I have looked",
        opt={"role": Role.VIEWER},
        responses=problems(KeysHaveNoSeenMarkError),
    )
    async def seen(
        self,
        data: JSONBody[SeenIn],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> SeenOut:
        if principal.user_id is None:
            raise KeysHaveNoSeenMarkError
        mark = await AdminNotificationService(session, clock).move_seen_mark(
            user_id=principal.user_id, up_to_id=data.up_to_id
        )
        return SeenOut(last_seen_id=mark)

    @get(
        "/{notification_id:int}",
        operation_id="get_notification",
        summary="One notification",
        opt={"role": Role.VIEWER},
        responses=problems(NotificationNotFoundError) | NOT_MODIFIED,
    )
    async def get_notification(
        self, request: AnyRequest, notification_id: PathId, reads: NamedDependency[Reads]
    ) -> Response[NotificationOut]:
        return conditional(request, await hot.one(reads, notification_id))

    @put(
        "/{notification_id:int}/read",
        operation_id="read_notification",
        summary="Mark read; the first reader stays",
        opt={"role": Role.OPERATOR, "audit": "notification.read"},
        responses=problems(NotificationNotFoundError),
    )
    async def mark_read(
        self,
        notification_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> NotificationOut:
        service = AdminNotificationService(session, clock)
        found = await service.mark_as_read(notification_id=notification_id, user_id=principal.user_id)
        return await hot.out_of(reads, found)

    @put(
        "/{notification_id:int}/unread",
        operation_id="unread_notification",
        summary="Mark unread",
        opt={"role": Role.OPERATOR, "audit": "notification.unread"},
        responses=problems(NotificationNotFoundError),
    )
    async def mark_unread(
        self,
        notification_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> NotificationOut:
        found = await AdminNotificationService(session, clock).mark_as_unread(notification_id=notification_id)
        return await hot.out_of(reads, found)

    @put(
        "/{notification_id:int}/snooze",
        operation_id="snooze_notification",
        summary="Put off until a time, when it comes back unread and as new",
        opt={"role": Role.OPERATOR, "audit": "notification.snooze"},
        responses=problems(NotificationNotFoundError, NotificationSettledError),
    )
    async def snooze(
        self,
        request: AnyRequest,
        notification_id: PathId,
        data: JSONBody[SnoozeIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> NotificationOut:
        until = snooze_end(data.until, now=clock.now())
        request.state.audit_detail = {"until": until.isoformat() if until is not None else None}
        service = AdminNotificationService(session, clock)
        found = await service.snooze(notification_id=notification_id, until=until, user_id=principal.user_id)
        return await hot.out_of(reads, found)

    @delete(
        "/{notification_id:int}",
        operation_id="delete_notification",
        summary="Hide from every list and count",
        opt={"role": Role.ADMIN, "audit": "notification.delete"},
        responses=problems(NotificationNotFoundError),
    )
    async def delete_notification(
        self,
        notification_id: PathId,
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> None:
        await AdminNotificationService(session, clock).delete_notification(notification_id=notification_id)
