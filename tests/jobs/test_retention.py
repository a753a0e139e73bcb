from datetime import timedelta

from sqlalchemy import select, text

from backend.db.database import Database
from backend.jobs import enqueue, retention
from backend.jobs.models import Job
from tests.factories.jobs import add_job
from tests.support.jobs import RunnerMaker
from tests.support.times import FrozenClock


async def run_retention(database: Database, make_runner: RunnerMaker) -> None:
    async with database.unit_of_work() as session:
        await enqueue(session, retention.RETENTION, {})
    await make_runner(*retention.JOB_KINDS).run_due()


async def test_jobs_that_ended_long_ago_are_forgotten_and_no_others(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    long_ago, half_a_year = clock.now() - timedelta(days=15), clock.now() - timedelta(days=181)
    async with belled.unit_of_work() as session:
        for state in ("done", "cancelled"):
            await add_job(session, state=state, finished_at=long_ago)
        await add_job(session, state="dead", finished_at=half_a_year)
        kept = [
            await add_job(session, state="dead", finished_at=long_ago),
            await add_job(session, state="done"),
            await add_job(session, created_at=half_a_year, run_at=clock.now() + timedelta(days=1)),
        ]
    await run_retention(belled, make_runner)
    async with belled.unit_of_work() as session:
        left = (await session.scalars(select(Job.id).where(Job.kind == "greet").order_by(Job.id))).all()
    assert left == [job.id for job in kept]


async def test_more_than_a_batch_is_forgotten(belled: Database, make_runner: RunnerMaker) -> None:
    async with belled.unit_of_work() as session:
        await session.execute(
            text(
                "insert into jobs (kind, state, finished_at) "
                "select 'greet', 'done', tocsin_now() - interval '20 days' from generate_series(1, 5001)"
            )
        )
    await run_retention(belled, make_runner)
    async with belled.unit_of_work() as session:
        assert (await session.scalars(select(Job).where(Job.kind == "greet"))).all() == []


async def test_replies_are_kept_for_a_day(belled: Database, make_runner: RunnerMaker, clock: FrozenClock) -> None:
    async with belled.unit_of_work() as session:
        for key, hours in (("old", 25), ("new", 23)):
            await session.execute(
                text(
                    "insert into idempotency_keys "
                    "(principal, route, key, body_hash, status, content_type, body, created_at) "
                    "values ('user:1', 'POST /', :key, '', 200, 'application/json', '', :at)"
                ),
                {"key": key, "at": clock.now() - timedelta(hours=hours)},
            )
    await run_retention(belled, make_runner)
    async with belled.unit_of_work() as session:
        assert (await session.scalars(text("select key from idempotency_keys"))).all() == ["new"]
