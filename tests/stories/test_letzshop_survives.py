"""Order syncs survive killed workers and an absent Letzshop: nothing lost, nothing doubled, one alarm."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from litestar import Response

from backend.catalog import ImportService, new_storage_key, open_storage
from backend.core.clock import SystemClock
from backend.core.settings import Settings
from backend.db.database import Database, open_database
from backend.jobs.dispatch import RedisBell, open_redis
from backend.letzshop import CredentialsService, LetzshopService, RunKind, Wanted
from backend.letzshop.sim.faults import Fault
from backend.letzshop.sim.server import Simulator, create_simulator
from tests.factories.tenancy import add_store
from tests.support.jobs import until
from tests.support.loopback import serving
from tests.support.workers import PRODUCT, Crew, Doorbell, crew, forgetful_doorbell

pytestmark = [pytest.mark.letzshop, pytest.mark.timeout(400)]

SECRET = "a secret key of the tests"
# Five pages: four of confirmed shipments, one of those that wait.
ORDERS, PAGE = 500, 100


@dataclass
class Platform:
    """The product's database, a simulated Letzshop, and workers of the real product."""

    database: Database
    settings: Settings
    simulator: Simulator
    letzshop_url: str
    workers: Crew

    async def connect(self, number: int) -> int:
        """A store that syncs only when it is asked to."""
        wanted = Wanted(f"sim-{number}", self.letzshop_url, 1440, auto_sync_enabled=True, default_carrier=None)
        async with self.database.unit_of_work() as session:
            store = await add_store(session)
            service = CredentialsService(session, SystemClock(), self.settings)
            await service.save(store.id, wanted, first_sync_after=timedelta(days=1))
            return store.id

    async def start(self, store_id: int, kind: RunKind = RunKind.SYNC, *, is_on_demand: bool = False) -> int:
        async with self.database.unit_of_work() as session:
            service = LetzshopService(session, SystemClock())
            return (await service.start(kind, store_id=store_id, is_on_demand=is_on_demand)).id

    async def rows(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        return await self.database.reads.fetch(sql, *arguments)

    async def value(self, sql: str, *arguments: object) -> Any:  # Any: a column's value
        return await self.database.reads.fetchval(sql, *arguments)

    async def until_finished(self, *, within: float = 120) -> None:
        async def none_is_left() -> bool:
            return not await self.value("select count(*) from letzshop_runs where completed_at is null")

        await until(none_is_left, within=within)


@pytest.fixture
def doorbell() -> Iterator[Doorbell]:
    with forgetful_doorbell() as doorbell:
        yield doorbell


@pytest_asyncio.fixture
async def platform(database_url: str, doorbell: Doorbell, settings: Settings) -> AsyncIterator[Platform]:
    simulator = Simulator(SystemClock().now, opening=ORDERS, live_every=None)
    redis = open_redis(doorbell.url)
    async with (
        serving(create_simulator(simulator)) as url,
        open_database(database_url, bell=RedisBell(redis)) as database,
    ):
        here = {
            "TOCSIN_LETZSHOP_URL": f"{url}/graphql",
            "TOCSIN_SECRET_KEY": SECRET,
            "TOCSIN_DATA_DIR": str(settings.stores.data_dir),
        }
        with crew(database_url, doorbell.url, lease=2, module=PRODUCT, **here) as workers:
            yield Platform(database, settings, simulator, f"{url}/graphql", workers)
    await redis.aclose()


async def test_a_historical_import_survives_the_death_of_its_worker_at_every_page(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Simulator.answer
    killed = 0
    soon: list[asyncio.TimerHandle] = []

    async def kill_around(self: Simulator, key: str, body: bytes) -> Response[Any]:
        """Each page's worker dies: before it is answered, or while it writes what it was answered."""
        nonlocal killed
        reply = await answer(self, key, body)
        killed += 1
        if killed % 2:
            platform.workers.kill_one()
            platform.workers.hire()
        else:
            # At any moment of its writing, and now and then after it: else no page would ever be done.
            soon.append(asyncio.get_running_loop().call_later(0.05 * 2 ** (killed // 2 % 6), kill_soon))
        return reply

    def kill_soon() -> None:
        platform.workers.kill_one()
        platform.workers.hire()

    store_id = await platform.connect(1)
    run_id = await platform.start(store_id, RunKind.HISTORY)
    with monkeypatch.context() as patch:
        patch.setattr(Simulator, "answer", kill_around)
        platform.workers.hire()
        await until(lambda: is_at_its_last_page(platform, run_id), within=250)
    # A kill that comes after the story hires a worker that nobody dismisses.
    for timer in soon:
        timer.cancel()
    await platform.until_finished()
    assert killed >= 2 * (ORDERS // PAGE - 1)

    (run,) = await platform.rows("select * from letzshop_runs")
    assert (run["status"], run["shipments_fetched"], run["orders_created"]) == ("completed", ORDERS, ORDERS)
    shipments = platform.simulator.shop("sim-1")._shipments
    expected = sum(len(each["inventoryUnits"]) for each in shipments)
    assert await platform.value("select sum(quantity) from order_items") == expected
    assert await platform.value("select count(distinct external_shipment_id) from orders") == ORDERS
    doubled = await platform.rows(
        "select notification_metadata ->> 'order_id' from admin_notifications group by 1 having count(*) > 1"
    )
    assert doubled == []


async def is_at_its_last_page(platform: Platform, run_id: int) -> bool:
    return bool(
        await platform.value("select shipments_fetched >= $2 from letzshop_runs where id = $1", run_id, ORDERS - PAGE)
    )


async def test_an_outage_over_fifty_stores_is_one_alert_that_heals_when_letzshop_is_back(platform: Platform) -> None:
    platform.simulator.opening = 5
    stores = [await platform.connect(number) for number in range(1, 51)]
    platform.simulator.faults.set(Fault.BAD_GATEWAY)
    platform.workers.hire(2)
    for store_id in stores:
        await platform.start(store_id)
    await platform.until_finished()
    (alert,) = await platform.rows("select * from platform_alerts")
    assert (alert["title"], alert["occurrence_count"]) == ("Letzshop does not answer", 50)
    assert await platform.value("select count(*) from alert_stores where healed_at is null") == 50
    assert await platform.value("select count(*) from admin_notifications where type = 'order_sync_failure'") == 1
    # Four tries of each that was on its way when the circuit opened; nobody calls after that.
    assert platform.simulator.calls < 4 * (2 * 16 + 3)

    platform.simulator.faults.set(Fault.NONE)
    await platform.rows("update letzshop_endpoints set probe_at = now()")
    # One probes; then all may.
    await platform.start(stores[0])
    await platform.until_finished()
    for store_id in stores[1:]:
        await platform.start(store_id)
    await platform.until_finished()
    (alert,) = await platform.rows("select * from platform_alerts")
    assert alert["is_resolved"]
    assert await platform.value("select count(*) from orders") == 250
    assert (
        await platform.value(
            "select count(*) from admin_notifications where type = 'order_sync_failure' and settled_at is null"
        )
        == 0
    )


async def test_ten_thousand_orders_are_synced_and_the_same_sync_again_changes_nothing(platform: Platform) -> None:
    platform.simulator.opening = 10_000
    store_id = await platform.connect(1)
    platform.workers.hire()
    await platform.start(store_id, RunKind.HISTORY)
    await platform.until_finished()
    before = await platform.value("select sum(hashtextextended(o::text, 0)) from orders o")
    await platform.start(store_id, RunKind.HISTORY)
    await platform.until_finished()
    runs = await platform.rows(
        "select status, orders_created, orders_updated, orders_unchanged from letzshop_runs order by id"
    )
    assert [tuple(run) for run in runs] == [("completed", 10_000, 0, 0), ("completed", 0, 0, 10_000)]
    assert await platform.value("select sum(hashtextextended(o::text, 0)) from orders o") == before


async def test_stores_whose_letzshop_is_slow_do_not_delay_what_another_store_has_to_say(platform: Platform) -> None:
    platform.simulator.slow_seconds = 25.0
    platform.simulator.faults.set(Fault.SLOW)
    # More of them than a worker has places for such calls.
    for number in range(1, 25):
        await platform.start(await platform.connect(number))
    other = await platform.connect(99)
    platform.workers.hire()

    async def many_hang() -> bool:
        return platform.simulator.calls >= 10

    await until(many_hang)
    await fail_an_import(platform, other)

    async def is_told() -> bool:
        return bool(await platform.value("select count(*) from admin_notifications where store_id = $1", other))

    # Well before any of the slow answers comes.
    await until(is_told, within=15)


async def fail_an_import(platform: Platform, store_id: int) -> None:
    async def nothing() -> AsyncIterator[bytes]:
        yield b""

    key = new_storage_key()
    await open_storage(platform.settings.stores).write(key, nothing(), limit=10)
    async with platform.database.unit_of_work() as session:
        await ImportService(session, SystemClock()).start_upload(
            store_id=store_id, language="fr", file_name="empty.tsv", storage_key=key, size=0
        )
