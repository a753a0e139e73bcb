from collections.abc import Sequence

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from backend.actions.models import ActionRun
from backend.actions.result import ActionStatus
from backend.actions.schemas import ActionRunOut
from backend.actions.service import ActionNotOfferedError, ActionService
from backend.auth import Principal, names_of_users, person
from backend.core.clock import Clock
from backend.core.paging import DEFAULT_LIMIT, Page, decode_cursor, page_of
from backend.core.parameters import PageLimit, PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.notifications import ActionKind, AdminNotificationService, NotificationNotFoundError


class ActionController(Controller):
    path = "/api/v1/admin/notifications/{notification_id:int}/actions"
    tags = ("notifications",)

    @get(
        "/",
        operation_id="list_notification_actions",
        summary="What was tried about a notification, newest first",
        opt={"role": Role.VIEWER},
        responses=problems(NotificationNotFoundError),
    )
    async def list_actions(
        self,
        notification_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ActionRunOut]:
        scope = ("actions", notification_id)
        before_id = decode_cursor(cursor, int, scope=scope)
        await AdminNotificationService(session, clock).get_notification(notification_id)
        runs = await ActionService(session, clock).of_notification(
            notification_id, limit=limit + 1, before_id=before_id
        )
        return page_of(await _shown(reads, runs), limit, lambda item: item.id, scope=scope)

    @post(
        "/{kind:str}",
        operation_id="run_notification_action",
        status_code=202,
        opt={"role": Role.OPERATOR, "audit": "notification.action", "idempotent": True},
        responses=problems(NotificationNotFoundError, ActionNotOfferedError),
        description="The run that does it: a new one, or the one that has not ended.",
    )
    async def run_action(
        self,
        request: Request[Principal, None, State],
        notification_id: PathId,
        kind: FromPath[ActionKind],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
    ) -> ActionRunOut:
        run = await ActionService(session, clock).start(notification_id, kind, user_id=principal.user_id)
        request.state.audit_detail = {"action": run.kind, "target": run.target, "action_run_id": run.id}
        (shown,) = await _shown(reads, [run])
        return shown


async def _shown(reads: Reads, runs: Sequence[ActionRun]) -> list[ActionRunOut]:
    starters = {run.started_by_user_id for run in runs if run.started_by_user_id is not None}
    people = await names_of_users(reads, starters)
    return [
        ActionRunOut(
            id=run.id,
            notification_id=run.notification_id,
            alert_id=run.alert_id,
            kind=ActionKind(run.kind),
            target=run.target,
            status=ActionStatus(run.status),
            import_id=run.import_id,
            letzshop_run_id=run.letzshop_run_id,
            result=run.result,
            started_by=person(people, run.started_by_user_id),
            created_at=run.created_at,
            completed_at=run.completed_at,
        )
        for run in runs
    ]
