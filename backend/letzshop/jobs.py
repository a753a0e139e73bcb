"""Letzshop's runs as durable jobs, the schedule's beat, the watch for silence, and retention."""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.jobs import JobKind, JobRun, LaneName, in_one_transaction
from backend.letzshop.announcing import leave_alerts
from backend.letzshop.errors import NotConnectedError, StoreInactiveError
from backend.letzshop.export_run import end_lost_exports
from backend.letzshop.repository import credentials_of
from backend.letzshop.run_job import be_cancelled, give_up, run_letzshop
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.schedule import SYNC_DUE, schedule_sync
from backend.letzshop.service import RUN, RUN_HISTORY, LetzshopService
from backend.letzshop.silence import watch_silence
from backend.tenancy import StoreNotFoundError, TenancyService

WATCH_SILENCE = "letzshop.watch_silence"
RESCHEDULE = "letzshop.reschedule"
RETENTION = "letzshop.retention"

KEEP_RUNS_FOR = timedelta(days=90)
_BATCH = 500

_REMOVE_RUNS = text(
    """
    delete from letzshop_runs where id in (
        select id from letzshop_runs where completed_at < :before order by id limit :batch for update skip locked)
    returning id
    """
)


async def sync_due(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Start the sync that a store's schedule asks for; a store that is no longer connected or active needs none."""
    try:
        await LetzshopService(session, clock).start(RunKind.SYNC, store_id=payload["store_id"], is_on_demand=False)
    except (NotConnectedError, StoreInactiveError, StoreNotFoundError):
        return


async def reschedule(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """A store was activated or deactivated: its schedule follows, and what is expected of it."""
    store_id: int = payload["store_id"]
    await schedule_sync(session, clock, store_id)
    credentials = await credentials_of(session, store_id, for_update=True)
    if credentials is None:
        return
    if await TenancyService(session, clock).is_active(store_id):
        credentials.silence_counts_from, credentials.silent_since = clock.now(), None
    else:
        await leave_alerts(session, clock, credentials, by="the store's deactivation")


async def remove_old(run: JobRun) -> None:
    """Delete old runs, in small batches; the orders are the record. Exports that nobody ended are given up."""
    async with run.database.unit_of_work() as session:
        await end_lost_exports(session, run.clock.now())
    before = run.clock.now() - KEEP_RUNS_FOR
    removed = _BATCH
    while removed == _BATCH:
        async with run.database.unit_of_work() as session:
            removed = len((await session.execute(_REMOVE_RUNS, {"before": before, "batch": _BATCH})).all())


JOB_KINDS = [
    *(
        JobKind(kind, run_letzshop, on_dead=give_up, on_cancelled=be_cancelled, lane=lane, timeout=timedelta(hours=6))
        for kind, lane in ((RUN, LaneName.REMOTE), (RUN_HISTORY, LaneName.LONG))
    ),
    JobKind(SYNC_DUE, in_one_transaction(sync_due)),
    JobKind(RESCHEDULE, in_one_transaction(reschedule)),
    JobKind(WATCH_SILENCE, watch_silence),
    JobKind(RETENTION, remove_old),
]
