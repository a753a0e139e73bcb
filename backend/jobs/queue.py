"""Putting durable work into the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject
from backend.db.doorbells import JobQueued, ring_after_commit
from backend.db.reads import fetch_within
from backend.jobs.models import Job

# SQLAlchemy compiles an insert with `on conflict` anew each time, which takes longer than running this one.
_ENQUEUE = """
insert into jobs (kind, payload, exclusive_key, dedup_key, run_at)
values ($1, $2::text::jsonb, $3, $4, coalesce($5, tocsin_now()))
on conflict (dedup_key) where dedup_key is not null and state in ('queued', 'running') do nothing
returning id
"""


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
    as_json = msgspec.json.encode(payload).decode()
    added = await fetch_within(session)(_ENQUEUE, kind, as_json, exclusive_key, dedup_key, run_at)
    job_id: int | None = added[0]["id"] if added else None
    if job_id is not None and run_at is None:
        ring_after_commit(session, JobQueued(job_id))
    return job_id


async def enqueue_at(session: AsyncSession, kind: str, until: datetime) -> None:
    """Queue a job of the kind for that instant, one however often it is asked for; its payload names it as `until`."""
    key = until.isoformat()
    await enqueue(session, kind, {"until": key}, run_at=until, dedup_key=f"{kind}:{key}")


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
