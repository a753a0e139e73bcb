"""Actions as durable jobs: the deed and the note that it is done commit together, so that running one twice is once."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from backend.actions.models import ActionRun
from backend.actions.service import RUN_ACTION, ActionService, ActionStatus
from backend.catalog import ImportService
from backend.core.errors import TocsinError
from backend.core.fields import MOST_LINE, storable
from backend.db.describe import describe
from backend.jobs import JobKind, JobRun, LaneName
from backend.letzshop import LetzshopService, RunKind, connection_of, try_connection
from backend.notifications import ActionKind


async def run_action(run: JobRun) -> None:
    """The handler of an action's job."""
    action_run_id = run.payload["action_run_id"]
    try:
        await _prepare(run, action_run_id)
        async with run.finishing() as session:
            service = ActionService(session, run.clock)
            action = await service.locked(action_run_id)
            if action is not None:
                await service.conclude(action, ActionStatus.DONE, await _effect(run, session, action))
    except TocsinError as error:
        # What it asked for is not possible now, which is a result.
        await _fail(run, action_run_id, error.detail)


async def give_up(run: JobRun, error: Exception) -> None:
    """The job is dead: the action has failed."""
    async with run.database.unit_of_work() as session:
        await _write_failure(run, session, run.payload["action_run_id"], describe(error))


async def _prepare(run: JobRun, action_run_id: int) -> None:
    """What has to be asked of others, while no transaction is open."""
    async with run.database.unit_of_work() as session:
        action = await ActionService(session, run.clock).locked(action_run_id)
        if action is None or action.kind != ActionKind.TEST_CREDENTIALS:
            return
        credentials = await LetzshopService(session, run.clock).connected(action.target["store_id"])
        connection = connection_of(run.resources.settings, credentials)
    await try_connection(run.resources.settings, connection, run.clock)


async def _effect(run: JobRun, session: AsyncSession, action: ActionRun) -> str:
    """Do it within the transaction; what came of it, in a sentence."""
    target: Mapping[str, int] = action.target
    match ActionKind(action.kind):
        case ActionKind.RETRY_IMPORT:
            job = await ImportService(session, run.clock).retry(target["import_id"])
            return f"Import {job.id} was started again."
        case ActionKind.RETRY_RUN:
            again = await LetzshopService(session, run.clock).retry(target["run_id"])
            return f"Run {again.id} was started again."
        case ActionKind.SYNC_NOW:
            sync = await LetzshopService(session, run.clock).start(
                RunKind.SYNC, store_id=target["store_id"], user_id=action.started_by_user_id
            )
            return f"Sync {sync.id} was started."
        case ActionKind.TEST_CREDENTIALS:
            return "Letzshop accepts the API key."
        case ActionKind.OPEN_EXCEPTIONS:
            raise AssertionError("an action that leads to a page is not run")


async def _fail(run: JobRun, action_run_id: int, reason: str) -> None:
    async with run.finishing() as session:
        await _write_failure(run, session, action_run_id, reason)


async def _write_failure(run: JobRun, session: AsyncSession, action_run_id: int, reason: str) -> None:
    service = ActionService(session, run.clock)
    action = await service.locked(action_run_id)
    if action is not None:
        await service.conclude(action, ActionStatus.FAILED, storable(reason, MOST_LINE))


# It may wait for Letzshop's answer.
JOB_KINDS = [JobKind(RUN_ACTION, run_action, on_dead=give_up, lane=LaneName.REMOTE)]
