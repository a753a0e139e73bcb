"""The end of snoozes, and retention of resolved alerts."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts.service import PlatformAlertService
from backend.alerts.snoozing import RETURN_SNOOZED
from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.jobs import JobKind, JobRun, in_one_transaction

RETENTION = "alerts.retention"

KEEP_FOR = timedelta(days=365)
_BATCH = 2_000


async def remove_old_alerts(run: JobRun) -> None:
    """Delete alerts resolved before KEEP_FOR in batches, each its own transaction, so that locks stay short."""
    before = run.clock.now() - KEEP_FOR
    while True:
        async with run.database.unit_of_work() as session:
            removed = await PlatformAlertService(session, run.clock).remove_old(before=before, limit=_BATCH)
        if removed < _BATCH:
            return


async def return_snoozed(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """Bring back alerts whose snooze is over: at its end, and each minute for what that missed."""
    until = payload.get("until")
    await PlatformAlertService(session, clock).return_snoozed(
        until=datetime.fromisoformat(until) if until is not None else None
    )


JOB_KINDS = (
    JobKind(RETURN_SNOOZED, in_one_transaction(return_snoozed)),
    JobKind(RETENTION, remove_old_alerts),
)
