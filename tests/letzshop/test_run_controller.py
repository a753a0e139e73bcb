import asyncio

import httpx
import pytest_asyncio

from backend.core.roles import Role
from backend.db.database import Database
from backend.jobs.runner import JobRunner
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.factories.tenancy import add_store
from tests.letzshop.conftest import Connect, Letzshop, Look
from tests.support.application import AsRole

BASE = "/api/v1/admin/letzshop"


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


async def test_a_sync_is_asked_for_and_its_run_can_be_followed(
    operator: httpx.AsyncClient, store: Store, runner: JobRunner
) -> None:
    reply = await operator.post(f"{BASE}/stores/{store.id}/sync")
    assert reply.status_code == 202
    asked = reply.json()
    assert (asked["kind"], asked["status"], asked["store_name"]) == ("sync", "pending", "Moulin de Hesper")
    assert asked["started_by"]["name"]
    await runner.run_due()
    done = (await operator.get(f"{BASE}/runs/{asked['id']}")).json()
    assert (done["status"], done["shipments_fetched"], done["orders_created"]) == ("completed", 24, 24)
    assert done["orders_processed"] == 24
    assert done["completed_at"] is not None


async def test_two_who_ask_at_once_get_one_run(operator: httpx.AsyncClient, store: Store) -> None:
    replies = await asyncio.gather(*(operator.post(f"{BASE}/stores/{store.id}/import-history") for _ in range(5)))
    assert {reply.status_code for reply in replies} == {202}
    assert len({reply.json()["id"] for reply in replies}) == 1
    # A sync is another matter.
    other = await operator.post(f"{BASE}/stores/{store.id}/sync")
    assert other.json()["id"] != replies[0].json()["id"]


async def test_runs_are_listed_newest_first_in_pages_and_by_filter(
    operator: httpx.AsyncClient, connect: Connect, runner: JobRunner, letzshop: Letzshop
) -> None:
    one, other = await connect(1), await connect(2)
    for _ in range(3):
        await operator.post(f"{BASE}/stores/{one.id}/sync")
        await runner.run_due()
    letzshop.fault(Fault.REJECTED)
    await operator.post(f"{BASE}/stores/{other.id}/import-history")
    await runner.run_due()
    first = (await operator.get(f"{BASE}/runs", params={"limit": 3})).json()
    second = (await operator.get(f"{BASE}/runs", params={"limit": 3, "cursor": first["next_cursor"]})).json()
    ids = [run["id"] for run in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 4
    assert second["next_cursor"] is None

    async def listed(**filters: object) -> list[int]:
        reply = await operator.get(f"{BASE}/runs", params=filters)  # type: ignore[arg-type]  # ids and words
        return [run["store_id"] for run in reply.json()["items"]]

    assert await listed(status="failed") == [other.id]
    assert await listed(kind="history") == [other.id]
    assert await listed(store_id=one.id) == [one.id] * 3
    assert (await operator.get(f"{BASE}/runs", params={"status": "fine"})).status_code == 400


async def test_a_store_without_credentials_an_inactive_and_an_unknown_one_are_told_apart(
    operator: httpx.AsyncClient, store: Store, database: Database, look: Look
) -> None:
    async with database.unit_of_work() as session:
        bare = await add_store(session)
    await look.rows("update stores set is_active = false where id = $1", store.id)
    codes = {}
    for store_id in (bare.id, store.id, 999):
        reply = await operator.post(f"{BASE}/stores/{store_id}/sync")
        codes[store_id] = (reply.status_code, reply.json()["code"])
    assert codes == {
        bare.id: (404, "letzshop_not_connected"),
        store.id: (409, "store_inactive"),
        999: (404, "store_not_found"),
    }


async def test_a_run_that_has_finished_cannot_be_cancelled_nor_one_that_waits_be_retried(
    operator: httpx.AsyncClient, store: Store, runner: JobRunner
) -> None:
    run_id = (await operator.post(f"{BASE}/stores/{store.id}/sync")).json()["id"]
    assert (await operator.post(f"{BASE}/runs/{run_id}/retry")).json()["code"] == "letzshop_run_running"
    assert (await operator.post(f"{BASE}/runs/{run_id}/cancel")).json()["status"] == "cancelled"
    # Cancelling twice is cancelling once.
    assert (await operator.post(f"{BASE}/runs/{run_id}/cancel")).status_code == 200
    assert (await operator.post(f"{BASE}/runs/{run_id}/retry")).status_code == 202
    await runner.run_due()
    assert (await operator.post(f"{BASE}/runs/{run_id}/cancel")).json()["code"] == "letzshop_run_finished"
    assert (await operator.get(f"{BASE}/runs/999")).status_code == 404


async def test_a_finished_run_that_is_retried_begins_anew(
    operator: httpx.AsyncClient, store: Store, runner: JobRunner
) -> None:
    run_id = (await operator.post(f"{BASE}/stores/{store.id}/import-history")).json()["id"]
    await runner.run_due()
    await operator.post(f"{BASE}/runs/{run_id}/retry")
    await runner.run_due()
    done = (await operator.get(f"{BASE}/runs/{run_id}")).json()
    assert (done["orders_created"], done["orders_unchanged"]) == (0, 24)
