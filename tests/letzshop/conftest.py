from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import asyncpg
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.alerts import jobs as alert_jobs
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.reads import Reads
from backend.jobs.runner import JobRunner
from backend.letzshop import attempt, client
from backend.letzshop import jobs as letzshop_jobs
from backend.letzshop.credentials import CredentialsService, Wanted
from backend.letzshop.models import LetzshopRun
from backend.letzshop.retrying import RetryPolicy
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.service import LetzshopService
from backend.letzshop.sim.faults import Fault
from backend.letzshop.sim.server import Simulator, create_simulator
from backend.letzshop.sim.shop import Shop
from backend.tenancy import Store
from tests.factories.tenancy import add_store
from tests.support.application import Shelf
from tests.support.jobs import RunnerMaker
from tests.support.loopback import serving
from tests.support.times import FrozenClock

Connect = Callable[..., Awaitable[Store]]
StartRun = Callable[..., Awaitable[int]]
Waiting = Callable[[], Awaitable[tuple[int, str, list[str]]]]


@dataclass(frozen=True, slots=True)
class Letzshop:
    """The simulated Letzshop and its address."""

    simulator: Simulator
    url: str

    def fault(self, fault: Fault, *, key: str | None = None, times: int | None = None) -> None:
        self.simulator.faults.set(fault, key=key, times=times)

    def shop(self, key: str = "sim-1") -> Shop:
        return self.simulator.shop(key)


@pytest_asyncio.fixture(scope="session")
async def _letzshop() -> AsyncIterator[Letzshop]:
    simulator = Simulator(FrozenClock.now, opening=0)  # type: ignore[arg-type]  # each test sets its own clock
    async with serving(create_simulator(simulator)) as url:
        yield Letzshop(simulator, f"{url}/graphql")


@pytest.fixture
def letzshop(_letzshop: Letzshop, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Letzshop:
    """A Letzshop with 24 shipments a shop, ten to a page; nothing waits between tries."""
    simulator = _letzshop.simulator
    simulator.clock, simulator.opening, simulator.live_every, simulator.slow_seconds = clock.now, 24, None, 0.5
    simulator.shops.clear()
    simulator.faults.set(Fault.NONE)
    simulator.calls = 0
    monkeypatch.setattr(client, "PAGE_SIZE", 10)
    monkeypatch.setattr(attempt, "POLICY", RetryPolicy(pauses=(0.0, 0.0)))
    return _letzshop


@pytest.fixture
def settings(settings: Settings, _letzshop: Letzshop) -> Settings:
    return replace(settings, letzshop_url=_letzshop.url)


@pytest_asyncio.fixture(scope="session")
async def _letzshop_apps(_usual_settings: Settings, _letzshop: Letzshop) -> AsyncIterator[Shelf]:
    async with AsyncExitStack() as stack:
        yield Shelf(replace(_usual_settings, letzshop_url=_letzshop.url), stack)


@pytest_asyncio.fixture
async def app(_letzshop_apps: Shelf, settings: Settings, clock: FrozenClock) -> Litestar:
    app = await _letzshop_apps.lend(settings)
    app.state.clock = clock
    return app


@pytest.fixture
def connect(database: Database, clock: FrozenClock, settings: Settings, letzshop: Letzshop) -> Connect:
    """A function that makes a store with credentials; each with a key, and so a shop, of its own."""

    async def connected(number: int = 1, *, interval: int = 15, **columns: object) -> Store:
        wanted = Wanted(f"sim-{number}", letzshop.url, interval, auto_sync_enabled=True, default_carrier=None)
        async with database.unit_of_work() as session:
            store = await add_store(session, **columns)
            await CredentialsService(session, clock, settings).save(store.id, wanted)
            return store

    return connected


@pytest_asyncio.fixture
async def store(connect: Connect) -> Store:
    return await connect(name="Moulin de Hesper")


@pytest.fixture
def start(database: Database, clock: FrozenClock) -> StartRun:
    """A function from a store to the id of a run that waits."""

    async def started(store: Store, kind: RunKind = RunKind.SYNC, *, is_on_demand: bool = True) -> int:
        async with database.unit_of_work() as session:
            run = await LetzshopService(session, clock).start(kind, store_id=store.id, is_on_demand=is_on_demand)
            return run.id

    return started


@pytest.fixture
def runner(make_runner: RunnerMaker) -> JobRunner:
    return make_runner(*letzshop_jobs.JOB_KINDS, *alert_jobs.JOB_KINDS)


@dataclass
class Look:
    """What became of runs, straight from the database."""

    database: Database
    reads: Reads

    async def run(self, run_id: int) -> LetzshopRun:
        async with self.database.unit_of_work() as session:
            return await session.get_one(LetzshopRun, run_id)

    async def counts(self, run_id: int) -> tuple[str, int, int, int, int, int]:
        """Status, fetched, created, updated, unchanged, errors."""
        run = await self.run(run_id)
        return (
            run.status, run.shipments_fetched, run.orders_created, run.orders_updated, run.orders_unchanged,
            run.error_count,
        )  # fmt: skip

    async def rows(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        return await self.reads.fetch(sql, *arguments)

    async def notifications(self, type: str | None = None) -> list[asyncpg.Record]:  # noqa: A002 - the field's name
        return await self.rows(
            "select * from admin_notifications where $1::text is null or type = $1 order by id", type
        )

    async def alerts(self) -> list[asyncpg.Record]:
        return await self.rows("select * from platform_alerts order by id")


@pytest.fixture
def look(database: Database) -> Look:
    return Look(database, database.reads)


@pytest_asyncio.fixture
async def synced(store: Store, start: StartRun, runner: JobRunner, look: Look) -> Store:
    """A store whose orders are here, with every exception ignored."""
    await start(store)
    await runner.run_due()
    await look.rows("update order_item_exceptions set status = 'ignored'")
    await look.rows("update orders set pending_exception_count = 0")
    return store


@pytest.fixture
def waiting(look: Look, synced: Store) -> Waiting:
    """A function that gives the id, the shipment and the units of an order that waits."""

    async def found() -> tuple[int, str, list[str]]:
        (order,) = await look.rows(
            "select id, external_shipment_id from orders where status = 'pending' order by id limit 1"
        )
        units = await look.rows(
            "select u ->> 'id' as id from order_items, jsonb_array_elements(units) u where order_id = $1", order["id"]
        )
        return order["id"], order["external_shipment_id"], [unit["id"] for unit in units]

    return found
