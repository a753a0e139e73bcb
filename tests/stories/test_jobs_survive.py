"""Jobs survive workers that are killed and a Redis that loses everything: done, and done once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text

from backend.db.database import Database, open_database
from backend.jobs import enqueue
from backend.jobs.dispatch import RedisBell, open_redis, ring_jobs
from backend.jobs.queue import enqueue_many
from tests.support.job_worker import DEADLY, EFFECT, SLOW
from tests.support.jobs import job_of, until
from tests.support.times import DatabaseTimeShift
from tests.support.workers import Crew, Doorbell, crew, forgetful_doorbell

pytestmark = [pytest.mark.jobs, pytest.mark.timeout(120)]

JOBS = 1_000
KILLS = 5


@pytest.fixture
def doorbell() -> Iterator[Doorbell]:
    with forgetful_doorbell() as doorbell:
        yield doorbell


@pytest.fixture
def workers(database_url: str, doorbell: Doorbell) -> Iterator[Crew]:
    with crew(database_url, doorbell.url, lease=2) as workers:
        yield workers


@pytest_asyncio.fixture
async def ringing(database_url: str, doorbell: Doorbell) -> AsyncIterator[Database]:
    """The database as the API uses it: its doorbells ring at the workers' Redis."""
    redis = open_redis(doorbell.url)
    async with open_database(database_url, bell=RedisBell(redis)) as database:
        async with database.unit_of_work() as session:
            await session.execute(text("create table story_effects (number bigint, at timestamptz default now())"))
        yield database
        async with database.unit_of_work() as session:
            await session.execute(text("drop table story_effects"))
    await redis.aclose()


async def effects(database: Database) -> list[int]:
    return [row["number"] for row in await database.reads.fetch("select number from story_effects order by number")]


async def count_in_state(database: Database, state: str) -> int:
    count: int = await database.reads.fetchval("select count(*) from jobs where state = $1", state)
    return count


async def until_done(database: Database, count: int) -> None:
    async def are_done() -> bool:
        return await count_in_state(database, "done") >= count

    await until(are_done)


async def until_effects_are(database: Database, numbers: list[int], *, within: float = 30) -> None:
    async def are_there() -> bool:
        return await effects(database) == numbers

    await until(are_there, within=within)


async def enqueue_slowly(database: Database) -> list[int]:
    """Commit the jobs over some seconds, a few a transaction, whatever happens to workers and Redis."""
    job_ids: list[int] = []
    for start in range(0, JOBS, 20):
        async with database.unit_of_work() as session:
            job_ids += await enqueue_many(session, [(EFFECT, {"n": n}) for n in range(start, start + 20)])
        await asyncio.sleep(0.1)
    return job_ids


async def make_trouble(database: Database, workers: Crew, doorbell: Doorbell) -> None:
    for kill in range(1, KILLS + 1):
        # So that the victim, which has worked longest, is in the middle of something.
        await until_done(database, await count_in_state(database, "done") + 40)
        workers.kill_one()
        if kill == 2:
            doorbell.forget_everything()
        if kill == 4:
            doorbell.die_and_return_empty(after=0.5)
        workers.hire()


@pytest.mark.promise
async def test_a_thousand_jobs_five_kills_and_two_losses_of_redis_are_a_thousand_effects(
    ringing: Database, workers: Crew, doorbell: Doorbell
) -> None:
    workers.hire(2)
    job_ids, _ = await asyncio.gather(enqueue_slowly(ringing), make_trouble(ringing, workers, doorbell))
    await until_done(ringing, JOBS)
    assert await effects(ringing) == list(range(JOBS))
    tried_again = await ringing.reads.fetchval("select count(*) from jobs where claims > 1")
    assert tried_again > 0, "no kill met a running job: the story proves nothing"

    # Rung once more, all of them: nothing changes.
    redis = open_redis(doorbell.url)
    await ring_jobs(redis, job_ids)
    await redis.aclose()
    await asyncio.sleep(2)
    assert await effects(ringing) == list(range(JOBS))


async def test_a_job_that_kills_every_worker_is_parked_and_told(ringing: Database, workers: Crew) -> None:
    workers.hire(1)
    async with ringing.unit_of_work() as session:
        deadly = await enqueue(session, DEADLY, {})
        await enqueue(session, EFFECT, {"n": 0})
    deaths = 0
    while not (await count_in_state(ringing, "dead") and await count_in_state(ringing, "done") == 2):
        deaths += workers.replace_the_dead()
        await asyncio.sleep(0.1)
    assert deaths == 2
    job = await job_of(ringing, deadly)
    assert (job.state, job.failures) == ("dead", 2)
    assert job.last_error is not None
    assert job.last_error.startswith("WorkerLostError")
    assert await effects(ringing) == [0, deadly]


async def test_a_killed_job_is_retried_within_45_seconds_with_the_usual_lease(
    ringing: Database, database_url: str, doorbell: Doorbell, shift_database_time: DatabaseTimeShift
) -> None:
    with crew(database_url, doorbell.url, lease=30) as workers:
        workers.hire()
        async with ringing.unit_of_work() as session:
            await enqueue(session, SLOW, {})
        await until_effects_are(ringing, [1])
        workers.kill_one()
        workers.hire()
        await shift_database_time(timedelta(seconds=20))
        async with ringing.unit_of_work() as session:
            await enqueue(session, EFFECT, {"n": 100})
        # The new worker looks for work and leaves the dead one's alone: its lease still holds.
        await until_effects_are(ringing, [1, 100])
        await shift_database_time(timedelta(seconds=31))
        await until_effects_are(ringing, [1, 2, 100], within=45 - 31)


async def test_a_stopped_worker_gives_its_jobs_back_at_once(ringing: Database, workers: Crew) -> None:
    workers.hire()
    async with ringing.unit_of_work() as session:
        job_id = await enqueue(session, SLOW, {})
    await until_effects_are(ringing, [1])
    workers.members[0].terminate()
    assert await asyncio.to_thread(workers.members[0].wait, 10) == 0
    job = await job_of(ringing, job_id)
    assert (job.state, job.failures, job.last_error) == ("queued", 0, "The worker was stopped.")
