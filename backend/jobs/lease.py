"""Claiming, renewing and finishing: the statements that keep a job from being done twice or lost.

A claim is fenced by `claims`: whoever finishes must still hold the claim it started with. All times are the
database's own, so that workers on several machines agree.
"""

import asyncpg
import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject


class LeaseLostError(Exception):
    """Another worker took the job over; nothing of this run may commit."""


class ClaimedJob(msgspec.Struct, frozen=True):
    id: int
    kind: str
    payload: JsonObject
    claims: int
    failures: int
    max_failures: int


_CLAIM = """
update jobs set
    state = 'running',
    claims = claims + 1,
    -- A lease that ran out is a failure too: a job that kills its worker must not do so for ever.
    failures = failures + (state = 'running')::int,
    lease_until = tocsin_now() + make_interval(secs => $2),
    started_at = coalesce(started_at, tocsin_now())
where id in (
    select candidate.id from jobs candidate
    where candidate.id = any($1::bigint[])
      and candidate.kind = any($3::text[])
      and ((candidate.state = 'queued' and candidate.run_at <= tocsin_now())
        or (candidate.state = 'running' and candidate.lease_until < tocsin_now()))
      and not exists (
          select 1 from jobs other
          where other.exclusive_key = candidate.exclusive_key
            and other.state in ('queued', 'running')
            and (other.id < candidate.id or (other.state = 'running' and other.id <> candidate.id)))
    for update skip locked
)
returning id, kind, payload, claims, failures, max_failures
"""


async def claim(
    reads: "asyncpg.Pool[asyncpg.Record]", job_ids: list[int], *, lease: float, kinds: list[str]
) -> list[ClaimedJob]:
    """Take those of `job_ids` that are due, of a known kind and not held back; `lease` is in seconds."""
    try:
        rows = await reads.fetch(_CLAIM, job_ids, lease, kinds)
    except asyncpg.UniqueViolationError:
        # Two workers claimed two jobs of one exclusive key at once; the loser's come back by the reaper.
        return []
    return [
        ClaimedJob(
            id=row["id"],
            kind=row["kind"],
            payload=msgspec.json.decode(row["payload"]),
            claims=row["claims"],
            failures=row["failures"],
            max_failures=row["max_failures"],
        )
        for row in rows
    ]


async def renew(reads: "asyncpg.Pool[asyncpg.Record]", claims: dict[int, int], *, lease: float) -> None:
    """The heartbeat: push out the leases of jobs still held (job id -> claim)."""
    if not claims:
        return
    await reads.execute(
        """
        update jobs set lease_until = tocsin_now() + make_interval(secs => $3)
        from unnest($1::bigint[], $2::bigint[]) as held (id, claim)
        where jobs.id = held.id and jobs.claims = held.claim and jobs.state = 'running'
        """,
        list(claims),
        list(claims.values()),
        lease,
    )


_FINISH = text(
    """
    update jobs set state = 'done', finished_at = tocsin_now(), lease_until = null, last_error = null
    where id = :id and claims = :claim and state = 'running'
    """
)
_REQUEUE = text(
    """
    update jobs set
        state = 'queued', lease_until = null, dispatched_at = null, failures = failures + :failed,
        last_error = :error, run_at = tocsin_now() + make_interval(secs => :delay)
    where id = :id and claims = :claim and state = 'running'
    """
)
_PARK = text(
    """
    update jobs set
        state = 'dead', lease_until = null, finished_at = tocsin_now(), failures = failures + :failed,
        last_error = :error
    where id = :id and claims = :claim and state = 'running'
    """
)


async def finish(session: AsyncSession, job_id: int, claim: int) -> None:
    """Mark the job done within the caller's transaction; raises LeaseLostError when another worker has it."""
    await _guarded(session, _FINISH, {"id": job_id, "claim": claim})


async def requeue(
    session: AsyncSession, job_id: int, claim: int, *, delay: float, error: str, is_failure: bool
) -> None:
    """Give the job back for a later try; `delay` is in seconds."""
    parameters = {"id": job_id, "claim": claim, "delay": delay, "error": error, "failed": int(is_failure)}
    await _guarded(session, _REQUEUE, parameters)


async def park(session: AsyncSession, job_id: int, claim: int, *, error: str, is_failure: bool) -> None:
    await _guarded(session, _PARK, {"id": job_id, "claim": claim, "error": error, "failed": int(is_failure)})


async def _guarded(session: AsyncSession, statement: object, parameters: dict[str, object]) -> None:
    result = await session.execute(statement, parameters)  # type: ignore[call-overload]  # text() is an Executable
    if result.rowcount != 1:
        raise LeaseLostError(f"job {parameters['id']}, claim {parameters['claim']}")
