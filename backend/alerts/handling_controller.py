from typing import Any

from litestar import Controller, Request, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import reads as hot
from backend.alerts.errors import AlertNotFoundError, AlertResolvedError, NewerAlertOpenError
from backend.alerts.schemas import AlertDetailOut, AssignIn, CommentIn, ResolveIn
from backend.alerts.service import PlatformAlertService
from backend.auth import Principal, has_role
from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.parameters import PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.snooze import SnoozeIn, snooze_end
from backend.db.reads import Reads, fetch_within

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class AlertHandlingController(Controller):
    """What a person does with an alert: each answers with the alert and its timeline."""

    path = "/api/v1/admin/notifications/alerts/{alert_id:int}"
    tags = ("alerts",)

    @put(
        "/resolve",
        operation_id="resolve_alert",
        summary="Resolve; linked notifications are settled",
        opt={"role": Role.OPERATOR, "audit": "alert.resolve"},
        responses=problems(AlertNotFoundError),
    )
    async def resolve(
        self,
        alert_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
        data: JSONBody[ResolveIn | None] = None,
    ) -> AlertDetailOut:
        await PlatformAlertService(session, clock).resolve_alert(
            alert_id=alert_id,
            user_id=principal.user_id,
            resolution_notes=data.resolution_notes if data is not None else None,
        )
        return await hot.detail(reads, alert_id, within=fetch_within(session))

    @put(
        "/acknowledge",
        operation_id="acknowledge_alert",
        summary="Say that I look after it",
        opt={"role": Role.OPERATOR, "audit": "alert.acknowledge"},
        responses=problems(AlertNotFoundError),
    )
    async def acknowledge(
        self,
        alert_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> AlertDetailOut:
        await PlatformAlertService(session, clock).acknowledge(alert_id=alert_id, user_id=principal.user_id)
        return await hot.detail(reads, alert_id, within=fetch_within(session))

    @put(
        "/assign",
        operation_id="assign_alert",
        summary="Give it to somebody, or to nobody",
        opt={"role": Role.OPERATOR, "audit": "alert.assign"},
        responses=problems(AlertNotFoundError),
    )
    async def assign(
        self,
        alert_id: PathId,
        data: JSONBody[AssignIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> AlertDetailOut:
        if data.user_id is not None and not await has_role(reads, data.user_id, Role.OPERATOR):
            raise InvalidInputError.field("user_id", f"nobody who may look after alerts has the id {data.user_id}")
        await PlatformAlertService(session, clock).assign(
            alert_id=alert_id, user_id=data.user_id, by_user_id=principal.user_id
        )
        return await hot.detail(reads, alert_id, within=fetch_within(session))

    @put(
        "/reopen",
        operation_id="reopen_alert",
        summary="Open a resolved alert again",
        opt={"role": Role.OPERATOR, "audit": "alert.reopen"},
        responses=problems(AlertNotFoundError, NewerAlertOpenError),
    )
    async def reopen(
        self,
        alert_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> AlertDetailOut:
        await PlatformAlertService(session, clock).reopen(alert_id=alert_id, user_id=principal.user_id)
        return await hot.detail(reads, alert_id, within=fetch_within(session))

    @put(
        "/snooze",
        operation_id="snooze_alert",
        summary="Send nothing about it until a time, unless it gets worse",
        opt={"role": Role.OPERATOR, "audit": "alert.snooze"},
        responses=problems(AlertNotFoundError, AlertResolvedError),
    )
    async def snooze(
        self,
        request: AnyRequest,
        alert_id: PathId,
        data: JSONBody[SnoozeIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> AlertDetailOut:
        until = snooze_end(data.until, now=clock.now())
        request.state.audit_detail = {"until": until.isoformat() if until is not None else None}
        await PlatformAlertService(session, clock).snooze(alert_id=alert_id, until=until, user_id=principal.user_id)
        return await hot.detail(reads, alert_id, within=fetch_within(session))

    @post(
        "/comments",
        operation_id="comment_on_alert",
        summary="Write into the timeline",
        opt={"role": Role.OPERATOR, "audit": "alert.comment", "idempotent": True},
        responses=problems(AlertNotFoundError),
    )
    async def comment(
        self,
        alert_id: PathId,
        data: JSONBody[CommentIn],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> AlertDetailOut:
        await PlatformAlertService(session, clock).comment(alert_id=alert_id, user_id=principal.user_id, text=data.text)
        return await hot.detail(reads, alert_id, within=fetch_within(session))
