"""Finds jobs whose ring was lost: due but not claimed, or claimed by a worker that died."""

import asyncpg

# A dispatched job that nobody claimed for so long is rung again; seconds.
_RING_AGAIN_AFTER = 5

_DUE = f"""
with due as (
    select id from jobs
    where ((state = 'queued' and run_at <= tocsin_now()) or (state = 'running' and lease_until < tocsin_now()))
      and (dispatched_at is null or dispatched_at < run_at
           or dispatched_at < tocsin_now() - interval '{_RING_AGAIN_AFTER} seconds')
      and (exclusive_key is null or not exists (
          select 1 from jobs other
          where other.exclusive_key = jobs.exclusive_key and other.state in ('queued', 'running')
            and other.id < jobs.id))
    order by priority desc, run_at
    limit $1
    for update skip locked
)
update jobs set dispatched_at = tocsin_now() from due where jobs.id = due.id
returning jobs.id
"""  # noqa: S608 - the only value in it is the constant above


async def due_jobs(reads: "asyncpg.Pool[asyncpg.Record]", *, limit: int = 1000) -> list[int]:
    """Ids of jobs to ring for now, each marked as dispatched; safe in any number of processes at once."""
    rows = await reads.fetch(_DUE, limit)
    return [row["id"] for row in rows]
