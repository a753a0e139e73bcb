"""Claiming, renewing and finishing: the statements that keep a job from being done twice or lost.

A claim is fenced by `claims`: whoever finishes must still hold the claim it started with. All times are the
database's own, so that workers on several machines agree.
"""

from typing import Any

import asyncpg
import msgspec
from sqlalchemy import CursorResult, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject
from backend.db.reads import Reads


class LeaseLostError(Exception):
    """Another worker took the job over; nothing of this run may commit."""


class ClaimedJob(msgspec.Struct, frozen=True):
    id: int
    kind: str
    payload: JsonObject
    claims: int
    failures: int


# Of the unfinished jobs with one exclusive key, none but the oldest may run.
_NOT_HELD_BACK = """
    not exists (
        select from jobs other
        where other.exclusive_key = candidate.exclusive_key
          and other.state in ('queued', 'running')
          and (other.id < candidate.id or (other.state = 'running' and other.id <> candidate.id)))
"""
# The present is asked for once (select ...), so that an index can serve the comparison: the function is volatile.
_IS_DUE = "candidate.state = 'queued' and candidate.run_at <= (select tocsin_now())"
_IS_ABANDONED = "candidate.state = 'running' and candidate.lease_until < (select tocsin_now())"


def _claiming(condition: str) -> str:
    return f"""
        with taken as materialized (
            select candidate.id from jobs candidate
            where candidate.kind = any($1::text[]) and {_NOT_HELD_BACK} and {condition}
            for update skip locked
        )
        update jobs set
            state = 'running',
            claims = claims + 1,
            -- A lease that ran out is a failure too: a job that kills its worker must not do so for ever.
            failures = failures + (state = 'running')::int,
            lease_until = tocsin_now() + make_interval(secs => $2),
            started_at = coalesce(started_at, tocsin_now())
        from taken where jobs.id = taken.id
        returning jobs.id, kind, payload, claims, failures
    """  # noqa: S608 - made of the constants of this file


_CLAIM_THESE = _claiming(f"candidate.id = any($3::bigint[]) and (({_IS_DUE}) or ({_IS_ABANDONED}))")
_CLAIM_DUE = _claiming(f"{_IS_DUE} order by candidate.run_at, candidate.id limit $3")
_CLAIM_ABANDONED = _claiming(f"{_IS_ABANDONED} order by candidate.lease_until limit $3")


async def claim_these(reads: Reads, job_ids: list[int], *, kinds: list[str], lease: float) -> list[ClaimedJob]:
    """Take those of `job_ids` that are due, of these kinds and not held back; `lease` is in seconds."""
    return await _claim(reads, _CLAIM_THESE, kinds, lease, job_ids)


async def claim_due(reads: Reads, *, limit: int, kinds: list[str], lease: float) -> list[ClaimedJob]:
    """Take up to `limit` jobs that nobody has: first those whose worker died, then the longest due."""
    abandoned = await _claim(reads, _CLAIM_ABANDONED, kinds, lease, limit)
    if len(abandoned) == limit:
        return abandoned
    return abandoned + await _claim(reads, _CLAIM_DUE, kinds, lease, limit - len(abandoned))


async def _claim(reads: Reads, statement: str, kinds: list[str], lease: float, which: object) -> list[ClaimedJob]:
    try:
        rows = await reads.fetch(statement, kinds, lease, which)
    except asyncpg.UniqueViolationError:
        # Two workers claimed two jobs of one exclusive key at once: the loser looks again with the next tick.
        return []
    return [
        ClaimedJob(
            id=row["id"],
            kind=row["kind"],
            payload=msgspec.json.decode(row["payload"]),
            claims=row["claims"],
            failures=row["failures"],
        )
        for row in rows
    ]


async def renew(reads: Reads, claims: dict[int, int], *, lease: float) -> None:
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


_FINISH = """
    update jobs set state = 'done', finished_at = tocsin_now(), lease_until = null, last_error = null
    where id = $1 and claims = $2 and state = 'running'
"""
_FORGET_FAILURES = text("update jobs set failures = 0 where id = :id and claims = :claim and state = 'running'")
_REQUEUE = text(
    """
    update jobs set
        state = 'queued', lease_until = null, failures = failures + :failed,
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
    await session.flush()
    # Every job ends with this statement: straight to the driver, within the session's transaction, it costs half.
    connection = (await session.connection()).sync_connection
    driver: Any = connection.connection.driver_connection if connection is not None else None  # Any: asyncpg's own
    if await driver.execute(_FINISH, job_id, claim) != "UPDATE 1":
        raise LeaseLostError(f"job {job_id}, claim {claim}")


async def forget_failures(session: AsyncSession, job_id: int, claim: int) -> None:
    """Give the job its whole budget again; raises LeaseLostError when another worker has it."""
    await _guarded(session, _FORGET_FAILURES, {"id": job_id, "claim": claim})


async def requeue(
    session: AsyncSession, job_id: int, claim: int, *, delay: float, error: str, is_failure: bool
) -> None:
    """Give the job back for a later try; `delay` is in seconds."""
    parameters = {"id": job_id, "claim": claim, "delay": delay, "error": error, "failed": int(is_failure)}
    await _guarded(session, _REQUEUE, parameters)


async def park(session: AsyncSession, job_id: int, claim: int, *, error: str, is_failure: bool) -> None:
    """Give the job up: it is dead until an operator retries it."""
    await _guarded(session, _PARK, {"id": job_id, "claim": claim, "error": error, "failed": int(is_failure)})


async def _guarded(session: AsyncSession, statement: TextClause, parameters: dict[str, object]) -> None:
    result = await session.execute(statement, parameters)
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise LeaseLostError(f"job {parameters['id']}, claim {parameters['claim']}")
