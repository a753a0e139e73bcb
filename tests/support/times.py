"""Time under a test's control: the business clock, and the database's."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

import asyncpg
import pytest
import pytest_asyncio

from backend.core.clock import SystemClock

DatabaseTimeShift = Callable[[timedelta], Awaitable[None]]


class FrozenClock:
    """A clock that stands still until it is told."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, by: timedelta) -> None:
        self._now += by


@pytest.fixture
def clock() -> FrozenClock:
    """Stands at the test's start, since rows also take times from the database's clock."""
    return FrozenClock(SystemClock().now())


@pytest_asyncio.fixture
async def shift_database_time(database_url: str) -> AsyncIterator[DatabaseTimeShift]:
    """A function that moves `tocsin_now()` for all connections to so far from the true time; undone afterwards."""

    async def shift(by: timedelta) -> None:
        connection = await asyncpg.connect(database_url)
        try:
            await connection.execute(
                "create or replace function tocsin_now() returns timestamptz language sql volatile as "
                f"'select clock_timestamp() + make_interval(secs => {by.total_seconds()!r})'"
            )
        finally:
            await connection.close()

    yield shift
    await shift(timedelta(0))


@pytest.fixture
def system_clock() -> SystemClock:
    """The true time, for tests in which the database's own clock decides."""
    return SystemClock()
