import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.db.database import Database
from backend.jobs import (
    JobDied,
    JobKind,
    JobRun,
    LaneName,
    PermanentJobError,
    RetryLaterError,
    Subscriptions,
    enqueue,
    in_one_transaction,
)
from backend.jobs.models import Job
from tests.support.jobs import RunnerMaker, job_of
from tests.support.times import DatabaseTimeShift

TELL = "tell_of_death"


@pytest.fixture
def subscriptions() -> Subscriptions:
    return {JobDied.name: (TELL,)}


async def put(database: Database, kind: str = "greet", **payload: object) -> int:
    async with database.unit_of_work() as session:
        job_id = await enqueue(session, kind, payload)
    assert job_id is not None
    return job_id


async def deaths(database: Database) -> list[JsonObject]:
    """Payloads of the jobs that tell of dead ones."""
    async with database.unit_of_work() as session:
        jobs = await session.scalars(select(Job).where(Job.kind == TELL).order_by(Job.id))
        return [job.payload for job in jobs]


async def add_effect(session: AsyncSession, _clock: Clock, payload: JsonObject) -> None:
    await session.execute(text("insert into test_effects values (:job_id)"), {"job_id": payload.get("n", 0)})
    if payload.get("fails"):
        raise OSError("the door is stuck")


async def count_effects(database: Database) -> int:
    async with database.unit_of_work() as session:
        count: int = (await session.execute(text("select count(*) from test_effects"))).scalar_one()
        return count


async def fail(_run: JobRun) -> None:
    raise OSError("the door is stuck")


class TestDoing:
    async def test_effect_and_finish_are_one_transaction(
        self, effects: None, belled: Database, make_runner: RunnerMaker
    ) -> None:
        runner = make_runner(JobKind("greet", in_one_transaction(add_effect)))
        good, bad = await put(belled), await put(belled, fails=True)
        assert await runner.run_due() == 2
        assert await count_effects(belled) == 1
        assert (await job_of(belled, good)).state == "done"
        failed = await job_of(belled, bad)
        assert (failed.state, failed.failures, failed.last_error) == ("queued", 1, "OSError: the door is stuck")

    async def test_a_handler_that_did_not_finish_its_job_is_finished_by_the_runner(
        self, belled: Database, make_runner: RunnerMaker
    ) -> None:
        seen: list[JobRun] = []

        async def look(run: JobRun) -> None:
            seen.append(run)

        job_id = await put(belled, name="Anne")
        await make_runner(JobKind("greet", look)).run_due()
        job = await job_of(belled, job_id)
        assert (job.state, job.last_error, job.lease_until) == ("done", None, None)
        assert job.started_at is not None
        assert job.finished_at is not None
        assert [(run.payload, run.attempt, run.is_last_attempt) for run in seen] == [({"name": "Anne"}, 1, False)]

    async def test_a_job_told_twice_at_once_is_done_once(
        self, effects: None, belled: Database, make_runner: RunnerMaker
    ) -> None:
        kind = JobKind("greet", in_one_transaction(add_effect))
        ids = [await put(belled, n=n) for n in range(30)]
        one, other = make_runner(kind), make_runner(kind)
        await asyncio.gather(one.take(ids), other.take(ids), one.take(ids[::-1]), other.reap(LaneName.SHORT))
        await asyncio.gather(one.wait_until_idle(), other.wait_until_idle())
        assert await count_effects(belled) == 30

    async def test_a_run_whose_lease_was_lost_leaves_no_effect(
        self,
        effects: None,
        belled: Database,
        make_runner: RunnerMaker,
        shift_database_time: DatabaseTimeShift,
    ) -> None:
        began, may_end = asyncio.Event(), asyncio.Event()

        async def slow(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
            await add_effect(session, clock, payload)
            began.set()
            await may_end.wait()

        job_id = await put(belled)
        stalled = make_runner(JobKind("greet", in_one_transaction(slow)), lease=5)
        await stalled.reap(LaneName.SHORT)
        await began.wait()
        await shift_database_time(timedelta(seconds=6))
        await make_runner(JobKind("greet", in_one_transaction(add_effect))).run_due()
        may_end.set()
        await stalled.wait_until_idle()
        assert await count_effects(belled) == 1
        job = await job_of(belled, job_id)
        assert (job.state, job.claims) == ("done", 2)


class TestFailing:
    async def test_a_failed_job_comes_back_after_its_delay(
        self, belled: Database, make_runner: RunnerMaker, shift_database_time: DatabaseTimeShift
    ) -> None:
        job_id = await put(belled)
        runner = make_runner(JobKind("greet", fail))
        assert await runner.run_due() == 1
        assert await runner.run_due() == 0
        await shift_database_time(timedelta(seconds=3))
        assert await runner.run_due() == 1
        assert (await job_of(belled, job_id)).failures == 2

    async def test_a_job_that_gets_ahead_each_time_is_never_given_up(
        self, belled: Database, make_runner: RunnerMaker, shift_database_time: DatabaseTimeShift
    ) -> None:
        steps = iter(range(1, 7))

        async def get_ahead_and_fail(run: JobRun) -> None:
            async with run.database.unit_of_work() as session:
                await run.progressed(session)
            if next(steps) < 6:
                raise OSError("the door is stuck")

        job_id = await put(belled)
        runner = make_runner(JobKind("greet", get_ahead_and_fail, max_failures=2))
        for hour in range(6):
            await shift_database_time(timedelta(hours=hour))
            await runner.run_due()
        job = await job_of(belled, job_id)
        assert (job.state, job.claims) == ("done", 6)

    async def test_a_spent_budget_parks_the_job_and_tells(
        self, belled: Database, make_runner: RunnerMaker, shift_database_time: DatabaseTimeShift
    ) -> None:
        job_id = await put(belled)
        runner = make_runner(JobKind("greet", fail, max_failures=3))
        for hour in range(5):
            await shift_database_time(timedelta(hours=hour))
            await runner.run_due()
        job = await job_of(belled, job_id)
        assert (job.state, job.failures, job.claims) == ("dead", 3, 3)
        assert await deaths(belled) == [
            {
                "job_id": job_id,
                "kind": "greet",
                "reason": "it failed 3 times",
                "error": "OSError: the door is stuck",
            }
        ]

    async def test_a_permanent_error_parks_at_once(self, belled: Database, make_runner: RunnerMaker) -> None:
        async def refuse(_run: JobRun) -> None:
            raise PermanentJobError("no such door")

        job_id = await put(belled)
        await make_runner(JobKind("greet", refuse)).run_due()
        assert (await job_of(belled, job_id)).state == "dead"
        assert [death["error"] for death in await deaths(belled)] == ["PermanentJobError: no such door"]

    async def test_a_job_that_asks_for_later_spends_nothing(self, belled: Database, make_runner: RunnerMaker) -> None:
        async def wait(_run: JobRun) -> None:
            raise RetryLaterError("Letzshop asks for a pause.", timedelta(minutes=5))

        job_id = await put(belled)
        await make_runner(JobKind("greet", wait)).run_due()
        job = await job_of(belled, job_id)
        assert (job.state, job.failures, job.last_error) == ("queued", 0, "Letzshop asks for a pause.")
        assert timedelta(minutes=4) < job.run_at - job.created_at < timedelta(minutes=6)

    async def test_an_attempt_that_hangs_is_ended_as_a_failure(
        self, belled: Database, make_runner: RunnerMaker
    ) -> None:
        async def hang(_run: JobRun) -> None:
            await asyncio.Event().wait()

        job_id = await put(belled)
        await make_runner(JobKind("greet", hang, timeout=timedelta(milliseconds=50))).run_due()
        job = await job_of(belled, job_id)
        assert (job.state, job.failures, job.last_error) == ("queued", 1, "TimeoutError: ")

    async def test_a_job_that_kills_its_worker_is_parked_in_the_end(
        self, belled: Database, make_runner: RunnerMaker, shift_database_time: DatabaseTimeShift
    ) -> None:
        job_id = await put(belled)
        kind = JobKind("greet", fail, max_failures=2)
        async with belled.unit_of_work() as session:
            # As two workers left it that were killed.
            job = await session.get_one(Job, job_id)
            job.state, job.claims, job.failures = "running", 2, 1
            job.lease_until = job.created_at
        await shift_database_time(timedelta(seconds=10))
        assert await make_runner(kind).run_due() == 1
        job = await job_of(belled, job_id)
        assert (job.state, job.failures) == ("dead", 2)
        assert [death["reason"] for death in await deaths(belled)] == ["its worker died"]

    async def test_a_dead_teller_of_deaths_is_not_told(self, belled: Database, make_runner: RunnerMaker) -> None:
        await put(belled)
        runner = make_runner(JobKind("greet", fail, max_failures=1), JobKind(TELL, fail, max_failures=1))
        assert await runner.run_due() == 2
        assert len(await deaths(belled)) == 1

    async def test_one_failing_job_does_not_disturb_its_neighbours(
        self, effects: None, belled: Database, make_runner: RunnerMaker
    ) -> None:
        runner = make_runner(JobKind("greet", in_one_transaction(add_effect)), places=10)
        ids = [await put(belled, n=n, fails=n % 3 == 0) for n in range(30)]
        await runner.take(ids)
        await runner.wait_until_idle()
        assert await count_effects(belled) == 20


class TestLastWords:
    async def test_they_come_after_the_last_failure_only(self, belled: Database, make_runner: RunnerMaker) -> None:
        said: list[str] = []

        async def say(run: JobRun, error: Exception) -> None:
            said.append(f"{run.attempt} {error}")

        await put(belled)
        await make_runner(JobKind("greet", fail, max_failures=1, on_dead=say)).run_due()
        assert said == ["1 the door is stuck"]
        assert await deaths(belled) == [], "whoever tells it by himself needs nobody to tell it again"

    async def test_a_job_is_parked_even_when_they_fail(self, belled: Database, make_runner: RunnerMaker) -> None:
        said: list[int] = []

        async def stutter(_run: JobRun, _error: Exception) -> None:
            said.append(1)
            raise OSError("no voice")

        job_id = await put(belled)
        await make_runner(JobKind("greet", fail, max_failures=1, on_dead=stutter)).run_due()
        assert (await job_of(belled, job_id)).state == "dead"
        assert len(said) == 3
        assert len(await deaths(belled)) == 1


class TestPlaces:
    async def test_no_more_jobs_run_than_there_are_places(self, belled: Database, make_runner: RunnerMaker) -> None:
        running, most = 0, 0

        async def count(_run: JobRun) -> None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

        ids = [await put(belled) for _ in range(20)]
        runner = make_runner(JobKind("greet", count), places=3)
        await asyncio.gather(runner.take(ids[:10]), runner.take(ids[10:]), runner.reap(LaneName.SHORT))
        await runner.wait_until_idle()
        assert most == 3

    async def test_short_jobs_do_not_wait_behind_long_ones(self, belled: Database, make_runner: RunnerMaker) -> None:
        may_end = asyncio.Event()
        greeted = asyncio.Event()

        async def import_all(_run: JobRun) -> None:
            await may_end.wait()

        async def greet(_run: JobRun) -> None:
            greeted.set()

        kinds = JobKind("import", import_all, lane=LaneName.LONG), JobKind("greet", greet)
        runner = make_runner(*kinds, places=1, long_places=2)
        imports = [await put(belled, "import") for _ in range(3)]
        await runner.take(imports)
        await runner.take([await put(belled, "greet")])
        await asyncio.wait_for(greeted.wait(), 2)
        assert [(await job_of(belled, job_id)).state for job_id in imports] == ["running", "running", "queued"]
        may_end.set()
        await runner.run_due()
        assert (await job_of(belled, imports[2])).state == "done"


class TestStopping:
    async def test_what_runs_is_given_back_at_once_and_not_counted(
        self, belled: Database, make_runner: RunnerMaker
    ) -> None:
        began = asyncio.Event()

        async def hang(_run: JobRun) -> None:
            began.set()
            await asyncio.Event().wait()

        job_id = await put(belled)
        runner = make_runner(JobKind("greet", hang))
        await runner.reap(LaneName.SHORT)
        await began.wait()
        await runner.stop()
        job = await job_of(belled, job_id)
        assert (job.state, job.failures, job.last_error) == ("queued", 0, "The worker was stopped.")

    async def test_a_heartbeat_keeps_what_runs(
        self, belled: Database, make_runner: RunnerMaker, shift_database_time: DatabaseTimeShift
    ) -> None:
        may_end = asyncio.Event()

        async def wait(_run: JobRun) -> None:
            await may_end.wait()

        job_id = await put(belled)
        runner, other = (make_runner(JobKind("greet", wait), lease=5) for _ in range(2))
        await runner.reap(LaneName.SHORT)
        await shift_database_time(timedelta(seconds=4))
        await runner.renew_leases()
        await shift_database_time(timedelta(seconds=8))
        assert await other.reap(LaneName.SHORT) == 0
        may_end.set()
        await runner.wait_until_idle()
        assert (await job_of(belled, job_id)).claims == 1
