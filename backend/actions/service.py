from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.actions.models import ActionRun
from backend.alerts import PlatformAlertService, TimelineKind
from backend.core.clock import Clock
from backend.core.errors import ConflictError
from backend.db.doorbells import Hint, ring_after_commit
from backend.jobs import enqueue
from backend.notifications import Action, ActionKind, AdminNotification, AdminNotificationService, offered

RUN_ACTION = "actions.run"
# Those that lead to a page instead.
_NOT_RUN = {ActionKind.OPEN_EXCEPTIONS}


class ActionStatus(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class ActionNotOfferedError(ConflictError):
    code = "action_not_offered"
    title = "The notification does not offer this action"


class ActionService:
    """Actions within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def start(self, notification_id: int, kind: ActionKind, *, user_id: int | None) -> ActionRun:
        """Queue an action; who asks again while it waits gets the same run.

        NotificationNotFoundError, ActionNotOfferedError.
        """
        notification = await AdminNotificationService(self._session, self._clock).get_notification(notification_id)
        action = _offered(notification, kind)
        run_id = await self._session.scalar(
            insert(ActionRun)
            .values(
                notification_id=notification_id,
                alert_id=notification.alert_id,
                kind=kind.value,
                target=action.target,
                started_by_user_id=user_id,
                created_at=self._clock.now(),
            )
            .on_conflict_do_nothing()
            .returning(ActionRun.id)
        )
        if run_id is None:
            return await self._pending(notification_id, kind)
        await enqueue(self._session, RUN_ACTION, {"action_run_id": run_id})
        run = await self._session.get_one(ActionRun, run_id)
        await self._tell(run, TimelineKind.ACTION_STARTED, user_id)
        return run

    async def of_notification(self, notification_id: int, *, limit: int, before_id: int | None) -> Sequence[ActionRun]:
        """What was tried about a notification, newest first."""
        statement = select(ActionRun).where(ActionRun.notification_id == notification_id)
        if before_id is not None:
            statement = statement.where(ActionRun.id < before_id)
        return (await self._session.scalars(statement.order_by(ActionRun.id.desc()).limit(limit))).all()

    async def locked(self, run_id: int) -> ActionRun | None:
        """The run, held until the transaction ends; None when it has ended already or is gone."""
        found: ActionRun | None = await self._session.scalar(
            select(ActionRun)
            .where(ActionRun.id == run_id, ActionRun.status == ActionStatus.PENDING)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return found

    async def conclude(self, run: ActionRun, status: ActionStatus, result: str) -> None:
        run.status, run.result, run.completed_at = status.value, result, self._clock.now()
        kind = TimelineKind.ACTION_DONE if status is ActionStatus.DONE else TimelineKind.ACTION_FAILED
        await self._tell(run, kind, run.started_by_user_id)

    async def _pending(self, notification_id: int, kind: ActionKind) -> ActionRun:
        found = await self._session.scalars(
            select(ActionRun).where(
                ActionRun.notification_id == notification_id,
                ActionRun.kind == kind,
                ActionRun.status == ActionStatus.PENDING,
            )
        )
        return found.one()

    async def _tell(self, run: ActionRun, kind: TimelineKind, user_id: int | None) -> None:
        ring_after_commit(self._session, Hint(event="action.changed", id=run.notification_id))
        if run.alert_id is None:
            return
        detail = {"action": run.kind, "target": run.target} | ({"text": run.result} if run.result else {})
        await PlatformAlertService(self._session, self._clock).tell(run.alert_id, kind, user_id, detail)


def _offered(notification: AdminNotification, kind: ActionKind) -> Action:
    actions = offered(
        notification.type,
        notification.notification_metadata,
        notification.store_id,
        is_settled=notification.settled_at is not None,
    )
    for action in actions:
        if action.kind is kind and kind not in _NOT_RUN:
            return action
    raise ActionNotOfferedError(f"Notification {notification.id} does not offer {kind}.")
