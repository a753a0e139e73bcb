from datetime import timedelta

import pytest

from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs.runner import JobRunner
from backend.letzshop import jobs as letzshop_jobs
from backend.letzshop.credentials import CredentialsService, Wanted
from backend.letzshop.jobs import WATCH_SILENCE
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.letzshop.conftest import Connect, Letzshop, Look, StartRun
from tests.support.times import FrozenClock


async def watch(look: Look, runner: JobRunner) -> None:
    await look.rows("insert into jobs (kind) values ($1)", WATCH_SILENCE)
    await runner.run_due()


async def test_a_store_without_a_sync_for_three_intervals_raises_an_alert_once(
    connect: Connect, runner: JobRunner, look: Look, clock: FrozenClock
) -> None:
    store = await connect(name="Moulin de Hesper", interval=20)
    clock.advance(timedelta(minutes=60))
    await watch(look, runner)
    assert await look.alerts() == []
    clock.advance(timedelta(seconds=1))
    await watch(look, runner)
    await watch(look, runner)
    (alert,) = await look.alerts()
    assert (alert["title"], alert["occurrence_count"]) == ("Stores without order sync", 1)
    assert "since it was connected; one is due every 20 min" in alert["description"]
    (told,) = await look.notifications("store_issue")
    assert (told["store_id"], told["alert_id"]) == (store.id, alert["id"])


async def test_many_silent_stores_are_one_alert_and_one_ring(
    connect: Connect, runner: JobRunner, look: Look, clock: FrozenClock
) -> None:
    stores = [await connect(number) for number in (1, 2, 3)]
    clock.advance(timedelta(hours=1))
    await watch(look, runner)
    (alert,) = await look.alerts()
    rows = await look.rows("select store_id from alert_stores where alert_id = $1 order by store_id", alert["id"])
    assert [row["store_id"] for row in rows] == [store.id for store in stores]
    assert len(await look.notifications("store_issue")) == 1


async def test_a_store_that_is_heard_again_has_recovered_and_may_become_silent_again(
    store: Store, start: StartRun, runner: JobRunner, look: Look, clock: FrozenClock
) -> None:
    clock.advance(timedelta(hours=1))
    await watch(look, runner)
    await start(store)
    await runner.run_due()
    (alert,) = await look.alerts()
    assert alert["is_resolved"]
    clock.advance(timedelta(hours=1))
    await watch(look, runner)
    assert [row["is_resolved"] for row in await look.alerts()] == [True, False]


async def test_of_a_sync_that_failed_the_bell_has_rung_already(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop, clock: FrozenClock
) -> None:
    letzshop.fault(Fault.BAD_KEY)
    await start(store, is_on_demand=False)
    await runner.run_due()
    clock.advance(timedelta(hours=1))
    await watch(look, runner)
    assert len(await look.alerts()) == 2
    assert await look.notifications("store_issue") == []


async def test_a_store_whose_syncs_come_through_in_part_is_not_silent(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop, clock: FrozenClock
) -> None:
    letzshop.fault(Fault.PARTIAL)
    for _ in range(5):
        clock.advance(timedelta(minutes=15))
        await start(store, is_on_demand=False)
        await runner.run_due()
    await watch(look, runner)
    assert await look.notifications("store_issue") == []
    assert [alert["title"] for alert in await look.alerts()] == [f"Letzshop order sync failing for {store.name}"]


@pytest.mark.parametrize("change", ["switched on again", "another interval", "active again"])
async def test_silence_counts_from_when_a_sync_could_be_expected(
    change: str,
    store: Store,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    clock: FrozenClock,
    database: Database,
    settings: Settings,
) -> None:
    async def save(*, interval: int, auto_sync_enabled: bool = True) -> None:
        wanted = Wanted(None, letzshop.url, interval, auto_sync_enabled=auto_sync_enabled, default_carrier=None)
        async with database.unit_of_work() as session:
            await CredentialsService(session, clock, settings).save(store.id, wanted)

    await save(interval=1440, auto_sync_enabled=change != "switched on again")
    if change == "active again":
        await look.rows("update stores set is_active = false")
    clock.advance(timedelta(days=2))
    await look.rows("update stores set is_active = true")
    if change != "active again":
        await save(interval=15)
    else:
        async with database.unit_of_work() as session:
            await letzshop_jobs.reschedule(session, clock, {"store_id": store.id})
    await watch(look, runner)
    assert await look.alerts() == []
    clock.advance(timedelta(days=4))
    await watch(look, runner)
    assert len(await look.alerts()) == 1


async def test_neither_an_inactive_store_nor_one_that_does_not_sync_by_itself_is_silent(
    store: Store, connect: Connect, runner: JobRunner, look: Look, clock: FrozenClock
) -> None:
    other = await connect(2)
    await look.rows("update stores set is_active = false where id = $1", store.id)
    await look.rows("update letzshop_credentials set auto_sync_enabled = false where store_id = $1", other.id)
    clock.advance(timedelta(days=1))
    await watch(look, runner)
    assert await look.alerts() == []
