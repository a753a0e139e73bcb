"""Who hears of a run: alerts that open, count, shrink and heal, and the bell."""

from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest

from backend.core.circuit import FAILURES_THAT_OPEN, LONGEST_PAUSE
from backend.core.egress import EgressAddressError, EgressGuard, EgressNameError
from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs.runner import JobRunner
from backend.letzshop import jobs as letzshop_jobs
from backend.letzshop.credentials import CredentialsService, Wanted
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.sim.faults import Fault
from backend.notifications.reads import one
from backend.tenancy import Store
from tests.letzshop.conftest import Connect, Letzshop, Look, StartRun
from tests.support.times import FrozenClock

SYNC_FAILURE = "order_sync_failure"


@pytest.mark.parametrize(
    ("fault", "says", "title"),
    [
        (Fault.BAD_KEY, "Letzshop refuses the API key (401).", "Letzshop order sync failing for Moulin de Hesper"),
        (Fault.REJECTED, "Letzshop refused the query", "Letzshop order sync failing for Moulin de Hesper"),
        (Fault.BAD_GATEWAY, "Letzshop answered 502.", "Letzshop does not answer"),
        (Fault.MALFORMED, "Letzshop's answer is not JSON.", "Letzshop does not answer"),
    ],
)
async def test_a_failed_sync_says_why_rings_once_and_opens_an_alert(
    fault: Fault,
    says: str,
    title: str,
    store: Store,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
) -> None:
    letzshop.fault(fault)
    run_id = await start(store)
    await runner.run_due()
    run = await look.run(run_id)
    assert run.status == "failed"
    assert says in str(run.error_message)
    (alert,) = await look.alerts()
    assert (alert["title"], alert["alert_type"], alert["severity"]) == (title, "integration", "error")
    (told,) = await look.notifications(SYNC_FAILURE)
    assert (told["priority"], told["alert_id"], told["store_id"]) == ("high", alert["id"], store.id)
    assert told["action_url"] == f"/letzshop/runs/{run_id}"


async def test_the_key_is_in_no_message(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.BAD_KEY)
    run_id = await start(store)
    await runner.run_due()
    everything = [*await look.notifications(), *await look.alerts(), (await look.run(run_id)).error_message]
    assert "sim-1" not in str(everything)


async def test_the_next_success_heals_the_alert_and_settles_its_notifications(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.BAD_KEY)
    await start(store)
    await runner.run_due()
    letzshop.fault(Fault.NONE)
    healing = await start(store)
    await runner.run_due()
    (alert,) = await look.alerts()
    assert (alert["is_resolved"], alert["resolution_notes"]) == (True, f"Healed by sync {healing}.")
    (told,) = await look.notifications(SYNC_FAILURE)
    assert told["settled_reason"] == f"Healed by sync {healing}."


async def test_a_schedule_that_goes_on_failing_counts_on_its_alert_and_rings_once(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.BAD_KEY)
    for _ in range(3):
        await start(store, is_on_demand=False)
        await runner.run_due()
    (alert,) = await look.alerts()
    assert alert["occurrence_count"] == 3
    assert len(await look.notifications(SYNC_FAILURE)) == 1
    # Who asks is told, also of what is known.
    await start(store)
    await runner.run_due()
    assert len(await look.notifications(SYNC_FAILURE)) == 2


async def test_a_failed_history_has_an_alert_of_its_own_that_a_sync_does_not_heal(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.REJECTED)
    await start(store, RunKind.HISTORY)
    await runner.run_due()
    letzshop.fault(Fault.NONE)
    await start(store)
    await runner.run_due()
    (alert,) = await look.alerts()
    assert alert["title"] == "Letzshop historical import failing for Moulin de Hesper"
    assert not alert["is_resolved"]
    await start(store, RunKind.HISTORY)
    await runner.run_due()
    (alert,) = await look.alerts()
    assert alert["is_resolved"]


async def test_shipments_that_cannot_be_taken_are_a_warning_that_only_a_clean_run_heals(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.PARTIAL)
    await start(store)
    await runner.run_due()
    (alert,) = await look.alerts()
    assert (alert["severity"], alert["description"]) == ("warning", "4 of 24 shipments could not be taken.")
    assert len(await look.notifications(SYNC_FAILURE)) == 1
    letzshop.fault(Fault.NONE)
    await start(store)
    await runner.run_due()
    (alert,) = await look.alerts()
    assert alert["is_resolved"]


async def test_an_outage_over_many_stores_is_one_alert_that_shrinks_as_they_recover(
    connect: Connect,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    clock: FrozenClock,
) -> None:
    stores = [await connect(number) for number in range(1, 8)]
    letzshop.fault(Fault.BAD_GATEWAY)
    for store in stores:
        await start(store, is_on_demand=False)
        await runner.run_due()
    (alert,) = await look.alerts()
    assert (alert["title"], alert["occurrence_count"]) == ("Letzshop does not answer", 7)
    assert len(await look.notifications(SYNC_FAILURE)) == 1
    # After three failures nobody waits for Letzshop any more: three tries each, and no more calls.
    assert letzshop.simulator.calls == 3 * FAILURES_THAT_OPEN

    letzshop.fault(Fault.NONE)
    clock.advance(LONGEST_PAUSE)
    for store in stores[:4]:
        await start(store, is_on_demand=False)
        await runner.run_due()
    open_stores = await look.rows("select store_id from alert_stores where healed_at is null order by store_id")
    assert [row["store_id"] for row in open_stores] == [store.id for store in stores[4:]]
    for store in stores[4:]:
        await start(store, is_on_demand=False)
        await runner.run_due()
    (alert,) = await look.alerts()
    assert alert["is_resolved"]
    (told,) = await look.notifications(SYNC_FAILURE)
    assert told["settled_at"] is not None


async def test_when_letzshop_is_back_the_stores_that_failed_need_not_wait_for_their_turn(
    connect: Connect, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop, clock: FrozenClock
) -> None:
    stores = [await connect(number, interval=1440) for number in range(1, 5)]
    letzshop.fault(Fault.BAD_GATEWAY)
    for store in stores:
        await start(store, is_on_demand=False)
        await runner.run_due()
    await look.rows("update job_schedules set next_run_at = now() + interval '1 day'")
    letzshop.fault(Fault.NONE)
    clock.advance(LONGEST_PAUSE)
    await start(stores[0], is_on_demand=False)
    await runner.run_due()
    soon = await look.rows("select name from job_schedules where next_run_at < now() + interval '61 seconds'")
    assert {row["name"] for row in soon} == {f"store:{store.id}:letzshop-sync" for store in stores[1:]}


async def test_a_run_that_meets_an_open_circuit_says_since_when_and_makes_no_call(
    connect: Connect, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop, clock: FrozenClock
) -> None:
    letzshop.fault(Fault.BAD_GATEWAY)
    for number in range(1, FAILURES_THAT_OPEN + 1):
        await start(await connect(number), is_on_demand=False)
        await runner.run_due()
    calls = letzshop.simulator.calls
    run_id = await start(await connect(9))
    await runner.run_due()
    run = await look.run(run_id)
    assert run.error_message is not None
    assert run.error_message.startswith(f"Letzshop has not answered since {clock.now():%H:%M} UTC")
    assert letzshop.simulator.calls == calls


async def test_a_refusal_is_an_answer_and_ends_the_outage(
    connect: Connect, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop, clock: FrozenClock
) -> None:
    stores = [await connect(number) for number in range(1, FAILURES_THAT_OPEN + 1)]
    letzshop.fault(Fault.BAD_GATEWAY)
    for store in stores:
        await start(store, is_on_demand=False)
        await runner.run_due()
    clock.advance(LONGEST_PAUSE)
    letzshop.fault(Fault.NONE)
    letzshop.fault(Fault.BAD_KEY, key="sim-1")
    # The one that probes has a bad key; the next one need not wait for that.
    for store in stores[:2]:
        await start(store, is_on_demand=False)
        await runner.run_due()
    waiting = await look.rows(
        "select s.store_id from alert_stores s join platform_alerts a on a.id = s.alert_id "
        "where a.title = 'Letzshop does not answer' and s.healed_at is null"
    )
    assert [row["store_id"] for row in waiting] == [stores[2].id]


@pytest.mark.parametrize("first", [Fault.BAD_GATEWAY, Fault.PARTIAL])
async def test_another_reason_than_before_is_news(
    first: Fault, store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    for fault in (first, first, Fault.BAD_KEY, Fault.BAD_KEY):
        letzshop.fault(fault)
        await start(store, is_on_demand=False)
        await runner.run_due()
    told = await look.notifications(SYNC_FAILURE)
    assert len(told) == 2
    assert told[1]["message"] == "Letzshop refuses the API key (401)."
    assert told[1]["settled_at"] is None


async def test_an_address_that_no_name_server_knows_is_an_outage(
    connect: Connect, start: StartRun, runner: JobRunner, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(self: EgressGuard, host: str, port: int) -> NoReturn:
        del self, port
        raise EgressNameError(f"The host name {host} cannot be resolved.")

    stores = [await connect(number) for number in (1, 2, 3)]
    monkeypatch.setattr(EgressGuard, "addresses", unknown)
    for store in stores:
        await start(store, is_on_demand=False)
        await runner.run_due()
    (alert,) = await look.alerts()
    assert (alert["title"], alert["occurrence_count"], alert["is_resolved"]) == ("Letzshop does not answer", 3, False)
    assert len(await look.notifications(SYNC_FAILURE)) == 1


async def test_an_address_that_is_refused_here_says_nothing_of_letzshop(
    connect: Connect,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stores = [await connect(1)]
    letzshop.fault(Fault.BAD_GATEWAY)
    await start(stores[0], is_on_demand=False)
    await runner.run_due()

    async def refused(self: EgressGuard, host: str, port: int) -> NoReturn:
        del self, port
        raise EgressAddressError(f"{host} leads to 10.0.0.1, which is not a public address.")

    monkeypatch.setattr(EgressGuard, "addresses", refused)
    await start(stores[0], is_on_demand=False)
    await runner.run_due()
    outage = next(alert for alert in await look.alerts() if alert["title"] == "Letzshop does not answer")
    assert not outage["is_resolved"]


async def test_a_store_that_leaves_letzshop_keeps_no_outage_open(
    connect: Connect,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    database: Database,
    clock: FrozenClock,
    settings: Settings,
) -> None:
    stores = [await connect(number) for number in (1, 2, 3, 4, 5)]
    letzshop.fault(Fault.BAD_GATEWAY)
    for store in stores:
        await start(store, is_on_demand=False)
        await runner.run_due()
    as_it_was = Wanted(None, letzshop.url, 15, auto_sync_enabled=True, default_carrier=None)
    async with database.unit_of_work() as session:
        service = CredentialsService(session, clock, settings)
        await service.remove(stores[0].id)
        await service.save(stores[1].id, replace(as_it_was, auto_sync_enabled=False))
        await service.save(stores[2].id, replace(as_it_was, endpoint_url="https://other.example/graphql", api_key="k"))
    await look.rows("update stores set is_active = false where id = $1", stores[3].id)
    async with database.unit_of_work() as session:
        await letzshop_jobs.reschedule(session, clock, {"store_id": stores[3].id})
    waiting = await look.rows("select store_id from alert_stores where healed_at is null")
    assert [row["store_id"] for row in waiting] == [stores[4].id]
    letzshop.fault(Fault.NONE)
    clock.advance(LONGEST_PAUSE)
    await start(stores[4], is_on_demand=False)
    await runner.run_due()
    (alert,) = await look.alerts()
    assert alert["is_resolved"]


@pytest.mark.parametrize("fault", [Fault.REJECTED, Fault.BAD_GATEWAY])
async def test_a_historical_import_is_tried_again_from_the_bell_and_not_replaced_by_a_sync(
    fault: Fault, store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(fault)
    run_id = await start(store, RunKind.HISTORY)
    await runner.run_due()
    (told,) = await look.notifications(SYNC_FAILURE)
    kinds = [(action.kind.value, action.target) for action in (await one(look.reads, told["id"])).actions]
    assert kinds == [("retry_run", {"run_id": run_id}), ("test_credentials", {"store_id": store.id})]


async def test_a_store_that_was_disconnected_meanwhile_ends_its_run_quietly(
    store: Store, start: StartRun, runner: JobRunner, look: Look
) -> None:
    run_id = await start(store)
    await look.rows("delete from letzshop_credentials")
    await runner.run_due()
    run = await look.run(run_id)
    assert (run.status, run.error_message) == ("failed", "The store is not connected to Letzshop any more.")
    assert await look.alerts() == []


async def test_what_a_store_s_last_sync_came_to_is_kept_with_its_credentials(
    store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop, clock: FrozenClock
) -> None:
    await start(store)
    await runner.run_due()
    first = clock.now()
    clock.advance(timedelta(minutes=15))
    letzshop.fault(Fault.BAD_KEY)
    await start(store)
    await runner.run_due()
    (row,) = await look.rows("select * from letzshop_credentials")
    assert (row["last_status"], row["last_success_at"]) == ("failed", first)
    assert row["last_error"] == "Letzshop refuses the API key (401)."
