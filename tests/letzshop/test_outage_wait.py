"""What goes out while Letzshop is away: it waits, is seen to wait, and is sent when Letzshop is back."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from backend.core.circuit import FAILURES_THAT_OPEN, LONGEST_PAUSE
from backend.core.roles import Role
from backend.jobs.runner import JobRunner
from backend.letzshop.attempt import MOST_DELAYS
from backend.letzshop.outage_wait import LONGEST_WAIT, whether_to_wait
from backend.letzshop.retrying import GiveUp, Later
from backend.letzshop.run_kinds import RunKind
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.letzshop.conftest import Letzshop, Look, StartRun, Waiting
from tests.support.application import AsRole
from tests.support.times import FrozenClock

NOW = datetime(2026, 2, 3, 10, tzinfo=UTC)
ORDERS = "/api/v1/admin/letzshop/orders"
RUNS = "/api/v1/admin/letzshop/runs"

spans = st.timedeltas(timedelta(0), timedelta(days=3))


@given(waited=spans, pause=st.timedeltas(timedelta(days=-1), timedelta(hours=2)))
def test_what_goes_out_waits_until_the_endpoint_may_be_asked_but_not_for_ever(
    waited: timedelta, pause: timedelta
) -> None:
    verdict = whether_to_wait(RunKind.FULFILMENT, queued_at=NOW - waited, now=NOW, until=NOW + pause)
    if waited >= LONGEST_WAIT:
        assert isinstance(verdict, GiveUp)
    else:
        assert verdict == Later(max(pause.total_seconds(), 1.0))


@pytest.mark.parametrize("kind", [kind for kind in RunKind if kind is not RunKind.FULFILMENT])
def test_what_comes_in_waits_for_its_next_run(kind: RunKind) -> None:
    assert isinstance(whether_to_wait(kind, queued_at=NOW, now=NOW, until=NOW), GiveUp)


def test_a_job_that_does_not_know_since_when_it_waits_does_not_wait() -> None:
    assert isinstance(whether_to_wait(RunKind.FULFILMENT, queued_at=None, now=NOW, until=NOW), GiveUp)


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


async def confirm(operator: httpx.AsyncClient, order_id: int) -> int:
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json={})
    assert reply.status_code == 202, reply.text
    run_id: int = reply.json()["id"]
    return run_id


async def make_due(look: Look) -> None:
    await look.rows("update jobs set run_at = now() where state = 'queued'")


async def open_circuit(store: Store, start: StartRun, runner: JobRunner) -> None:
    for _ in range(FAILURES_THAT_OPEN):
        await start(store, is_on_demand=False)
        await runner.run_due()


async def test_a_confirmation_waits_through_an_outage_and_is_sent_after_it(
    operator: httpx.AsyncClient,
    waiting: Waiting,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    clock: FrozenClock,
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.BAD_GATEWAY)
    run_id = await confirm(operator, order_id)
    for _ in range(6):
        await runner.run_due()
        run = await look.run(run_id)
        assert (run.status, run.completed_at) == ("pending", None)
        (job,) = await look.rows("select state, failures, run_at > now() as is_later from jobs where state = 'queued'")
        assert tuple(job) == ("queued", 0, True)
        clock.advance(LONGEST_PAUSE)
        await make_due(look)
    (alert,) = await look.alerts()
    assert (alert["title"], alert["occurrence_count"]) == ("Letzshop does not answer", 6)
    letzshop.fault(Fault.NONE)
    await runner.run_due()
    run = await look.run(run_id)
    assert (run.status, run.error_message) == ("completed", None)
    (order,) = await look.rows("select status from orders where id = $1", order_id)
    assert order["status"] == "processing"
    (alert,) = await look.alerts()
    assert alert["is_resolved"]


async def test_while_it_waits_everybody_can_read_why_and_until_when(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, letzshop: Letzshop, clock: FrozenClock
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.BAD_GATEWAY)
    run_id = await confirm(operator, order_id)
    await runner.run_due()
    shown = (await operator.get(f"{RUNS}/{run_id}")).json()
    again_at = clock.now() + timedelta(seconds=30)
    assert (shown["status"], shown["error_message"]) == (
        "pending",
        f"Letzshop answered 502. It is sent again from {again_at:%H:%M} UTC on.",
    )
    # Who asks for the same meanwhile finds it.
    assert await confirm(operator, order_id) == run_id


async def test_at_an_open_circuit_it_waits_without_a_call(
    operator: httpx.AsyncClient,
    waiting: Waiting,
    synced: Store,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.BAD_GATEWAY)
    await open_circuit(synced, start, runner)
    told, calls = len(await look.notifications()), letzshop.simulator.calls
    run_id = await confirm(operator, order_id)
    await runner.run_due()
    run = await look.run(run_id)
    assert run.status == "pending"
    assert str(run.error_message).startswith("Letzshop has not answered since ")
    assert letzshop.simulator.calls == calls
    (alert,) = await look.alerts()
    assert alert["occurrence_count"] == FAILURES_THAT_OPEN + 1
    # The outage is known, and nothing has failed yet.
    assert len(await look.notifications()) == told


async def test_the_first_that_meets_an_outage_rings_for_it_once(
    operator: httpx.AsyncClient,
    waiting: Waiting,
    synced: Store,
    start: StartRun,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.BAD_GATEWAY)
    run_id = await confirm(operator, order_id)
    await runner.run_due()
    await open_circuit(synced, start, runner)
    (told,) = await look.notifications("order_sync_failure")
    assert (told["title"], told["action_url"]) == (
        "What Moulin de Hesper sends to Letzshop has to wait",
        f"/letzshop/runs/{run_id}",
    )
    offered = (await operator.get(f"/api/v1/admin/notifications/{told['id']}")).json()["actions"]
    assert [action["kind"] for action in offered] == ["test_credentials"]


async def test_after_a_day_it_fails_and_is_told_and_another_try_has_a_day_again(
    operator: httpx.AsyncClient,
    waiting: Waiting,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    clock: FrozenClock,
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.BAD_GATEWAY)
    run_id = await confirm(operator, order_id)
    await runner.run_due()
    clock.advance(LONGEST_WAIT)
    await make_due(look)
    await runner.run_due()
    run = await look.run(run_id)
    assert (run.status, run.error_message) == (
        "failed",
        "Letzshop answered 502. It was not sent: Letzshop was away for 24 hours.",
    )
    told = await look.notifications("order_sync_failure")
    assert [row["message"] for row in told][1:] == [run.error_message]
    assert (await operator.post(f"{RUNS}/{run_id}/retry")).status_code == 202
    await runner.run_due()
    assert (await look.run(run_id)).status == "pending"


async def test_it_can_be_cancelled_while_it_waits(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.BAD_GATEWAY)
    run_id = await confirm(operator, order_id)
    await runner.run_due()
    assert (await operator.post(f"{RUNS}/{run_id}/cancel")).status_code == 200
    letzshop.fault(Fault.NONE)
    calls = letzshop.simulator.calls
    await make_due(look)
    await runner.run_due()
    run = await look.run(run_id)
    assert (run.status, run.error_message) == ("cancelled", None)
    assert letzshop.simulator.calls == calls
    (order,) = await look.rows("select status from orders where id = $1", order_id)
    assert order["status"] == "pending"


async def test_one_that_is_cancelled_during_its_call_does_not_wait(
    operator: httpx.AsyncClient,
    waiting: Waiting,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.BAD_GATEWAY)
    run_id = await confirm(operator, order_id)
    answer = letzshop.simulator.answer

    async def cancel_meanwhile(key: str, body: bytes) -> object:
        await operator.post(f"{RUNS}/{run_id}/cancel")
        return await answer(key, body)

    monkeypatch.setattr(type(letzshop.simulator), "answer", lambda _self, key, body: cancel_meanwhile(key, body))
    await runner.run_due()
    assert (await look.run(run_id)).status == "cancelled"


async def test_a_long_pause_that_letzshop_asks_for_again_and_again_is_no_reason_to_fail(
    operator: httpx.AsyncClient,
    waiting: Waiting,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order_id, _, _ = await waiting()
    monkeypatch.setattr("backend.letzshop.sim.server._RETRY_AFTER", "99999999999")
    letzshop.fault(Fault.RATE_LIMIT)
    run_id = await confirm(operator, order_id)
    for _ in range(MOST_DELAYS + 1):
        await make_due(look)
        await runner.run_due()
    (job,) = await look.rows("select run_at < now() + interval '61 min' as is_soon from jobs where state = 'queued'")
    assert job["is_soon"]
    run = await look.run(run_id)
    assert (run.status, run.delays) == ("pending", MOST_DELAYS + 1)
    letzshop.fault(Fault.NONE)
    await make_due(look)
    await runner.run_due()
    assert (await look.run(run_id)).status == "completed"
