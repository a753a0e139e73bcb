"""What goes out to Letzshop, from the request to what the simulated Letzshop has of it."""

import httpx
import msgspec
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.jobs.runner import JobRunner
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.letzshop.conftest import Letzshop, Look, Waiting
from tests.support.application import AsRole

ORDERS = "/api/v1/admin/letzshop/orders"


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


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


@pytest.mark.parametrize(
    ("is_available", "state"), [(False, "confirmed"), (True, "declined")], ids=["rejecting", "confirming"]
)
async def test_what_letzshop_has_done_otherwise_already_fails_and_is_so_here_too(
    is_available: bool,
    state: str,
    operator: httpx.AsyncClient,
    waiting: Waiting,
    runner: JobRunner,
    look: Look,
    letzshop: Letzshop,
) -> None:
    order_id, _, units = await waiting()
    for each in units:
        unit = letzshop.shop().unit(each)
        assert unit is not None
        unit["state"] = state
    body = {"available" if is_available else "unavailable": units}
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json=body)
    await runner.run_due()
    run = await look.run(reply.json()["id"])
    assert (run.status, run.outcome) == ("failed", "rejected")
    asked = "confirmed" if is_available else "declined"
    assert f"{units[0]} is {state}, not {asked}" in str(run.error_message)
    (order,) = await look.rows("select status from orders where id = $1", order_id)
    assert order["status"] == ("cancelled" if is_available else "processing")
    items = await look.rows("select item_state from order_items where order_id = $1", order_id)
    assert {item["item_state"] for item in items} == {state}
    assert len(await look.notifications("order_sync_failure")) == 1


async def test_confirming_settles_what_was_told_of_the_order(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look
) -> None:
    order_id, _, units = await waiting()
    told = "select n.* from admin_notifications n join orders o on o.exception_notification_id = n.id where o.id = $1"
    assert [row["settled_at"] for row in await look.rows(told, order_id)] == [None]
    await operator.post(f"{ORDERS}/{order_id}/confirm", json={"unavailable": units})
    await runner.run_due()
    assert [row["settled_reason"] for row in await look.rows(told, order_id)] == [
        "The order no longer waits to be confirmed."
    ]


@pytest.mark.parametrize("status", ["pending", "cancelled"])
async def test_what_is_not_confirmed_takes_no_tracking(
    status: str, operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    order_id, _, _ = await waiting()
    await look.rows("update orders set status = $2 where id = $1", order_id, status)
    calls = letzshop.simulator.calls
    reply = await operator.post(f"{ORDERS}/{order_id}/tracking", json={"provider": "post", "number": "LU1"})
    assert (reply.status_code, reply.json()["code"]) == (409, "order_not_trackable")
    await runner.run_due()
    assert letzshop.simulator.calls == calls
    (order,) = await look.rows("select status, tracking_number from orders where id = $1", order_id)
    assert tuple(order) == (status, None)


async def test_tracking_of_an_order_that_is_cancelled_meanwhile_is_not_sent(
    operator: httpx.AsyncClient, synced: Store, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    (order,) = await look.rows("select id from orders where status = 'processing' limit 1")
    reply = await operator.post(f"{ORDERS}/{order['id']}/tracking", json={"provider": "post", "number": "LU1"})
    await look.rows("update orders set status = 'cancelled' where id = $1", order["id"])
    calls = letzshop.simulator.calls
    await runner.run_due()
    assert letzshop.simulator.calls == calls
    run = await look.run(reply.json()["id"])
    assert (run.status, run.error_message) == (
        "failed",
        f"Order {order['id']} is cancelled: only an order that is processing or shipped has parcels.",
    )
    (after,) = await look.rows("select status from orders where id = $1", order["id"])
    assert after["status"] == "cancelled"


async def test_confirming_again_does_not_go_round_exceptions_that_came_meanwhile(
    operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    order_id, _, _ = await waiting()
    letzshop.fault(Fault.REJECTED)
    run_id = (await operator.post(f"{ORDERS}/{order_id}/confirm", json={})).json()["id"]
    await runner.run_due()
    letzshop.fault(Fault.NONE)
    await look.rows("update orders set pending_exception_count = 1 where id = $1", order_id)
    calls = letzshop.simulator.calls
    assert (await operator.post(f"/api/v1/admin/letzshop/runs/{run_id}/retry")).status_code == 202
    await runner.run_due()
    assert letzshop.simulator.calls == calls
    run = await look.run(run_id)
    assert run.status == "failed"
    assert "1 exception that is not settled" in str(run.error_message)


async def test_a_parcel_s_number_reaches_letzshop_and_the_order_is_shipped(
    operator: httpx.AsyncClient, synced: Store, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    (found,) = await look.rows(
        "select id, external_shipment_id from orders where status = 'processing' order by id limit 1"
    )
    order_id, shipment_id = found
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
    assert alert["title"].startswith("Letzshop did not take what Moulin de Hesper sent for order ")
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
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json=body)
    assert reply.status_code == 400
    assert reply.json()["errors"] == [{"path": "unavailable", "message": f"{units[0]} is named as available too"}]


@pytest.mark.parametrize("field", ["available", "unavailable"])
async def test_a_unit_that_is_named_twice_is_sent_once(
    field: str, operator: httpx.AsyncClient, waiting: Waiting, runner: JobRunner, look: Look
) -> None:
    order_id, _, units = await waiting()
    reply = await operator.post(f"{ORDERS}/{order_id}/confirm", json={field: [*units, *units]})
    assert reply.json()["request"][field] == units
    again = await operator.post(f"{ORDERS}/{order_id}/confirm", json={field: units})
    assert again.json()["id"] == reply.json()["id"]
    await runner.run_due()
    assert (await look.run(reply.json()["id"])).status == "completed"


async def test_the_audit_log_has_what_was_sent(
    operator: httpx.AsyncClient, waiting: Waiting, synced: Store, look: Look
) -> None:
    order_id, _, units = await waiting()
    confirmed = await operator.post(f"{ORDERS}/{order_id}/confirm", json={"unavailable": units})
    (parcel,) = await look.rows("select id from orders where status = 'processing' limit 1")
    tracked = await operator.post(f"{ORDERS}/{parcel['id']}/tracking", json={"provider": "post", "number": "LU1"})
    details = {
        row["action"]: msgspec.json.decode(row["detail"])
        for row in await look.rows("select action, detail from audit_log where action like 'letzshop.order.%'")
    }
    assert details == {
        "letzshop.order.confirm": {
            "order_id": order_id,
            "run_id": confirmed.json()["id"],
            "request": {"action": "confirm", "available": [], "unavailable": units},
        },
        "letzshop.order.track": {
            "order_id": parcel["id"],
            "run_id": tracked.json()["id"],
            "request": {"action": "tracking", "provider": "post", "number": "LU1"},
        },
    }


async def test_an_order_without_a_waiting_unit_has_nothing_to_confirm(
    operator: httpx.AsyncClient, synced: Store, look: Look
) -> None:
    (order,) = await look.rows("select id from orders where status = 'processing' limit 1")
    reply = await operator.post(f"{ORDERS}/{order['id']}/confirm", json={})
    assert (reply.status_code, reply.json()["code"]) == (409, "nothing_to_confirm")
