import asyncio

import pytest

from backend.core.errors import InvalidInputError
from backend.db.database import Database
from backend.tenancy import Store, StoreNotFoundError, TenancyService
from backend.tenancy.errors import MerchantNotFoundError, TakenError
from tests.factories.tenancy import add_merchant, add_store
from tests.support.times import FrozenClock


async def test_a_code_is_kept_in_upper_and_a_subdomain_in_lower_case(database: Database) -> None:
    async with database.unit_of_work() as session:
        store = await add_store(session, store_code="TechStore", subdomain="Tech-Store")
    assert (store.store_code, store.subdomain) == ("TECHSTORE", "tech-store")


@pytest.mark.parametrize(("field", "taken"), [("store_code", "techSTORE"), ("subdomain", "TECH-store")])
async def test_a_code_or_subdomain_of_another_store_is_refused_and_named(
    database: Database, field: str, taken: str
) -> None:
    async with database.unit_of_work() as session:
        await add_store(session, store_code="TECHSTORE", subdomain="tech-store")
    with pytest.raises(TakenError) as refused:
        async with database.unit_of_work() as session:
            await add_store(session, **{field: taken})
    assert [error.path for error in refused.value.errors] == [field]


async def test_of_two_stores_made_at_once_with_one_code_one_is_made(database: Database) -> None:
    async with database.unit_of_work() as session:
        merchant = await add_merchant(session)

    async def make() -> Store:
        async with database.unit_of_work() as session:
            return await add_store(session, merchant_id=merchant.id, store_code="TECHSTORE")

    outcomes = await asyncio.gather(make(), make(), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Store", "TakenError"]


async def test_a_store_needs_a_merchant(database: Database) -> None:
    with pytest.raises(InvalidInputError) as refused:
        async with database.unit_of_work() as session:
            await add_store(session, merchant_id=4711)
    assert [error.path for error in refused.value.errors] == ["merchant_id"]


async def test_what_is_not_there_is_not_found(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        service = TenancyService(session, clock)
        with pytest.raises(MerchantNotFoundError):
            await service.get_merchant(1)
        with pytest.raises(StoreNotFoundError):
            await service.get_store(1)


async def test_names_of_stores_come_in_one_call_without_those_unknown(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        one, other = await add_store(session, name="Dupont"), await add_store(session, name="Müller")
        names = await TenancyService(session, clock).names_of_stores([one.id, other.id, 4711])
    assert names == {one.id: "Dupont", other.id: "Müller"}


async def test_store_ids_come_by_code_as_it_was_spelled_without_those_unknown(
    database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        one, other = await add_store(session, store_code="BAKERY"), await add_store(session, store_code="CAFE")
        service = TenancyService(session, clock)
        assert await service.store_ids_of_codes(["bakery", "Cafe", "CAFE", "x"]) == {
            "bakery": one.id,
            "Cafe": other.id,
            "CAFE": other.id,
        }
        assert await service.store_ids_of_codes([]) == {}
