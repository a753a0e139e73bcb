"""The worker as a whole, in the test's own process: rung, ticked, without Redis, and stopped."""

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import pytest_asyncio

from backend import worker
from backend.core.settings import Settings, SettingsError
from backend.db.database import Database, open_database
from backend.jobs import Every, JobKind, JobRun, LaneName, Schedule, enqueue
from backend.jobs.dispatch import RedisBell, open_redis
from backend.jobs.schedules import tick
from backend.worker import serve
from tests.support.jobs import job_of, until


class Greeter:
    """A kind of job that remembers when it ran."""

    def __init__(self) -> None:
        self.greeted: list[float] = []

    @property
    def kind(self) -> JobKind:
        return JobKind("greet", self._greet)

    async def has_greeted(self) -> bool:
        return bool(self.greeted)

    async def _greet(self, _run: JobRun) -> None:
        self.greeted.append(time.monotonic())


@pytest.fixture
def greeter() -> Greeter:
    return Greeter()


@pytest_asyncio.fixture
async def ringing(settings: Settings, database_url: str) -> AsyncIterator[Database]:
    redis = open_redis(settings.stores.redis_url or "")
    async with open_database(database_url, bell=RedisBell(redis)) as database:
        yield database
    await redis.aclose()


@asynccontextmanager
async def working(
    settings: Settings, kinds: Sequence[JobKind], schedules: Sequence[Schedule] = ()
) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    work = asyncio.create_task(
        serve(settings, kinds=kinds, subscriptions={}, schedules=schedules, stop=stop), name="worker"
    )
    await asyncio.sleep(0.3)
    try:
        yield work
    finally:
        stop.set()
        await asyncio.wait_for(work, 10)


def with_redis(settings: Settings, redis_url: str) -> Settings:
    return dataclasses.replace(settings, stores=dataclasses.replace(settings.stores, redis_url=redis_url))


async def test_a_rung_job_starts_at_once(
    settings: Settings, ringing: Database, greeter: Greeter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_TICK", 60)
    async with working(settings, [greeter.kind]):
        for _ in range(5):
            greeter.greeted.clear()
            async with ringing.unit_of_work() as session:
                await enqueue(session, "greet", {})
            rung_at = time.monotonic()
            await until(greeter.has_greeted, within=5)
            # arq looks every 50 ms.
            assert greeter.greeted[0] - rung_at < 1


async def test_a_job_whose_ring_was_lost_is_found_by_the_next_tick(
    settings: Settings, database: Database, greeter: Greeter
) -> None:
    async with working(settings, [greeter.kind]):
        async with database.unit_of_work() as session:
            await enqueue(session, "greet", {})
        await until(greeter.has_greeted, within=3)


async def test_such_a_job_is_found_too_while_long_ones_have_all_their_places(
    settings: Settings, database: Database, greeter: Greeter
) -> None:
    may_end = asyncio.Event()

    async def import_all(_run: JobRun) -> None:
        await may_end.wait()

    async with database.unit_of_work() as session:
        for _ in range(9):
            await enqueue(session, "import", {})
    async with working(settings, [greeter.kind, JobKind("import", import_all, lane=LaneName.LONG)]):
        async with database.unit_of_work() as session:
            await enqueue(session, "greet", {})
        await until(greeter.has_greeted, within=3)
        may_end.set()


async def test_without_redis_everything_is_only_later(settings: Settings, database: Database, greeter: Greeter) -> None:
    nowhere = with_redis(settings, "redis://127.0.0.1:1/0")
    async with working(nowhere, [greeter.kind]):
        async with database.unit_of_work() as session:
            for _ in range(100):
                await enqueue(session, "greet", {})

        async def have_all_greeted() -> bool:
            return len(greeter.greeted) == 100

        await until(have_all_greeted, within=10)


async def test_schedules_are_declared_at_the_start_and_ticked(
    settings: Settings, database: Database, greeter: Greeter
) -> None:
    every_second = Schedule("greeting", "greet", Every(timedelta(seconds=1)))
    async with working(settings, [greeter.kind], [every_second]), working(settings, [greeter.kind], [every_second]):
        await asyncio.sleep(3.5)
    # Two workers, one rhythm.
    assert 2 <= len(greeter.greeted) <= 4


async def test_what_runs_at_a_stop_may_end_within_the_grace(settings: Settings, database: Database) -> None:
    began = asyncio.Event()

    async def take_a_moment(_run: JobRun) -> None:
        began.set()
        await asyncio.sleep(0.5)

    async with database.unit_of_work() as session:
        job_id = await enqueue(session, "greet", {})
    async with working(settings, [JobKind("greet", take_a_moment)]):
        await asyncio.wait_for(began.wait(), 5)
    assert (await job_of(database, job_id)).state == "done"


async def test_a_database_that_fails_for_a_moment_is_waited_for(
    settings: Settings, database: Database, greeter: Greeter, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([OSError("gone"), OSError("still gone")])

    async def failing_tick(session: object) -> int:
        failure = next(failures, None)
        if failure is not None:
            raise failure
        return await tick(session)  # type: ignore[arg-type]  # the session it was given

    monkeypatch.setattr(worker, "tick", failing_tick)
    async with working(settings, [greeter.kind], [Schedule("greeting", "greet", Every(timedelta(seconds=1)))]):
        await until(greeter.has_greeted, within=10)


async def test_it_needs_addresses(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="TOCSIN_DATABASE_URL"):
        await serve(with_redis(settings, ""), kinds=[], subscriptions={}, schedules=[])
