"""Running jobs in the test's own process, and looking at what became of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from backend.core.settings import Settings
from backend.db.database import Database, open_database
from backend.db.doorbells import Doorbell
from backend.jobs import SUBSCRIPTIONS, JobKind, Resources, Subscriptions
from backend.jobs.models import Job
from backend.jobs.runner import JobRunner
from tests.support.times import FrozenClock

RunnerMaker = Callable[..., JobRunner]


class RecordingBell:
    """A bell that only remembers what was rung."""

    def __init__(self) -> None:
        self.rung: list[Doorbell] = []

    async def ring(self, doorbells: Sequence[Doorbell]) -> None:
        self.rung.extend(doorbells)


@pytest.fixture
def bell() -> RecordingBell:
    return RecordingBell()


@pytest.fixture
def subscriptions() -> Subscriptions:
    """Who subscribes to which event in `belled`; a test module overrides it."""
    return {}


@pytest_asyncio.fixture
async def belled(database_url: str, bell: RecordingBell, subscriptions: Subscriptions) -> AsyncIterator[Database]:
    """A database whose doorbells are remembered in `bell` and whose events have `subscriptions`."""
    async with open_belled(database_url, bell, subscriptions) as database:
        yield database


@asynccontextmanager
async def open_belled(url: str, bell: RecordingBell, subscriptions: Subscriptions) -> AsyncIterator[Database]:
    async with open_database(url, bell=bell, info={SUBSCRIPTIONS: subscriptions}, pool_size=5) as database:
        yield database


@pytest.fixture
def make_runner(belled: Database, clock: FrozenClock, settings: Settings) -> RunnerMaker:
    """A function from kinds of job to a runner of them."""

    def make(*kinds: JobKind, lease: float = 5.0, places: int = 5, **options: Any) -> JobRunner:
        return JobRunner(belled, clock, kinds, Resources(settings), lease=lease, places=places, **options)

    return make


async def until(condition: Callable[[], Awaitable[bool]], *, within: float = 60) -> None:
    """Wait for something that other processes do."""
    async with asyncio.timeout(within):
        while not await condition():  # noqa: ASYNC110 - nobody here could set an event
            await asyncio.sleep(0.05)


async def job_of(database: Database, job_id: int | None) -> Job:
    """The job's row as it is now."""
    async with database.unit_of_work() as session:
        return (await session.scalars(select(Job).where(Job.id == job_id))).one()
