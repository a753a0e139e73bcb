"""Which shipments a scheduled sync reads, and that it misses none: the shop has six pages of confirmed ones."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs.runner import JobRunner
from backend.letzshop.client import LetzshopClient
from backend.letzshop.credentials import CredentialsService, Wanted
from backend.letzshop.failure import LetzshopError, Outcome
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.service import LetzshopService
from backend.letzshop.sim.faults import Fault
from backend.letzshop.sim.shop import Shop
from backend.letzshop.walk_plan import WALK_ALL_EVERY
from backend.tenancy import Store
from tests.letzshop.conftest import Letzshop, Look, StartRun
from tests.support.times import FrozenClock

Sync = Callable[[], Awaitable[int]]
Counts = Callable[[], Awaitable[tuple[str, int, int, int, int, int]]]
QUARTER = timedelta(minutes=15)


@pytest.fixture
def shop(letzshop: Letzshop) -> Shop:
    """72 shipments, every twelfth or so waiting: seven pages of confirmed ones at ten to a page."""
    letzshop.simulator.opening = 75
    shop = letzshop.shop()
    shop.shipments(state="confirmed", first=1, after=None)
    return shop


@pytest_asyncio.fixture
async def synced(store: Store, shop: Shop, start: StartRun, runner: JobRunner, look: Look) -> Store:
    """A store whose first sync has taken everything: 60 confirmed ones, 15 that wait."""
    run_id = await start(store, is_on_demand=False)
    await runner.run_due()
    assert await look.counts(run_id) == ("completed", 75, 75, 0, 0, 0)
    return store


@pytest.fixture
def sync(store: Store, start: StartRun, runner: JobRunner, clock: FrozenClock) -> Sync:
    """A function that has the schedule's next sync run; its id."""

    async def run() -> int:
        clock.advance(QUARTER)
        run_id = await start(store, is_on_demand=False)
        await runner.run_due()
        return run_id

    return run


@pytest.fixture
def counts(sync: Sync, look: Look) -> Counts:
    """What the next sync has come to."""

    async def counted() -> tuple[str, int, int, int, int, int]:
        return await look.counts(await sync())

    return counted


async def tracking(look: Look, shipment_id: str) -> str | None:
    (row,) = await look.rows("select tracking_number from orders where external_shipment_id = $1", shipment_id)
    number: str | None = row["tracking_number"]
    return number


def waiting(shop: Shop) -> list[Any]:  # Any: the simulator's JSON
    return shop.shipments(state="unconfirmed", first=100, after=None)[0]


async def test_pages_that_are_known_are_left_out(synced: Store, counts: Counts, letzshop: Letzshop) -> None:
    calls = letzshop.simulator.calls
    # Two pages of those that wait, then the first and the last page of the confirmed ones.
    assert await counts() == ("completed", 35, 0, 0, 35, 0)
    assert letzshop.simulator.calls == calls + 4


async def test_whoever_asks_for_a_sync_gets_a_whole_one(
    synced: Store, start: StartRun, runner: JobRunner, look: Look
) -> None:
    run_id = await start(synced)
    await runner.run_due()
    assert await look.counts(run_id) == ("completed", 75, 0, 0, 75, 0)


async def test_new_orders_are_found_at_the_end_of_the_list(synced: Store, counts: Counts, shop: Shop) -> None:
    shop._live_every = 60.0
    status, _, created, *_ = await counts()
    assert (status, created) == ("completed", 15)


async def test_new_orders_are_found_at_the_head_of_the_list(
    synced: Store, counts: Counts, shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Orders that were never seen waiting, in a list that begins with the youngest.
    sixty = [each for each in shop._shipments if each["state"] == "confirmed"]
    young = [shop._made_up(number) for number in range(76, 101)]
    for shipment in young:
        shipment["state"] = "confirmed"
    listed = [*young, *sixty]

    def youngest_first(
        self: Shop, *, state: str, first: int, after: str | None
    ) -> tuple[list[Any], str | None, bool]:  # Any: the simulator's JSON
        del self
        if state != "confirmed":
            return [], None, False
        since = int(after.removeprefix("at-")) if after is not None else 0
        page = listed[since : since + first]
        return page, f"at-{since + len(page)}", since + len(page) < len(listed)

    monkeypatch.setattr(Shop, "shipments", youngest_first)
    await look.rows("update orders set status = 'processing'")
    await look.rows("update letzshop_credentials set confirmed_cursor = 'at-50'")
    # Three pages with new ones; the fourth is known, and is followed by the one at 50 and those after it.
    assert await counts() == ("completed", 75, 25, 0, 50, 0)


async def test_what_was_confirmed_in_letzshop_itself_is_found_wherever_it_stands(
    synced: Store, counts: Counts, shop: Shop, look: Look
) -> None:
    shipment = waiting(shop)[0]
    for unit in shipment["inventoryUnits"]:
        unit["state"] = "confirmed"
    shop.settle()
    assert await counts() == ("completed", 75, 0, 1, 74, 0)
    (row,) = await look.rows("select status from orders where external_shipment_id = $1", shipment["id"])
    assert row["status"] == "processing"


async def test_tracking_that_came_late_is_found_within_a_day(
    synced: Store, sync: Sync, shop: Shop, look: Look, clock: FrozenClock
) -> None:
    shipment = shop.shipment("shp_1_31")
    assert shipment is not None
    shipment["tracking"] = {"code": "LU1", "provider": "post"}
    await sync()
    assert await tracking(look, "shp_1_31") is None
    clock.advance(WALK_ALL_EVERY)
    await sync()
    assert await tracking(look, "shp_1_31") == "LU1"


async def test_a_daily_walk_that_fails_on_the_way_is_made_up_for(
    synced: Store, counts: Counts, shop: Shop, letzshop: Letzshop, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(WALK_ALL_EVERY)
    ask = LetzshopClient.shipments

    async def fails_at_the_fifth_page(self: LetzshopClient, *, state: str, after: str | None, **others: Any) -> Any:
        if state == "confirmed" and after is not None and letzshop.simulator.calls > before + 5:
            raise LetzshopError(Outcome.REJECTED, "no")
        return await ask(self, state=state, after=after, **others)

    before = letzshop.simulator.calls
    with monkeypatch.context() as patch:
        patch.setattr(LetzshopClient, "shipments", fails_at_the_fifth_page)
        assert (await counts())[0] == "failed"
    assert await counts() == ("completed", 75, 0, 0, 75, 0)


async def test_an_order_that_left_both_lists_is_looked_for_once(synced: Store, counts: Counts, shop: Shop) -> None:
    lost = waiting(shop)[0]
    lost["state"] = "shipped"
    assert (await counts())[1] == 74
    assert (await counts())[1] == 34
    # Listed again, it may vanish anew.
    lost["state"] = "unconfirmed"
    assert (await counts())[1] == 35
    lost["state"] = "shipped"
    assert (await counts())[1] == 74


async def test_what_could_not_be_taken_is_asked_for_again_and_only_then_is_all_well(
    synced: Store, counts: Counts, shop: Shop, look: Look
) -> None:
    broken = shop.shipment("shp_1_31")
    assert broken is not None
    await look.rows("update letzshop_credentials set walked_at = null")
    completed, broken["order"]["completedAt"] = broken["order"]["completedAt"], None
    assert (await counts())[0] == "partial"
    # The page in question and those after it, beside the first one and those that wait.
    assert await counts() == ("partial", 65, 0, 0, 64, 1)
    (alert,) = await look.alerts()
    assert (alert["is_resolved"], alert["occurrence_count"]) == (False, 2)
    broken["order"]["completedAt"] = completed
    assert await counts() == ("completed", 65, 0, 0, 65, 0)
    (alert,) = await look.alerts()
    assert alert["is_resolved"]
    assert await counts() == ("completed", 35, 0, 0, 35, 0)


async def test_a_cursor_that_letzshop_does_not_know_any_more_is_forgotten(
    synced: Store, sync: Sync, counts: Counts, look: Look
) -> None:
    await look.rows("update letzshop_credentials set confirmed_cursor = '%%%'")
    refused = await sync()
    assert (await look.run(refused)).error_message == "Letzshop answered 400: The cursor is not valid."
    assert await counts() == ("completed", 75, 0, 0, 75, 0)


async def test_a_run_that_was_refused_is_tried_again_from_its_beginning(
    synced: Store, sync: Sync, look: Look, database: Database, clock: FrozenClock, runner: JobRunner
) -> None:
    await look.rows("update letzshop_credentials set confirmed_cursor = '%%%'")
    refused = await sync()
    async with database.unit_of_work() as session:
        await LetzshopService(session, clock).retry(refused)
    await runner.run_due()
    assert await look.counts(refused) == ("completed", 75, 0, 0, 75, 0)


async def test_another_key_is_another_shop_whose_lists_are_read_whole(
    synced: Store, counts: Counts, database: Database, clock: FrozenClock, settings: Settings, letzshop: Letzshop
) -> None:
    wanted = Wanted("sim-7", letzshop.url, 15, auto_sync_enabled=True, default_carrier=None)
    async with database.unit_of_work() as session:
        await CredentialsService(session, clock, settings).save(synced.id, wanted)
    assert (await counts())[1:3] == (75, 75)


async def test_the_same_key_again_changes_nothing(
    synced: Store, counts: Counts, database: Database, clock: FrozenClock, settings: Settings, letzshop: Letzshop
) -> None:
    wanted = Wanted("sim-1", letzshop.url, 30, auto_sync_enabled=True, default_carrier=None)
    async with database.unit_of_work() as session:
        await CredentialsService(session, clock, settings).save(synced.id, wanted)
    assert (await counts())[1] == 35


async def test_a_key_that_is_changed_while_a_run_is_on_its_way_leaves_no_cursor_of_the_old_shop(
    synced: Store,
    sync: Sync,
    look: Look,
    database: Database,
    clock: FrozenClock,
    settings: Settings,
    letzshop: Letzshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask = LetzshopClient.shipments
    wanted = Wanted("sim-7", letzshop.url, 15, auto_sync_enabled=True, default_carrier=None)

    async def while_asked(self: LetzshopClient, **arguments: Any) -> Any:  # Any: handed on
        clock.advance(timedelta(seconds=1))
        async with database.unit_of_work() as session:
            await CredentialsService(session, clock, settings).save(synced.id, wanted)
        return await ask(self, **arguments)

    monkeypatch.setattr(LetzshopClient, "shipments", while_asked)
    await sync()
    (row,) = await look.rows("select confirmed_cursor, walked_at from letzshop_credentials")
    assert tuple(row) == (None, None)


async def test_a_run_that_gets_ahead_may_be_asked_to_wait_as_often_as_it_has_pages(
    store: Store, shop: Shop, start: StartRun, runner: JobRunner, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.letzshop.attempt.MOST_DELAYS", 2)
    ask = LetzshopClient.shipments
    asked = 0

    async def every_other_time(self: LetzshopClient, **arguments: Any) -> Any:  # Any: handed on
        nonlocal asked
        asked += 1
        if asked % 2:
            raise LetzshopError(Outcome.TRANSIENT, "Letzshop asks for fewer calls (429).", retry_after=60)
        return await ask(self, **arguments)

    monkeypatch.setattr(LetzshopClient, "shipments", every_other_time)
    run_id = await start(store, RunKind.HISTORY)
    for _ in range(10):
        await runner.run_due()
        await look.rows("update jobs set run_at = now() where state = 'queued'")
    assert (await look.run(run_id)).status == "completed"


async def test_a_partial_answer_of_one_page_leaves_nothing_behind(
    synced: Store, counts: Counts, letzshop: Letzshop, look: Look
) -> None:
    await look.rows("update letzshop_credentials set walked_at = null")
    letzshop.fault(Fault.PARTIAL)
    assert (await counts())[0] == "partial"
    letzshop.fault(Fault.NONE)
    assert (await counts())[0] == "completed"
    assert len(await look.rows("select 1 from orders")) == 75
