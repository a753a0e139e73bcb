"""Putting durable work into the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject
from backend.db.doorbells import JobQueued, ring_after_commit
from backend.jobs.models import Job


async def enqueue(
    session: AsyncSession,
    kind: str,
    payload: JsonObject,
    *,
    run_at: datetime | None = None,
    exclusive_key: str | None = None,
    dedup_key: str | None = None,
) -> int | None:
    """Write a job row that commits or vanishes with the caller's transaction; its id.

    None when an unfinished job with the same `dedup_key` exists. Jobs of one `exclusive_key` run one after the other.
    """
    values: JsonObject = {
        "kind": kind,
        "payload": payload,
        "exclusive_key": exclusive_key,
        "dedup_key": dedup_key,
    }
    if run_at is not None:
        values["run_at"] = run_at
    statement = (
        insert(Job)
        .values(values)
        .on_conflict_do_nothing(
            index_elements=["dedup_key"],
            index_where=text("dedup_key is not null and state in ('queued', 'running')"),
        )
        .returning(Job.id)
    )
    job_id = (await session.execute(statement)).scalar_one_or_none()
    if job_id is not None and run_at is None:
        ring_after_commit(session, JobQueued(job_id))
    return job_id


async def enqueue_many(session: AsyncSession, jobs: Sequence[tuple[str, JsonObject]]) -> list[int]:
    """Write a row for each (kind, payload), in one statement; their ids in the same order."""
    statement = insert(Job).returning(Job.id, sort_by_parameter_order=True)
    rows = await session.scalars(statement, [{"kind": kind, "payload": payload} for kind, payload in jobs])
    job_ids = list(rows)
    for job_id in job_ids:
        ring_after_commit(session, JobQueued(job_id))
    return job_ids


def insert_of_jobs(*, kinds: str, payload: str, source: str) -> str:
    """SQL that queues a job of each of `kinds` (text[]) for each row of `source`, to be part of a larger statement.

    Nobody rings for them: the reaper finds them within a second.
    """
    return f"insert into jobs (kind, payload) select kind, {payload} from {source} cross join unnest({kinds}) as kind"  # noqa: S608 - expressions of the caller's own
