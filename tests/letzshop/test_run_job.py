"""Whole runs against a simulated Letzshop over HTTP: what they bring, and how they survive what goes wrong."""

import asyncio

import pytest

from backend.db.database import Database
from backend.jobs.runner import JobRunner
from backend.letzshop import order_walk
from backend.letzshop.repository import locked
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.service import LetzshopService
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.letzshop.conftest import Letzshop, Look, StartRun
from tests.support.times import FrozenClock


async def test_a_sync_takes_every_shipment_of_both_lists(
    store: Store, start: StartRun, runner: JobRunner, look: Look
) -> None:
    run_id = await start(store)
    await runner.run_due()
    assert await look.counts(run_id) == ("completed", 24, 24, 0, 0, 0)
    by_status = await look.rows("select status, count(*) from orders group by status order by status")
    assert [tuple(row) for row in by_status] == [("pending", 4), ("processing", 20)]


async def test_the_same_sync_again_changes_nothing(
    store: Store, start: StartRun, runner: JobRunner, look: Look
) -> None:
    await start(store)
    await runner.run_due()
    before = await look.rows("select * from orders o join order_items i on i.order_id = o.id order by i.id")
    again = await start(store)
    await runner.run_due()
    assert await look.counts(again) == ("completed", 24, 0, 0, 24, 0)
    assert await look.rows("select * from orders o join order_items i on i.order_id = o.id order by i.id") == before


async def test_a_run_whose_job_runs_twice_is_done_once(
    store: Store, start: StartRun, runner: JobRunner, look: Look
) -> None:
    run_id = await start(store)
    await runner.run_due()
    before = await look.counts(run_id)
    await look.rows("update jobs set state = 'queued', finished_at = null where kind = 'letzshop.run'")
    await runner.run_due()
    assert await look.counts(run_id) == before


async def test_who_asks_while_a_scheduled_sync_waits_is_told_of_its_failure(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.BAD_KEY)
    await start(store, is_on_demand=False)
    await runner.run_due()
    scheduled = await start(store, is_on_demand=False)
    assert await start(store) == scheduled
    await runner.run_due()
    assert len(await look.notifications("order_sync_failure")) == 2


async def test_who_asks_does_not_wait_for_a_run_that_is_being_written(
    store: Store, start: StartRun, look: Look, database: Database
) -> None:
    run_id = await start(store, is_on_demand=False)
    async with database.unit_of_work() as session:
        assert await locked(session, run_id) is not None
        assert await asyncio.wait_for(start(store), 5) == run_id
    assert not (await look.run(run_id)).is_on_demand


async def test_a_historical_import_goes_through_the_confirmed_ones_first(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    run_id = await start(store, RunKind.HISTORY)
    await runner.run_due()
    run = await look.run(run_id)
    assert (run.status, run.phase, run.page, run.shipments_fetched) == ("completed", "unconfirmed", 1, 24)
    assert letzshop.simulator.calls == 3


@pytest.mark.parametrize("kind", [RunKind.HISTORY, RunKind.SYNC])
@pytest.mark.parametrize("page", [1, 2, 3])
async def test_a_run_that_is_broken_off_at_any_page_goes_on_there(
    kind: RunKind,
    page: int,
    store: Store,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = iter(range(1, 100))
    take = order_walk.OrderWalk._take

    async def fail_once(*arguments: object) -> bool:
        is_known = await take(*arguments)  # type: ignore[arg-type]  # handed on
        if next(pages) == page:
            raise ConnectionResetError("the worker lost its database")
        return is_known

    monkeypatch.setattr(order_walk.OrderWalk, "_take", fail_once)
    run_id = await start(store, kind)
    await runner.run_due()
    assert (await look.run(run_id)).status in {"fetching", "processing"}
    await look.rows("update jobs set run_at = now() - interval '1 hour' where state = 'queued'")
    await runner.run_due()
    # Nothing lost, nothing doubled, and no page that was committed was asked for again.
    assert await look.counts(run_id) == ("completed", 24, 24, 0, 0, 0)
    assert letzshop.simulator.calls == 4


async def test_what_can_be_taken_of_a_partial_answer_is_taken(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.PARTIAL)
    run_id = await start(store)
    await runner.run_due()
    assert await look.counts(run_id) == ("partial", 24, 20, 0, 0, 4)
    run = await look.run(run_id)
    assert run.error_message == "4 of 24 shipments could not be taken."
    assert run.errors[0]["message"] == "The order of this shipment is not available right now."


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.MALFORMED, Fault.RATE_LIMIT])
async def test_a_hiccup_is_waited_for_and_nobody_hears_of_it(
    fault: Fault, store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(fault, times=2)
    run_id = await start(store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backend.letzshop.sim.server._RETRY_AFTER", "0")
        await runner.run_due()
    assert (await look.run(run_id)).status == "completed"
    assert await look.notifications("order_sync_failure") == []
    assert await look.alerts() == []


async def test_a_long_wait_that_letzshop_asks_for_is_left_to_a_later_job(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.letzshop.sim.server._RETRY_AFTER", "600")
    letzshop.fault(Fault.RATE_LIMIT, times=1)
    run_id = await start(store)
    await runner.run_due()
    (job,) = await look.rows(
        "select state, failures, run_at - now() > interval '9 min' as is_late from jobs where kind = 'letzshop.run'"
    )
    assert (job["state"], job["failures"], job["is_late"]) == ("queued", 0, True)
    await look.rows("update jobs set run_at = now() where state = 'queued'")
    await runner.run_due()
    assert await look.counts(run_id) == ("completed", 24, 24, 0, 0, 0)


async def test_a_run_that_is_cancelled_while_it_waits_does_not_begin_until_it_is_retried(
    store: Store,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    database: Database,
    clock: FrozenClock,
) -> None:
    run_id = await start(store, RunKind.HISTORY)
    async with database.unit_of_work() as session:
        await LetzshopService(session, clock).cancel(run_id)
    await runner.run_due()
    assert await look.counts(run_id) == ("cancelled", 0, 0, 0, 0, 0)
    async with database.unit_of_work() as session:
        await LetzshopService(session, clock).retry(run_id)
    await runner.run_due()
    assert await look.counts(run_id) == ("completed", 24, 24, 0, 0, 0)
    assert await look.notifications("order_sync_failure") == []


async def test_a_running_one_stops_after_its_page_and_goes_on_there_when_it_is_retried(
    store: Store,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    database: Database,
    clock: FrozenClock,
    letzshop: Letzshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shipments = letzshop.simulator.answer

    async def cancel_meanwhile(key: str, body: bytes) -> object:
        if letzshop.simulator.calls == 1:
            async with database.unit_of_work() as session:
                await LetzshopService(session, clock).cancel(run_id)
        return await shipments(key, body)

    run_id = await start(store, RunKind.HISTORY)
    monkeypatch.setattr(type(letzshop.simulator), "answer", lambda _self, key, body: cancel_meanwhile(key, body))
    await runner.run_due()
    assert await look.counts(run_id) == ("cancelled", 10, 10, 0, 0, 0)
    async with database.unit_of_work() as session:
        await LetzshopService(session, clock).retry(run_id)
    await runner.run_due()
    # Not from the start: it goes on after what it had taken.
    assert await look.counts(run_id) == ("completed", 24, 24, 0, 0, 0)


async def test_an_inactive_store_is_not_synced(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    run_id = await start(store)
    await look.rows("update stores set is_active = false")
    await runner.run_due()
    run = await look.run(run_id)
    assert (run.status, run.error_message) == ("cancelled", "The store is not active any more.")
    assert letzshop.simulator.calls == 0


async def test_an_error_of_our_own_is_tried_again_and_told_once(
    store: Store, start: StartRun, runner: JobRunner, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def break_down(*_: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(order_walk.OrderWalk, "_take", break_down)
    run_id = await start(store, RunKind.HISTORY)
    for _ in range(6):
        await look.rows("update jobs set run_at = now() - interval '1 hour' where state = 'queued'")
        await runner.run_due()
    run = await look.run(run_id)
    assert run.status == "failed"
    assert "disk on fire" in str(run.error_message)
    (told,) = await look.notifications("import_failure")
    assert told["action_url"] == f"/letzshop/runs/{run_id}"
    assert told["title"] == "Historical order import failed for Moulin de Hesper"
    assert [row["state"] for row in await look.rows("select state from jobs where kind = 'letzshop.run_history'")] == [
        "done"
    ]
