"""Retention of resolved alerts."""

from datetime import timedelta

from backend.alerts.service import PlatformAlertService
from backend.jobs import JobKind, JobRun

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


JOB_KINDS = (JobKind(RETENTION, remove_old_alerts),)
