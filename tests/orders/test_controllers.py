"""The order routes over HTTP."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.db.database import Database
from backend.orders import OrderStatus
from tests.factories.orders import ORDERED_AT, address, incoming, item
from tests.factories.tenancy import add_store
from tests.orders.conftest import Shop
from tests.support.application import AsRole

URL = "/api/v1/admin/orders"

Listed = Callable[..., Awaitable[list[str]]]


@pytest_asyncio.fixture
async def viewer(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.VIEWER)


@pytest.fixture
def listed(viewer: httpx.AsyncClient) -> Listed:
    """A function from filters to the shipments that are listed."""

    async def ask(**query: Any) -> list[str]:  # Any: query values
        response = await viewer.get(URL, params=query)
        assert response.status_code == 200, response.text
        return [order["external_shipment_id"] for order in response.json()["items"]]

    return ask


class TestListing:
    async def test_an_order_is_shown_with_its_store_and_what_it_waits_for(
        self, shop: Shop, viewer: httpx.AsyncClient
    ) -> None:
        await shop.take(incoming("a", item(1, pieces=3), item(2)))
        (shown,) = (await viewer.get(URL)).json()["items"]
        assert (
            shown.items()
            >= {
                "store_id": shop.store_id,
                "store_name": "Moulin de Hesper",
                "channel": "letzshop",
                "external_order_number": "Ra",
                "status": "pending",
                "customer_name": "Anne Weber",
                "piece_count": 4,
                "subtotal_cents": 4 * 4_999,
                "shipping_amount_cents": None,
                "total_amount_cents": 5_500,
                "pending_exception_count": 2,
                "order_date": "2026-01-05T09:11:12Z",
            }.items()
        )

    async def test_filters_are_alternatives_within_and_conditions_between(
        self, shop: Shop, database: Database, listed: Listed
    ) -> None:
        async with database.unit_of_work() as session:
            other = Shop(database, shop.clock, (await add_store(session)).id)
        await shop.product("SKU-1")
        later = ORDERED_AT + timedelta(days=1)
        await shop.take(
            incoming("a", status=OrderStatus.PROCESSING),
            incoming("b", item(2), order_date=later),
            incoming("c", status=OrderStatus.CANCELLED, order_date=later + timedelta(days=1)),
        )
        await other.take(incoming("d", order_date=ORDERED_AT - timedelta(days=1)))
        assert await listed() == ["c", "b", "a", "d"]
        assert await listed(store_id=shop.store_id) == ["c", "b", "a"]
        assert await listed(store_id=[shop.store_id, other.store_id], status="pending") == ["b", "d"]
        assert await listed(status=["pending", "cancelled"]) == ["c", "b", "d"]
        assert await listed(has_exceptions=True) == ["b", "d"]
        assert await listed(has_exceptions=False, status="cancelled") == ["c"]
        assert await listed(channel="direct") == []
        assert await listed(channel=["direct", "letzshop"], since=later.isoformat()) == ["c", "b"]
        assert await listed(until=later.isoformat()) == ["a", "d"]

    @pytest.mark.parametrize("q", ["hA-1", "ra-1", "A-1@customer", "anne WEB", "a-1 ra", "100%"])
    async def test_words_are_looked_for_in_numbers_address_and_name(self, shop: Shop, listed: Listed, q: str) -> None:
        await shop.take(
            incoming("a-1", shipping_address=address(last_name="Weber 100%")),
            incoming("b-1", shipping_address=address(first_name="Ben", last_name="Muller 1000")),
        )
        assert await listed(q=q) == ["a-1"]

    async def test_a_walk_shows_each_order_once_also_those_of_one_moment(
        self, shop: Shop, viewer: httpx.AsyncClient
    ) -> None:
        await shop.take(*(incoming(f"{n}", order_date=ORDERED_AT + timedelta(days=n // 3)) for n in range(9)))
        walked: list[str] = []
        cursor: str | None = None
        while True:
            query = {"limit": 2, "store_id": shop.store_id} | ({"cursor": cursor} if cursor else {})
            page = (await viewer.get(URL, params=query)).json()
            walked += [order["external_shipment_id"] for order in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert walked == [str(n) for n in reversed(range(9))]

    async def test_a_cursor_of_other_filters_is_refused(self, shop: Shop, viewer: httpx.AsyncClient) -> None:
        await shop.take(incoming("a"), incoming("b"))
        cursor = (await viewer.get(URL, params={"limit": 1})).json()["next_cursor"]
        response = await viewer.get(URL, params={"limit": 1, "status": "pending", "cursor": cursor})
        assert [error["path"] for error in response.json()["errors"]] == ["cursor"]

    @pytest.mark.parametrize(("name", "value"), [("status", "lost"), ("channel", "fax"), ("since", "2026-01-05")])
    async def test_a_bad_filter_is_a_400_that_names_it(self, viewer: httpx.AsyncClient, name: str, value: str) -> None:
        response = await viewer.get(URL, params={name: value})
        assert response.status_code == 400
        assert name in response.text


class TestOne:
    async def test_it_is_shown_with_addresses_items_products_and_exceptions(
        self, shop: Shop, viewer: httpx.AsyncClient
    ) -> None:
        product = await shop.product("SKU-1", titles=[("de", "Ringlein"), ("en", "Ring")])
        await shop.take(incoming("a", item(1, pieces=2), item(2), billing_address=address(organisation="Orion")))
        order_id = (await shop.order())["id"]
        shown = (await viewer.get(f"{URL}/{order_id}")).json()
        assert shown["shipping_address"]["street"] == "Rue de la Gare"
        assert shown["billing_address"]["organisation"] == "Orion"
        assert shown["exception_notification_id"] == (await shop.notifications())[0]["id"]
        matched, unmatched = shown["items"]
        assert (matched["product"]["id"], matched["product"]["title"], matched["exception"]) == (product, "Ring", None)
        assert matched["units"] == [
            {"id": "iu_1_0", "state": "unconfirmed"},
            {"id": "iu_1_1", "state": "unconfirmed"},
        ]
        assert unmatched["product"] is None
        assert (
            unmatched["exception"].items()
            >= {
                "exception_type": "product_not_found",
                "status": "pending",
                "order_number": "Ha",
                "order_item_id": unmatched["id"],
            }.items()
        )
        (listed,) = (await viewer.get(URL)).json()["items"]
        assert shown.items() >= listed.items()

    async def test_a_missing_one_is_a_404(self, viewer: httpx.AsyncClient) -> None:
        response = await viewer.get(f"{URL}/4711")
        assert (response.status_code, response.json()["code"]) == (404, "order_not_found")
