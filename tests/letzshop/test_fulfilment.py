"""What goes out to Letzshop, from the request to what the simulated Letzshop has of it."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.jobs.runner import JobRunner
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.letzshop.conftest import Letzshop, Look, StartRun
from tests.support.application import AsRole

ORDERS = "/api/v1/admin/letzshop/orders"
OrderOf = Callable[[str], Awaitable[int]]


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


@pytest_asyncio.fixture
async def synced(store: Store, start: StartRun, runner: JobRunner, look: Look) -> Store:
    """A store whose orders are here, with every exception ignored."""
    await start(store)
    await runner.run_due()
    await look.rows("update order_item_exceptions set status = 'ignored'")
    await look.rows("update orders set pending_exception_count = 0")
    return store


@pytest.fixture
def waiting(look: Look, synced: Store) -> Callable[[], Awaitable[tuple[int, str, list[str]]]]:
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


Waiting = Callable[[], Awaitable[tuple[int, str, list[str]]]]


async def test_an_order_is_confirmed_in_letzshop_and_here(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    order_id, shipment_id, _ = await waiting()
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json={})
    assert reply.status_code == 202, reply.text
    assert (reply.json()["kind"], reply.json()["order_id"]) == ("fulfilment", order_id)
    await runner.run_due()
    assert (await look.run(reply.json()["id"])).status == "completed"
    shipment = letzshop.shop().shipment(shipment_id)
    assert shipment is not None
    assert shipment["state"] == "confirmed"
    (order,) = await look.rows("select status, confirmed_at from orders where id = $1", order_id)
    assert order["status"] == "processing"
    assert order["confirmed_at"] is not None


async def test_units_that_are_not_available_are_declined_and_an_order_of_such_alone_is_cancelled(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look
) -> None:
    order_id, _, units = await waiting()
    await operator.post(f"{ORDERS}/{order_id}/confirm", json={"unavailable": units})
    await runner.run_due()
    (order,) = await look.rows("select status from orders where id = $1", order_id)
    assert order["status"] == "cancelled"


async def test_a_double_click_sends_once(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, letzshop: Letzshop
) -> None:
    order_id, _, _ = await waiting()
    first = await operator.post(f"{ORDERS}/{order_id}/confirm", json={})
    second = await operator.post(f"{ORDERS}/{order_id}/confirm", json={})
    assert first.json()["id"] == second.json()["id"]
    calls = letzshop.simulator.calls
    await runner.run_due()
    assert letzshop.simulator.calls == calls + 1


async def test_what_was_done_before_a_worker_died_is_no_error_when_it_is_sent_again(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    order_id, shipment_id, _ = await waiting()
    shipment = letzshop.shop().shipment(shipment_id)
    assert shipment is not None
    for unit in shipment["inventoryUnits"]:
        unit["state"] = "confirmed"
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json={})
    await runner.run_due()
    assert (await look.run(reply.json()["id"])).status == "completed"


async def test_an_order_with_an_unmatched_product_is_not_confirmed(
    operator: httpx.AsyncClient, waiting: Waiting, look: Look
) -> None:
    order_id, _, _ = await waiting()
    await look.rows("update orders set pending_exception_count = 2 where id = $1", order_id)
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json={})
    assert reply.status_code == 409
    assert "2" in reply.json()["detail"]


async def test_a_parcel_s_number_reaches_letzshop_and_the_order_is_shipped(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    order_id, shipment_id, _ = await waiting()
    await operator.post(f"{ORDERS}/{order_id}/tracking", json={"provider": "post", "number": "LU1"})
    await runner.run_due()
    shipment = letzshop.shop().shipment(shipment_id)
    assert shipment is not None
    assert shipment["tracking"] == {"provider": "post", "code": "LU1"}
    (order,) = await look.rows("select status, tracking_number from orders where id = $1", order_id)
    assert tuple(order) == ("shipped", "LU1")


async def test_what_letzshop_does_not_take_fails_visibly_and_can_be_tried_again(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.REJECTED)
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json={})
    run_id = reply.json()["id"]
    await runner.run_due()
    assert (await look.run(run_id)).status == "failed"
    (alert,) = await look.alerts()
    assert alert["title"] == "Letzshop refuses what Moulin de Hesper sends"
    letzshop.fault(Fault.NONE)
    assert (await operator.post(f"/api/v1/admin/letzshop/runs/{run_id}/retry")).status_code == 202
    await runner.run_due()
    assert (await look.run(run_id)).status == "completed"
    (alert,) = await look.alerts()
    assert alert["is_resolved"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"available": ["nobody's"]}, "available"),
        ({"unavailable": ["nobody's"]}, "unavailable"),
    ],
)
async def test_units_of_another_order_are_refused_by_name(
    body: dict[str, list[str]], field: str, operator: httpx.AsyncClient, waiting: Waiting
) -> None:
    order_id, _, _ = await waiting()
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json=body)
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["path"] == field


async def test_a_unit_cannot_be_available_and_not(operator: httpx.AsyncClient, waiting: Waiting) -> None:
    order_id, _, units = await waiting()
    body = {"available": units, "unavailable": units[:1]}
    assert (await operator.post(f"{ORDERS}/{order_id}/confirm", json=body)).status_code == 400


async def test_an_order_without_a_waiting_unit_has_nothing_to_confirm(
    operator: httpx.AsyncClient, synced: Store, look: Look
) -> None:
    (order,) = await look.rows("select id from orders where status = 'processing' limit 1")
    reply = await operator.post(f"{ORDERS}/{order['id']}/confirm", json={})
    assert (reply.status_code, reply.json()["code"]) == (409, "nothing_to_confirm")
