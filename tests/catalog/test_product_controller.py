from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio

from backend.catalog import placeholder_product
from backend.core.roles import Role
from backend.db.database import Database
from backend.tenancy import Store
from tests.factories.orders import add_product
from tests.factories.tenancy import add_store
from tests.support.application import AsRole

URL = "/api/v1/admin/products"
GTIN = "4012345678901"

Listed = Callable[..., Awaitable[list[str]]]


@pytest_asyncio.fixture
async def viewer(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.VIEWER)


@pytest.fixture
def listed(viewer: httpx.AsyncClient) -> Listed:
    """A function from filters to the feed's ids of the products that are listed."""

    async def ask(**query: Any) -> list[str]:  # Any: query values
        response = await viewer.get(URL, params=query)
        assert response.status_code == 200, response.text
        return [product["marketplace_product_id"] for product in response.json()["items"]]

    return ask


async def test_a_product_is_shown_with_its_title_in_the_first_language_that_it_has(
    database: Database, store: Store, viewer: httpx.AsyncClient
) -> None:
    async with database.unit_of_work() as session:
        plain = await add_product(session, store.id, "a", gtin=GTIN, titles=[("de", "Ringlein"), ("en", "Ring")])
        await add_product(session, store.id, "b", titles=[("de", "Ring"), ("fr", "Bague")])
        await add_product(session, store.id, "c", titles=[])
    items = (await viewer.get(URL)).json()["items"]
    assert [(item["marketplace_product_id"], item["title"]) for item in items] == [
        ("c", None), ("b", "Bague"), ("a", "Ring"),
    ]  # fmt: skip
    assert items[2] == {
        "id": plain,
        "store_id": store.id,
        "marketplace_product_id": "a",
        "title": "Ring",
        "gtin": GTIN,
        "brand": None,
        "price_cents": 4_999,
        "currency": "EUR",
        "availability": None,
        "quantity": None,
        "image_link": None,
    }


async def test_they_are_found_by_store_words_and_gtin(database: Database, store: Store, listed: Listed) -> None:
    async with database.unit_of_work() as session:
        other = await add_store(session)
        await add_product(session, store.id, "a1", gtin=GTIN, titles=[("fr", "Bague 100%"), ("de", "Silberring")])
        await add_product(session, store.id, "b1", gtin="0" + GTIN, titles=[("fr", "Pain 1000")])
        await add_product(session, other.id, "c1", gtin=GTIN)
        await placeholder_product(session, store.id)
    assert await listed() == ["c1", "b1", "a1"]
    assert await listed(store_id=store.id) == ["b1", "a1"]
    assert await listed(store_id=[store.id, other.id]) == ["c1", "b1", "a1"]
    assert await listed(store_id=store.id, q="silber") == ["a1"]
    assert await listed(store_id=store.id, q="B1") == ["b1"]
    assert await listed(store_id=store.id, q="0%") == ["a1"]
    assert await listed(store_id=store.id, gtin="40-12345-678901") == ["b1", "a1"]
    assert await listed(store_id=store.id, gtin="12") == []


@pytest.mark.parametrize("name", ["q", "gtin"])
async def test_who_searches_names_the_stores(viewer: httpx.AsyncClient, name: str) -> None:
    response = await viewer.get(URL, params={name: "x"})
    assert (response.status_code, [error["path"] for error in response.json()["errors"]]) == (400, ["store_id"])


async def test_a_walk_shows_each_once(database: Database, store: Store, viewer: httpx.AsyncClient) -> None:
    async with database.unit_of_work() as session:
        for number in range(5):
            await add_product(session, store.id, f"{number}")
    walked: list[str] = []
    cursor: str | None = None
    while True:
        page = (await viewer.get(URL, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        walked += [item["marketplace_product_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert walked == ["4", "3", "2", "1", "0"]
