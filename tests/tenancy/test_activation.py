"""Switching stores and merchants off stops their schedules, says which, and tells others."""

import asyncio
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio

from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.db.database import Database
from backend.jobs import Every, Schedule, Subscriptions
from backend.jobs.schedules import declare
from backend.tenancy import Merchant, StoreActivated, StoreDeactivated, TenancyService
from backend.tenancy.schemas import MerchantPatch, StorePatch
from tests.factories.tenancy import add_merchant, add_store
from tests.support.application import AsRole

STORES, MERCHANTS = "/api/v1/admin/stores", "/api/v1/admin/merchants"
OFF, ON = {"is_active": False}, {"is_active": True}


@pytest.fixture
def subscriptions() -> Subscriptions:
    return {StoreActivated.name: ["on"], StoreDeactivated.name: ["off"]}


@pytest_asyncio.fixture
async def admin(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.ADMIN)


async def schedule(database: Database, *names: str) -> None:
    async with database.unit_of_work() as session:
        for name in names:
            await declare(session, Schedule(name, "sync", Every(timedelta(hours=1))))


async def running(database: Database) -> list[str]:
    rows = await database.reads.fetch("select name from job_schedules where is_active order by name")
    return [row["name"] for row in rows]


async def a_merchant_with_stores(database: Database, *actives: bool) -> tuple[int, list[int]]:
    async with database.unit_of_work() as session:
        merchant = await add_merchant(session)
        stores = [await add_store(session, merchant_id=merchant.id, is_active=active) for active in actives]
    return merchant.id, [store.id for store in stores]


async def heard(database: Database) -> list[tuple[str, int]]:
    """The events that were published, forgotten once they are read."""
    rows = await database.reads.fetch("delete from jobs returning kind, (payload->>'store_id')::int as store_id")
    return sorted((row["kind"], row["store_id"]) for row in rows)


async def change_merchant(database: Database, merchant_id: int, *, is_active: bool) -> list[str]:
    async with database.unit_of_work() as session:
        changes = MerchantPatch(is_active=is_active)
        return (await TenancyService(session, SystemClock()).update_merchant(merchant_id, changes)).stopped_schedules


async def change_store(database: Database, store_id: int, *, is_active: bool) -> list[str]:
    async with database.unit_of_work() as session:
        changes = StorePatch(is_active=is_active)
        return (await TenancyService(session, SystemClock()).update_store(store_id, changes)).stopped_schedules


async def test_switching_a_store_off_stops_its_schedules_and_says_which(
    admin: httpx.AsyncClient, database: Database
) -> None:
    async with database.unit_of_work() as session:
        store = await add_store(session)
    own = [f"store:{store.id}:catalog", f"store:{store.id}:letzshop"]
    others = [f"store:{store.id}0:letzshop", "retention.jobs", f"storex{store.id}:letzshop"]
    await schedule(database, *own, *others)
    off = await admin.patch(f"{STORES}/{store.id}", json=OFF)
    assert (off.json()["is_active"], off.json()["stopped_schedules"]) == (False, own)
    assert await running(database) == sorted(others)
    (entry,) = await database.reads.fetch("select action, detail::text from audit_log")
    assert (entry["action"], entry["detail"]) == ("store.update", f'{{"stopped_schedules": ["{own[0]}", "{own[1]}"]}}')
    again = await admin.patch(f"{STORES}/{store.id}", json=OFF)
    assert again.json()["stopped_schedules"] == []
    assert (await admin.get(f"{STORES}/{store.id}")).json()["stopped_schedules"] == []
    assert [item["stopped_schedules"] for item in (await admin.get(STORES)).json()["items"]] == [[]]


async def test_switching_a_merchant_off_stops_those_of_all_its_stores(
    admin: httpx.AsyncClient, database: Database
) -> None:
    merchant_id, stores = await a_merchant_with_stores(database, True, True)
    other_merchant, (other,) = await a_merchant_with_stores(database, True)
    await schedule(database, *(f"store:{store_id}:letzshop" for store_id in (*stores, other)))
    off = (await admin.patch(f"{MERCHANTS}/{merchant_id}", json=OFF)).json()
    assert off["stopped_schedules"] == [f"store:{store_id}:letzshop" for store_id in stores]
    assert await running(database) == [f"store:{other}:letzshop"]
    renamed = (await admin.patch(f"{MERCHANTS}/{other_merchant}", json={"name": "New"})).json()
    assert renamed["stopped_schedules"] == []
    assert await running(database) == [f"store:{other}:letzshop"]


async def test_each_store_that_changed_in_effect_is_told_of_once(belled: Database) -> None:
    merchant_id, (first, second, closed) = await a_merchant_with_stores(belled, True, True, False)
    await change_merchant(belled, merchant_id, is_active=False)
    assert await heard(belled) == [("off", first), ("off", second)]
    await change_merchant(belled, merchant_id, is_active=False)
    # With the merchant off, a store's own switch changes nothing that counts.
    await change_store(belled, first, is_active=False)
    await change_store(belled, closed, is_active=True)
    assert await heard(belled) == []
    await change_merchant(belled, merchant_id, is_active=True)
    assert await heard(belled) == [("on", second), ("on", closed)]
    await change_store(belled, second, is_active=False)
    await change_store(belled, first, is_active=True)
    assert await heard(belled) == [("off", second), ("on", first)]


async def test_a_store_of_an_inactive_merchant_counts_as_inactive(database: Database) -> None:
    merchant_id, (first, closed) = await a_merchant_with_stores(database, True, False)
    _, (other,) = await a_merchant_with_stores(database, True)
    async with database.unit_of_work() as session:
        tenancy = TenancyService(session, SystemClock())
        assert [await tenancy.is_active(store_id) for store_id in (first, closed, other, 4711)] == [
            True,
            False,
            True,
            False,
        ]
        (await session.get_one(Merchant, merchant_id)).is_active = False
        await session.flush()
        assert not await tenancy.is_active(first)
        assert await tenancy.active_store_ids([first, closed, other, 4711]) == {other}
        assert await tenancy.active_store_ids([]) == set()


async def test_switches_at_the_same_time_tell_what_became_of_the_store(belled: Database) -> None:
    merchant_id, (store_id,) = await a_merchant_with_stores(belled, True)
    for is_active, told in [(False, "off"), (True, "on")] * 8:
        await asyncio.gather(
            *(change_merchant(belled, merchant_id, is_active=is_active) for _ in range(2)),
            *(change_store(belled, store_id, is_active=is_active) for _ in range(2)),
        )
        assert await heard(belled) == [(told, store_id)]
