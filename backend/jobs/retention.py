"""Forgetting what is over: finished jobs, and replies kept for repeated calls."""

from datetime import timedelta

from sqlalchemy import CursorResult, Executable, bindparam, delete, select, text

from backend.db.database import Database
from backend.db.idempotency_key import IdempotencyKey
from backend.jobs.job_kind import JobKind, JobRun

RETENTION = "jobs.retention"

KEEP_DONE_FOR = timedelta(days=14)
KEEP_DEAD_FOR = timedelta(days=180)
# As long as design 2 promises.
KEEP_REPLIES_FOR = timedelta(hours=24)
_BATCH = 5_000

_OLD_JOBS = """
    delete from jobs where id in (
        select id from jobs where state in ({states}) and finished_at < :before
        order by finished_at limit :batch for update skip locked)
"""
# The states are written out, so that the partial index on finished jobs serves.
_OLD_DONE = text(_OLD_JOBS.format(states="'done', 'cancelled'"))
_OLD_DEAD = text(_OLD_JOBS.format(states="'dead'"))
_OLD_REPLIES = delete(IdempotencyKey).where(
    IdempotencyKey.id.in_(
        select(IdempotencyKey.id)
        .where(IdempotencyKey.created_at < bindparam("before"))
        .order_by(IdempotencyKey.created_at)
        .limit(bindparam("batch"))
        .with_for_update(skip_locked=True)
    )
)


async def remove_old(run: JobRun) -> None:
    """Each batch is a transaction of its own, so that locks stay short."""
    for statement, keep_for in (
        (_OLD_DONE, KEEP_DONE_FOR),
        (_OLD_DEAD, KEEP_DEAD_FOR),
        (_OLD_REPLIES, KEEP_REPLIES_FOR),
    ):
        parameters = {"before": run.clock.now() - keep_for, "batch": _BATCH}
        while await _remove(run.database, statement, parameters) == _BATCH:
            pass


async def _remove(database: Database, statement: Executable, parameters: dict[str, object]) -> int:
    async with database.unit_of_work() as session:
        result = await session.execute(statement, parameters)
        return result.rowcount if isinstance(result, CursorResult) else 0


JOB_KINDS = (JobKind(RETENTION, remove_old),)
