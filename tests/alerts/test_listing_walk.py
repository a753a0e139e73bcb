"""The list's promise, by a model: whatever moves between two pages, each alert of the start is shown exactly once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlertService
from backend.alerts.errors import NewerAlertOpenError
from backend.alerts.filters import AlertFilters
from backend.alerts.listing import list_page
from backend.db.database import Database
from tests.factories.alerts import raise_alert
from tests.support.databases import empty_database
from tests.support.examples import ExampleDatabase
from tests.support.times import FrozenClock

# (what, which): `which` chooses among the alerts that there are.
STEPS = st.lists(
    st.tuples(st.sampled_from(["occur", "resolve", "reopen", "open", "wait"]), st.integers(0, 30)), max_size=6
)
BEFORE = st.lists(st.tuples(st.sampled_from(["open", "occur", "resolve", "reopen", "wait"]), st.integers(0, 30)))
FILTERS = st.sampled_from([AlertFilters(), AlertFilters(is_resolved=False), AlertFilters(is_resolved=True)])


class World:
    """Alerts by key, and what may happen to them."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.keys = 0

    async def do(self, what: str, which: int) -> None:
        if what == "wait":
            # The clock often stands still: order must not depend on times that differ.
            self.clock.advance(timedelta(seconds=which))
            return
        async with self.database.unit_of_work() as session:
            await self._do(session, what, which)

    async def _do(self, session: AsyncSession, what: str, which: int) -> None:
        if what == "open" or self.keys == 0:
            self.keys += 1
            await raise_alert(session, self.clock, key=f"key {self.keys}")
        elif what == "occur":
            await raise_alert(session, self.clock, key=f"key {which % self.keys + 1}")
        else:
            await self._switch(session, what, which)

    async def _switch(self, session: AsyncSession, what: str, which: int) -> None:
        service = PlatformAlertService(session, self.clock)
        rows = await self.database.reads.fetch("select id from platform_alerts order by id")
        alert_id = rows[which % len(rows)]["id"]
        if what == "resolve":
            await service.resolve_alert(alert_id=alert_id, user_id=None)
            return
        try:
            await service.reopen(alert_id=alert_id, user_id=None)
        except NewerAlertOpenError:
            return

    async def matching(self, filters: AlertFilters) -> set[int]:
        condition = {None: "true", True: "is_resolved", False: "not is_resolved"}[filters.is_resolved]
        rows = await self.database.reads.fetch(f"select id from platform_alerts where {condition}")  # noqa: S608 - above
        return {row["id"] for row in rows}


async def walk(
    world: World, filters: AlertFilters, limit: int, between: Callable[[], Awaitable[None]]
) -> tuple[list[int], set[int]]:
    """The ids shown, and those that matched before the first page and after the last one and at each step between."""
    shown: list[int] = []
    kept = await world.matching(filters)
    cursor: str | None = None
    while True:
        page = await list_page(world.database.reads, filters, limit=limit, cursor=cursor)
        shown += [alert.id for alert in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return shown, kept
        await between()
        kept &= await world.matching(filters)


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), before=BEFORE, filters=FILTERS, limit=st.integers(1, 4))
def test_each_alert_that_was_there_and_still_matches_is_shown_exactly_once(
    runner: asyncio.Runner,
    example_database: ExampleDatabase,
    clock: FrozenClock,
    data: st.DataObject,
    before: list[tuple[str, int]],
    filters: AlertFilters,
    limit: int,
) -> None:
    database, url = example_database

    async def example() -> tuple[list[int], set[int]]:
        await empty_database(url)
        world = World(database, clock)
        for step in before:
            await world.do(*step)

        async def between() -> None:
            for step in data.draw(STEPS):
                await world.do(*step)

        return await walk(world, filters, limit, between)

    shown, kept = runner.run(example())
    assert len(shown) == len(set(shown))
    assert kept <= set(shown)


async def _settled(world: World, count: int) -> None:
    for _ in range(count):
        await world.do("open", 0)
        await world.do("wait", 1)
    for which in range(count):
        await world.do("resolve", which)


async def _walked(world: World, steps: dict[int, list[tuple[str, int]]]) -> list[int]:
    """The ids shown, one a page, with these steps after the page of that number."""
    pages = iter(range(1, 100))

    async def between() -> None:
        for step in steps.get(next(pages), []):
            await world.do(*step)

    shown, _ = await walk(world, AlertFilters(), 1, between)
    return shown


async def test_an_alert_that_was_shown_settled_and_then_reopens_is_not_shown_again(
    database: Database, clock: FrozenClock
) -> None:
    world = World(database, clock)
    await _settled(world, 3)
    assert await _walked(world, {1: [("reopen", 2)]}) == [3, 2, 1]


async def test_an_alert_that_was_shown_settled_reopens_and_settles_higher_is_not_shown_again(
    database: Database, clock: FrozenClock
) -> None:
    world = World(database, clock)
    await _settled(world, 3)
    assert await _walked(world, {1: [("reopen", 2), ("occur", 2), ("resolve", 2)]}) == [3, 2, 1]


async def test_an_alert_that_reopens_and_settles_higher_before_its_turn_is_shown_all_the_same(
    database: Database, clock: FrozenClock
) -> None:
    world = World(database, clock)
    await _settled(world, 3)
    shown = await _walked(world, {1: [("reopen", 0), ("wait", 60), ("occur", 0), ("resolve", 0)]})
    assert shown == [3, 2, 1]


async def test_an_open_alert_that_moves_up_before_its_turn_is_shown_once(
    database: Database, clock: FrozenClock
) -> None:
    world = World(database, clock)
    for _ in range(3):
        await world.do("open", 0)
        await world.do("wait", 1)
    assert await _walked(world, {1: [("occur", 0)], 2: [("occur", 0)]}) == [3, 1, 2]


async def test_the_first_page_is_sorted_by_the_last_occurrence(database: Database, clock: FrozenClock) -> None:
    world = World(database, clock)
    for step in [("open", 0), ("wait", 1), ("open", 0), ("wait", 1), ("open", 0), ("resolve", 1), ("occur", 0)]:
        await world.do(*step)
    page = await list_page(database.reads, AlertFilters(), limit=10, cursor=None)
    order: list[Any] = [(alert.last_occurred_at, alert.id) for alert in page.items]
    assert order == sorted(order, reverse=True)
