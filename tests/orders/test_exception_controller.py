"""The workbench's routes over HTTP; the service's own rules are proved beside it."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.db.database import Database
from backend.orders import OrderStatus
from tests.factories.orders import incoming, item
from tests.factories.tenancy import add_store
from tests.orders.conftest import Shop
from tests.support.application import AsRole
from tests.support.times import FrozenClock

URL = "/api/v1/admin/order-exceptions"
GTIN = "4012345678901"

Json = Any  # replies are JSON
Ask = Callable[..., Awaitable[Json]]


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


@pytest.fixture
def ask(operator: httpx.AsyncClient) -> Ask:
    """A function from a path and filters to a good reply."""

    async def get(path: str = "", **query: Any) -> Json:  # Any: query values
        response = await operator.get(f"{URL}{path}", params=query)
        assert response.status_code == 200, response.text
        return response.json()

    return get


async def only_id(shop: Shop) -> int:
    (exception,) = await shop.exceptions()
    found: int = exception["id"]
    return found


class TestListing:
    async def test_each_is_shown_with_its_order_and_store(self, shop: Shop, ask: Ask, clock: FrozenClock) -> None:
        await shop.take(incoming("a", item(1, pieces=2, gtin=GTIN)))
        (shown,) = (await ask())["items"]
        assert shown == {
            "id": shown["id"],
            "order_id": (await shop.order())["id"],
            "order_item_id": (await shop.items())[0]["id"],
            "order_number": "Ha",
            "external_order_number": "Ra",
            "order_status": "pending",
            "order_date": "2026-01-05T09:11:12Z",
            "store_id": shop.store_id,
            "store_name": "Moulin de Hesper",
            "exception_type": "product_not_found",
            "status": "pending",
            "original_product_name": "Ring 1",
            "original_gtin": GTIN,
            "original_sku": "SKU-1",
            "comparable_gtin": "0" + GTIN,
            "quantity": 2,
            "unit_price_cents": 4_999,
            "currency": "EUR",
            "resolved_product": None,
            "resolved_at": None,
            "resolved_by": None,
            "resolution_notes": None,
            "created_at": clock.now().isoformat().replace("+00:00", "Z"),
            "updated_at": clock.now().isoformat().replace("+00:00", "Z"),
        }
        assert await ask(f"/{shown['id']}") == shown

    async def test_filters_words_and_pages(self, shop: Shop, database: Database, ask: Ask) -> None:
        async with database.unit_of_work() as session:
            other = Shop(database, shop.clock, (await add_store(session)).id)
        for sku in "xy":
            await shop.product(sku, gtin="96385074")
        await shop.take(
            incoming("a", item(1, name="Bague d'or"), item(2, gtin="96385074")), incoming("b", item(3, sku="50%"))
        )
        await other.take(incoming("c", item(4, gtin=GTIN)))

        async def names(**query: Any) -> list[str]:  # Any: query values
            return [shown["original_product_name"] for shown in (await ask(**query))["items"]]

        assert await names() == ["Ring 4", "Ring 3", "Ring 2", "Bague d'or"]
        assert await names(store_id=shop.store_id, status="pending") == ["Ring 3", "Ring 2", "Bague d'or"]
        assert await names(store_id=[shop.store_id, other.store_id], status=["pending", "ignored"], limit=1) == [
            "Ring 4"
        ]
        assert await names(exception_type="duplicate_gtin") == ["Ring 2"]
        assert await names(status="resolved") == []
        assert await names(gtin="000096385074") == ["Ring 2"]
        (ring,) = (await ask(q="Ring 3"))["items"]
        assert await names(order_id=ring["order_id"]) == ["Ring 3"]
        assert await names(q="D'OR") == ["Bague d'or"]
        assert await names(q=GTIN[3:9]) == ["Ring 4"]
        assert await names(q="0%") == ["Ring 3"]
        first = await ask(limit=3)
        assert [
            shown["original_product_name"] for shown in (await ask(limit=3, cursor=first["next_cursor"]))["items"]
        ] == ["Bague d'or"]

    async def test_a_gtin_that_is_none_is_a_400_that_names_it(self, operator: httpx.AsyncClient) -> None:
        reply = await operator.get("/api/v1/admin/order-exceptions", params={"gtin": "12345"})
        assert (reply.status_code, reply.json()["errors"][0]["path"]) == (400, "gtin")

    async def test_the_figures_count_what_is_pending_by_its_kind(
        self, shop: Shop, ask: Ask, operator: httpx.AsyncClient
    ) -> None:
        await shop.product("SKU-1", gtin="96385074")
        await shop.take(incoming("a", item(1, gtin=GTIN), item(2)), incoming("b", item(3)))
        ignored = (await shop.exceptions())[2]
        await operator.post(f"{URL}/{ignored['id']}/ignore", json={"notes": "a gift"})
        stats = await ask("/stats")
        assert stats.pop("oldest_pending_at") is not None
        assert stats == {
            "pending": 2,
            "resolved": 0,
            "ignored": 1,
            "pending_by_type": {"product_not_found": 1, "gtin_mismatch": 1, "duplicate_gtin": 0},
            "waiting_orders": 1,
        }
        assert (await ask("/stats", store_id=4711))["pending"] == 0

    async def test_an_order_that_is_confirmed_already_waits_for_nothing(self, shop: Shop, ask: Ask) -> None:
        await shop.take(incoming("a"), incoming("b", status=OrderStatus.PROCESSING))
        stats = await ask("/stats", store_id=shop.store_id)
        assert (stats["pending"], stats["waiting_orders"]) == (2, 1)
        confirmed, waiting = (await ask())["items"]
        assert (confirmed["order_status"], waiting["order_status"]) == ("processing", "pending")


class TestSettling:
    async def test_resolving_answers_with_product_and_person_and_is_audited(
        self, shop: Shop, operator: httpx.AsyncClient
    ) -> None:
        product = await shop.product("other")
        await shop.take(incoming("a"))
        exception_id = await only_id(shop)
        response = await operator.post(
            f"{URL}/{exception_id}/resolve", json={"product_id": product, "notes": "the same"}
        )
        assert response.status_code == 200, response.text
        settled = response.json()
        assert (settled["status"], settled["resolved_product"]["id"], settled["resolved_by"]["name"]) == (
            "resolved", product, "Operator Test",
        )  # fmt: skip
        assert (await operator.get(f"{URL}/{exception_id}")).json() == settled
        (line,) = await shop.rows("select * from audit_log")
        assert (line["action"], line["target"]) == ("order_exception.resolve", str(exception_id))
        assert msgspec.json.decode(line["detail"]) == {"order_id": settled["order_id"], "product_id": product}

    async def test_ignoring_needs_a_reason_and_is_audited_with_it(
        self, shop: Shop, operator: httpx.AsyncClient
    ) -> None:
        await shop.take(incoming("a"))
        path = f"{URL}/{await only_id(shop)}/ignore"
        for body in ({}, {"notes": ""}, {"notes": "  \n"}, {"notes": None}):
            refused = await operator.post(path, json=body)
            assert (refused.status_code, [error["path"] for error in refused.json()["errors"]]) == (400, ["notes"])
        assert (await operator.post(path, json={"notes": "a gift"})).json()["status"] == "ignored"
        (line,) = await shop.rows("select * from audit_log")
        assert line["action"] == "order_exception.ignore"
        assert msgspec.json.decode(line["detail"])["notes"] == "a gift"

    async def test_a_second_time_is_a_409_but_the_same_call_again_is_the_same_answer(
        self, shop: Shop, operator: httpx.AsyncClient
    ) -> None:
        await shop.take(incoming("a"))
        path = f"{URL}/{await only_id(shop)}/ignore"
        key = {"Idempotency-Key": "k1"}
        first = await operator.post(path, json={"notes": "a gift"}, headers=key)
        again = await operator.post(path, json={"notes": "a gift"}, headers=key)
        assert (again.status_code, again.json()) == (200, first.json())
        late = await operator.post(path, json={"notes": "a gift"})
        assert (late.status_code, late.json()["code"]) == (409, "order_item_exception_settled")

    async def test_a_product_that_it_cannot_be_is_a_400_that_names_the_field(
        self, shop: Shop, operator: httpx.AsyncClient
    ) -> None:
        await shop.take(incoming("a"))
        response = await operator.post(f"{URL}/{await only_id(shop)}/resolve", json={"product_id": 4711})
        assert response.status_code == 400
        assert [error["path"] for error in response.json()["errors"]] == ["product_id"]

    async def test_all_of_a_gtin_are_resolved_at_once(self, shop: Shop, operator: httpx.AsyncClient) -> None:
        product = await shop.product("other")
        await shop.take(incoming("a", item(1, gtin=GTIN)), incoming("b", item(1, gtin=GTIN)))
        body = {"gtin": GTIN, "product_id": product}
        response = await operator.post(f"{URL}/bulk-resolve", json=body)
        assert (response.status_code, response.json()) == (200, {"resolved_count": 2})
        people = await shop.rows("select distinct resolved_by_user_id is not null as known from order_item_exceptions")
        assert people == [{"known": True}]
        (line,) = await shop.rows("select * from audit_log")
        assert msgspec.json.decode(line["detail"]) == body | {"resolved_count": 2}

    async def test_a_missing_one_is_a_404(self, operator: httpx.AsyncClient) -> None:
        for response in (
            await operator.get(f"{URL}/4711"),
            await operator.get(f"{URL}/4711/suggestions"),
            await operator.post(f"{URL}/4711/ignore", json={"notes": "x"}),
        ):
            assert (response.status_code, response.json()["code"]) == (404, "order_item_exception_not_found")

    async def test_a_viewer_settles_nothing(self, shop: Shop, as_role: AsRole) -> None:
        await shop.take(incoming("a"))
        viewer = await as_role(Role.VIEWER)
        response = await viewer.post(f"{URL}/{await only_id(shop)}/ignore", json={"notes": "x"})
        assert response.status_code == 403
        assert [row["status"] for row in await shop.exceptions()] == ["pending"]


class TestSuggestions:
    async def test_numbers_come_before_names_each_product_once(self, shop: Shop, database: Database, ask: Ask) -> None:
        async with database.unit_of_work() as session:
            other = Shop(database, shop.clock, (await add_store(session)).id)
        titles = [("fr", "Bague en argent"), ("de", "Silberring mit Perle")]
        first = await shop.product("x", gtin=GTIN)
        second = await shop.product("y", gtin="0" + GTIN)
        by_sku = await shop.product("SKU-1", gtin="96385074", titles=titles)
        alike = await shop.product("z", titles=[("en", "Silver ring"), ("de", "Silberring mit Stein")])
        await shop.product("unlike", titles=[("fr", "Pain de seigle")])
        await other.product("SKU-1", gtin=GTIN, titles=titles)
        await shop.take(incoming("a", item(1, gtin=GTIN, sku=None), item(2, name="Silberring mit Perle")))
        await shop.rows("update order_item_exceptions set original_sku = 'SKU-1', comparable_gtin = $1", "0" + GTIN)
        named = (await shop.exceptions())[1]
        found = (await ask(f"/{named['id']}/suggestions"))["items"]
        assert [(one["product"]["id"], one["reason"]) for one in found] == [
            (first, "gtin"), (second, "gtin"), (by_sku, "sku"), (alike, "name"),
        ]  # fmt: skip
        assert [one["score"] for one in found[:3]] == [1.0, 1.0, 1.0]
        assert 0.3 < found[3]["score"] < 1

    async def test_the_ten_likeliest_are_enough_and_placeholders_are_never_among_them(
        self, shop: Shop, database: Database, ask: Ask
    ) -> None:
        for number in range(12):
            await shop.product(f"x{number}", titles=[("fr", f"Ring {number}")])
        await shop.take(incoming("a", item(11, sku=None)))
        await shop.rows(
            "insert into product_translations (product_id, language, title) "
            "select id, 'fr', 'Ring 11' from products where marketplace = 'placeholder'"
        )
        found = (await ask(f"/{await only_id(shop)}/suggestions"))["items"]
        assert len(found) == 10
        assert (found[0]["product"]["title"], found[0]["score"]) == ("Ring 11", 1.0)
        assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
        assert {one["product"]["marketplace_product_id"][0] for one in found} == {"x"}
