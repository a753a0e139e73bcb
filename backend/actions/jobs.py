"""Actions as durable jobs: the deed and the note of it commit together, so that running one twice is once.

What an action starts has an end of its own, which is heard of as an event and ends the action.
"""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from backend.actions.models import ActionRun
from backend.actions.result import ActionStatus, Result, result_of
from backend.actions.service import RUN_ACTION, ActionService
from backend.catalog import ImportService, ImportStatus
from backend.core.clock import Clock
from backend.core.errors import TocsinError
from backend.core.fields import MOST_LINE, JsonObject, storable
from backend.db.describe import describe
from backend.jobs import JobKind, JobRun, LaneName, in_one_transaction
from backend.letzshop import LetzshopService, RunKind, RunStatus, connection_of, try_connection
from backend.notifications import ActionKind

CONCLUDE_IMPORT = "actions.conclude_import"
CONCLUDE_RUN = "actions.conclude_letzshop_run"
HEAR_MISSED = "actions.hear_missed"


async def run_action(run: JobRun) -> None:
    """The handler of an action's job."""
    action_run_id = run.payload["action_run_id"]
    try:
        await _prepare(run, action_run_id)
        async with run.finishing() as session:
            service = ActionService(session, run.clock)
            action = await service.locked(action_run_id)
            if action is not None:
                await _act(run, session, service, action)
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


async def _act(run: JobRun, session: AsyncSession, service: ActionService, action: ActionRun) -> None:
    target: Mapping[str, int] = action.target
    match ActionKind(action.kind):
        case ActionKind.RETRY_IMPORT:
            job = await ImportService(session, run.clock).retry(target["import_id"])
            await service.began(action, f"Import {job.id} was started again.", import_id=job.id)
        case ActionKind.RETRY_RUN:
            again = await LetzshopService(session, run.clock).retry(target["run_id"])
            await service.began(action, f"Run {again.id} was started again.", letzshop_run_id=again.id)
        case ActionKind.SYNC_NOW:
            sync = await LetzshopService(session, run.clock).start(
                RunKind.SYNC, store_id=target["store_id"], user_id=action.started_by_user_id
            )
            await service.began(action, f"Sync {sync.id} was started.", letzshop_run_id=sync.id)
        case ActionKind.TEST_CREDENTIALS:
            await service.conclude(action, Result(ActionStatus.DONE, "Letzshop accepts the API key."))
        case ActionKind.OPEN_EXCEPTIONS:
            raise AssertionError("an action that leads to a page is not run")


async def _fail(run: JobRun, action_run_id: int, reason: str) -> None:
    async with run.finishing() as session:
        await _write_failure(run, session, action_run_id, reason)


async def _write_failure(run: JobRun, session: AsyncSession, action_run_id: int, reason: str) -> None:
    service = ActionService(session, run.clock)
    action = await service.locked(action_run_id)
    if action is not None:
        await service.conclude(action, Result(ActionStatus.FAILED, storable(reason, MOST_LINE)))


async def conclude_import(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Subscribed to ImportEnded."""
    result = result_of(f"Import {payload['import_id']}", payload["status"], payload["message"])
    await ActionService(session, clock).conclude_import(payload["import_id"], result)


async def conclude_run(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Subscribed to RunEnded."""
    what = "Sync" if payload["kind"] == RunKind.SYNC else "Run"
    result = result_of(f"{what} {payload['run_id']}", payload["status"], payload["message"])
    await ActionService(session, clock).conclude_letzshop_run(payload["run_id"], result)


async def hear_missed(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """End the actions whose run ended unheard, as a scheduled one that they joined, or one cancelled in that moment."""
    del payload
    for action in await ActionService(session, clock).running():
        if action.import_id is not None:
            await _hear_import(session, clock, action.import_id)
        if action.letzshop_run_id is not None:
            await _hear_run(session, clock, action.letzshop_run_id)


async def _hear_import(session: AsyncSession, clock: Clock, import_id: int) -> None:
    job = await ImportService(session, clock).get(import_id)
    if ImportStatus(job.status).is_finished:
        ended = {"import_id": import_id, "status": job.status, "message": job.error_message}
        await conclude_import(session, clock, ended)


async def _hear_run(session: AsyncSession, clock: Clock, run_id: int) -> None:
    run = await LetzshopService(session, clock).get(run_id)
    if RunStatus(run.status).is_finished:
        ended = {"run_id": run_id, "kind": run.kind, "status": run.status, "message": run.error_message}
        await conclude_run(session, clock, ended)


JOB_KINDS = [
    # It may wait for Letzshop's answer.
    JobKind(RUN_ACTION, run_action, on_dead=give_up, lane=LaneName.REMOTE),
    JobKind(CONCLUDE_IMPORT, in_one_transaction(conclude_import)),
    JobKind(CONCLUDE_RUN, in_one_transaction(conclude_run)),
    JobKind(HEAR_MISSED, in_one_transaction(hear_missed)),
]
