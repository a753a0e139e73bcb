import asyncio

import pytest

from backend.catalog import ProductIdentity, find_product, placeholder_product, products_by_id, products_identified
from backend.db.database import Database
from backend.tenancy import Store
from tests.factories.orders import add_product
from tests.factories.tenancy import add_store

GTIN = "4012345678901"


async def test_products_are_found_by_each_spelling_of_a_gtin_and_by_sku(database: Database, store: Store) -> None:
    async with database.unit_of_work() as session:
        other = await add_store(session)
        short = await add_product(session, store.id, "a", gtin=GTIN)
        long = await add_product(session, store.id, "b", gtin="0" + GTIN)
        book = await add_product(session, store.id, "c", gtin="080442957X")
        named = await add_product(session, store.id, "d")
        await add_product(session, store.id, "e", gtin="96385074")
        await add_product(session, store.id, "d", marketplace="Elsewhere", gtin=GTIN)
        await add_product(session, other.id, "d", gtin=GTIN)
        found = await products_identified(session, store.id, gtins=["0" + GTIN, "09780804429573"], skus=["d", "a"])
        assert found == [
            ProductIdentity(short, GTIN, "a"),
            ProductIdentity(long, "0" + GTIN, "b"),
            ProductIdentity(book, "080442957X", "c"),
            ProductIdentity(named, None, "d"),
        ]
        assert await products_identified(session, store.id, gtins=[], skus=[]) == []


async def test_a_store_has_one_placeholder_also_when_two_need_it_at_once(database: Database, store: Store) -> None:
    async def ask() -> int:
        async with database.unit_of_work() as session:
            return await placeholder_product(session, store.id)

    async with database.unit_of_work() as session:
        made = await placeholder_product(session, store.id)
        waiting = asyncio.create_task(ask())
        await asyncio.sleep(0.2)
        assert not waiting.done()
    assert await waiting == made == await ask()
    assert await database.reads.fetchval("select count(*) from products") == 1


async def test_a_placeholder_is_no_product_to_anybody(database: Database, store: Store) -> None:
    async with database.unit_of_work() as session:
        placeholder = await placeholder_product(session, store.id)
        product = await add_product(session, store.id, "a")
        assert await find_product(session, placeholder) is None
        assert await products_identified(session, store.id, gtins=[], skus=["placeholder"]) == []
        found = await find_product(session, product)
        assert found is not None
        assert found.id == product
    assert set(await products_by_id(database.reads.fetch, [placeholder, product, 4711])) == {product}


@pytest.mark.parametrize("marketplace", ["Elsewhere", "placeholder"])
async def test_only_the_marketplace_s_products_are_found_by_id(
    database: Database, store: Store, marketplace: str
) -> None:
    async with database.unit_of_work() as session:
        product = await add_product(session, store.id, "a", marketplace=marketplace)
        assert await find_product(session, product) is None
