from datetime import timedelta

import pytest
from sqlalchemy import func, select

from backend.db.database import Database
from backend.db.doorbells import JobQueued
from backend.jobs import enqueue
from backend.jobs.models import Job
from backend.jobs.queue import enqueue_many
from tests.support.jobs import RecordingBell, job_of
from tests.support.times import FrozenClock


async def count_jobs(database: Database) -> int:
    async with database.unit_of_work() as session:
        return (await session.scalars(select(func.count()).select_from(Job))).one()


async def test_a_job_is_there_and_rung_after_the_commit(belled: Database, bell: RecordingBell) -> None:
    async with belled.unit_of_work() as session:
        job_id = await enqueue(session, "greet", {"name": "Anne"})
        assert bell.rung == []
    job = await job_of(belled, job_id)
    assert (job.kind, job.payload, job.state, job.claims) == ("greet", {"name": "Anne"}, "queued", 0)
    assert bell.rung == [JobQueued(job.id)]


async def test_a_rolled_back_job_is_neither_there_nor_rung(belled: Database, bell: RecordingBell) -> None:
    with pytest.raises(RuntimeError):
        async with belled.unit_of_work() as session:
            await enqueue(session, "greet", {})
            raise RuntimeError
    assert await count_jobs(belled) == 0
    assert bell.rung == []


async def test_a_job_for_later_is_not_rung_now(belled: Database, bell: RecordingBell, clock: FrozenClock) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    async with belled.unit_of_work() as session:
        job_id = await enqueue(session, "greet", {}, run_at=tomorrow)
    assert (await job_of(belled, job_id)).run_at == tomorrow
    assert bell.rung == []


async def test_a_dedup_key_allows_one_unfinished_job(belled: Database) -> None:
    async with belled.unit_of_work() as session:
        first = await enqueue(session, "greet", {}, dedup_key="hello")
        assert await enqueue(session, "greet", {}, dedup_key="hello") is None
        assert await enqueue(session, "greet", {}, dedup_key="good-bye") is not None
    async with belled.unit_of_work() as session:
        (await session.get_one(Job, first)).state = "done"
    async with belled.unit_of_work() as session:
        assert await enqueue(session, "greet", {}, dedup_key="hello") is not None


async def test_many_jobs_are_written_at_once_in_their_order(belled: Database, bell: RecordingBell) -> None:
    async with belled.unit_of_work() as session:
        job_ids = await enqueue_many(session, [("greet", {"n": n}) for n in range(2500)])
    assert [(await job_of(belled, job_id)).payload["n"] for job_id in job_ids[::500]] == [0, 500, 1000, 1500, 2000]
    assert bell.rung == [JobQueued(job_id) for job_id in job_ids]
