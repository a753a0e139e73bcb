from collections.abc import Sequence

from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.actions.models import ActionRun
from backend.actions.result import ActionStatus, Result
from backend.alerts import PlatformAlertService, TimelineKind
from backend.core.clock import Clock
from backend.core.errors import ConflictError
from backend.db.doorbells import Hint, ring_after_commit
from backend.jobs import enqueue
from backend.notifications import Action, ActionKind, AdminNotification, AdminNotificationService, offered

RUN_ACTION = "actions.run"
# Those that lead to a page instead.
_NOT_RUN = {ActionKind.OPEN_EXCEPTIONS}


class ActionNotOfferedError(ConflictError):
    code = "action_not_offered"
    title = "The notification does not offer this action"


class ActionService:
    """Actions within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def start(self, notification_id: int, kind: ActionKind, *, user_id: int | None) -> ActionRun:
        """Queue an action; who asks again before it has ended gets the same run.

        NotificationNotFoundError, ActionNotOfferedError.
        """
        notification = await AdminNotificationService(self._session, self._clock).get_notification(notification_id)
        action = _offered(notification, kind)
        statement = insert(ActionRun).values(
            notification_id=notification_id,
            alert_id=notification.alert_id,
            kind=kind.value,
            target=action.target,
            started_by_user_id=user_id,
            created_at=self._clock.now(),
        )
        # Changes nothing, but takes the row, so that it does not end before it is read.
        unless_there = statement.on_conflict_do_update(
            index_elements=["notification_id", "kind"],
            index_where=literal_column("status in ('pending', 'running')"),
            set_={"kind": statement.excluded.kind},
        )
        is_new_row: ColumnElement[bool] = literal_column("xmax = 0")
        returned = await self._session.execute(unless_there.returning(ActionRun.id, is_new_row))
        run_id, is_new = returned.one()
        run = await self._session.get_one(ActionRun, run_id, populate_existing=True)
        if is_new:
            await enqueue(self._session, RUN_ACTION, {"action_run_id": run_id})
            await self._tell(run, TimelineKind.ACTION_STARTED, user_id)
        return run

    async def of_notification(self, notification_id: int, *, limit: int, before_id: int | None) -> Sequence[ActionRun]:
        """What was tried about a notification, newest first."""
        statement = select(ActionRun).where(ActionRun.notification_id == notification_id)
        if before_id is not None:
            statement = statement.where(ActionRun.id < before_id)
        return (await self._session.scalars(statement.order_by(ActionRun.id.desc()).limit(limit))).all()

    async def locked(self, run_id: int) -> ActionRun | None:
        """The run, held until the transaction ends; None when it has begun already or is gone."""
        found: ActionRun | None = await self._session.scalar(
            select(ActionRun)
            .where(ActionRun.id == run_id, ActionRun.status == ActionStatus.PENDING)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return found

    async def began(
        self, run: ActionRun, said: str, *, import_id: int | None = None, letzshop_run_id: int | None = None
    ) -> None:
        """The action has started something, whose end will be its own."""
        run.status, run.result = ActionStatus.RUNNING.value, said
        run.import_id, run.letzshop_run_id = import_id, letzshop_run_id
        self._hint(run)

    async def conclude(self, run: ActionRun, result: Result) -> None:
        run.status, run.result, run.completed_at = result.status.value, result.text, self._clock.now()
        kind = TimelineKind.ACTION_DONE if result.status is ActionStatus.DONE else TimelineKind.ACTION_FAILED
        await self._tell(run, kind, run.started_by_user_id)

    async def conclude_import(self, import_id: int, result: Result) -> None:
        """End the actions that started this import."""
        await self._conclude_running(ActionRun.import_id == import_id, result)

    async def conclude_letzshop_run(self, letzshop_run_id: int, result: Result) -> None:
        """End the actions that started this run."""
        await self._conclude_running(ActionRun.letzshop_run_id == letzshop_run_id, result)

    async def running(self) -> Sequence[ActionRun]:
        """Those that wait for the end of what they started."""
        found = await self._session.scalars(select(ActionRun).where(ActionRun.status == ActionStatus.RUNNING))
        return found.all()

    async def _conclude_running(self, condition: ColumnElement[bool], result: Result) -> None:
        statement = select(ActionRun).where(ActionRun.status == ActionStatus.RUNNING, condition)
        for run in await self._session.scalars(statement.order_by(ActionRun.id).with_for_update()):
            await self.conclude(run, result)

    async def _tell(self, run: ActionRun, kind: TimelineKind, user_id: int | None) -> None:
        self._hint(run)
        if run.alert_id is None:
            return
        detail = {"action": run.kind, "target": run.target} | ({"text": run.result} if run.result else {})
        await PlatformAlertService(self._session, self._clock).tell(run.alert_id, kind, user_id, detail)

    def _hint(self, run: ActionRun) -> None:
        ring_after_commit(self._session, Hint(event="action.changed", id=run.notification_id))


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
