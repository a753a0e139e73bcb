import asyncio
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from backend.db.database import Database
from backend.db.doorbells import Hint
from backend.orders import OrderService, OrderStatus
from tests.factories.orders import address, incoming, item, take
from tests.orders.conftest import Shop
from tests.support.jobs import RecordingBell
from tests.support.times import FrozenClock

GTIN = "4012345678901"


class TestNewOrders:
    async def test_all_that_the_source_says_is_kept(self, shop: Shop, clock: FrozenClock) -> None:
        product = await shop.product("SKU-1")
        order = incoming(
            "shp_1",
            item(1, pieces=2, mpn="M1", brand="Orion", gtin=GTIN, gtin_type="gtin13"),
            billing_address=address(first_name="Ben", organisation="Orion SARL", country_iso="DE"),
            tracking_provider="colissimo",
            tracking_number="T1",
        )
        assert await shop.take(order) == (1, 0, 0)
        row = await shop.order()
        shown = {name: row[name] for name in row.keys() - {"id", "content_hash", "customer_id", "store_id"}}
        addresses = [msgspec.json.decode(shown.pop(f"{kind}_address")) for kind in ("shipping", "billing")]
        assert addresses == [msgspec.to_builtins(order.shipping_address), msgspec.to_builtins(order.billing_address)]
        assert msgspec.json.decode(shown.pop("external_data")) == order.external_data
        assert shown == {
            "order_number": "Hshp_1",
            "channel": "letzshop",
            "external_shipment_id": "shp_1",
            "external_order_id": "ord_shp_1",
            "external_order_number": "Rshp_1",
            "status": "pending",
            "customer_email": "shp_1@customer.example",
            "customer_name": "Anne Weber",
            "customer_locale": "fr",
            "shipping_country_iso": "LU",
            "billing_country_iso": "DE",
            "subtotal_cents": 9_998,
            "shipping_amount_cents": None,
            "total_amount_cents": 5_500,
            "currency": "EUR",
            "tracking_provider": "colissimo",
            "tracking_number": "T1",
            "order_date": order.order_date,
            "confirmed_at": None,
            "pending_exception_count": 0,
            "exception_notification_id": None,
            "created_at": clock.now(),
            "updated_at": clock.now(),
        }
        (kept,) = await shop.items()
        assert msgspec.json.decode(kept.pop("units")) == [
            {"id": "iu_1_0", "state": "unconfirmed"},
            {"id": "iu_1_1", "state": "unconfirmed"},
        ]
        assert kept | {"id": 0, "order_id": 0} == {
            "id": 0,
            "order_id": 0,
            "product_id": product,
            "external_variant_id": "v1",
            "product_name": "Ring 1",
            "sku": "SKU-1",
            "mpn": "M1",
            "brand": "Orion",
            "gtin": GTIN,
            "gtin_type": "gtin13",
            "item_state": "unconfirmed",
            "needs_product_match": False,
            "quantity": 2,
            "unit_price_cents": 4_999,
            "total_price_cents": 9_998,
        }

    async def test_the_same_again_changes_nothing(self, shop: Shop) -> None:
        versions = "select xmin::text, ctid::text from orders union all select xmin::text, ctid::text from order_items"
        orders = [incoming(f"shp_{number}", item(1), item(2)) for number in range(5)]
        assert await shop.take(*orders) == (5, 0, 0)
        before = await shop.rows(versions)
        shuffled = [replace(order, items=order.items[::-1]) for order in orders]
        assert await shop.take(*shuffled) == (0, 0, 5)
        assert await shop.rows(versions) == before
        assert len(await shop.notifications()) == 5

    async def test_of_a_shipment_that_is_said_twice_the_last_one_wins(self, shop: Shop) -> None:
        assert await shop.take(incoming("a", total_amount_cents=1), incoming("a", total_amount_cents=2)) == (1, 0, 1)
        assert (await shop.order())["total_amount_cents"] == 2

    async def test_an_empty_chunk_is_fine_and_so_is_an_order_without_items(self, shop: Shop) -> None:
        assert await shop.take() == (0, 0, 0)
        assert await shop.take(replace(incoming("a"), items=())) == (1, 0, 0)
        assert (await shop.order())["subtotal_cents"] == 0

    async def test_texts_that_postgresql_cannot_hold_are_cleaned_and_known_again(self, shop: Shop) -> None:
        order = incoming("a", item(name="Ri\x00ng \ud800"), external_data={"note\x00": ["\x00"]})
        assert await shop.take(order) == (1, 0, 0)
        assert await shop.take(order) == (0, 0, 1)
        assert [row["product_name"] for row in await shop.items()] == ["Ring ?"]

    async def test_stores_and_channels_have_their_own(self, shop: Shop, database: Database, clock: FrozenClock) -> None:
        await shop.take(incoming("a"))
        async with database.unit_of_work() as session:
            taken = await OrderService(session, clock).take(
                store_id=shop.store_id, channel="elsewhere", orders=[incoming("a")]
            )
        assert taken.created == 1

    async def test_one_order_and_many_ring_once(
        self, belled: Database, bell: RecordingBell, shop: Shop, clock: FrozenClock
    ) -> None:
        await shop.product("SKU-1")
        async with belled.unit_of_work() as session:
            await take(session, clock, shop.store_id, incoming("a"))
        order_id = (await shop.order())["id"]
        assert bell.rung == [Hint("order.changed", id=order_id, store_id=shop.store_id)]
        async with belled.unit_of_work() as session:
            await take(session, clock, shop.store_id, incoming("b"), incoming("c"))
            await take(session, clock, shop.store_id, incoming("a"), incoming("b"))
        assert bell.rung[1:] == [Hint("order.changed", store_id=shop.store_id)]


class TestCustomers:
    async def test_one_is_made_inactive_for_each_address_however_it_is_written(self, shop: Shop) -> None:
        await shop.take(incoming("a", customer_email="Anne@Customer.example"))
        await shop.take(
            incoming("b", customer_email=" anne@customer.EXAMPLE", shipping_address=address(first_name="Other"))
        )
        (customer,) = await shop.rows("select * from customers")
        assert (customer["email"], customer["first_name"], customer["locale"], customer["is_active"]) == (
            "anne@customer.example", "Anne", "fr", False,
        )  # fmt: skip
        assert {order["customer_id"] for order in await shop.orders()} == {customer["id"]}

    @pytest.mark.parametrize("email", [None, "", " "])
    async def test_an_order_without_an_address_has_none(self, shop: Shop, email: str | None) -> None:
        await shop.take(incoming("a", customer_email=email))
        assert await shop.rows("select * from customers") == []
        assert (await shop.order())["customer_id"] is None


class TestChangedOrders:
    async def test_what_differs_is_written(self, shop: Shop, clock: FrozenClock) -> None:
        order = incoming("a", item(1, pieces=2), item(2))
        await shop.take(order)
        made = (await shop.order())["created_at"]
        clock.advance(timedelta(minutes=5))
        later = replace(
            order,
            status=OrderStatus.PROCESSING,
            items=(item(1, state="confirmed"), item(3, state="confirmed")),
            total_amount_cents=99,
        )
        assert await shop.take(later) == (0, 1, 0)
        row = await shop.order()
        assert (row["status"], row["total_amount_cents"], row["subtotal_cents"]) == ("processing", 99, 9_998)
        assert (row["created_at"], row["updated_at"], row["confirmed_at"]) == (made, clock.now(), clock.now())
        assert [(item["external_variant_id"], item["quantity"], item["item_state"]) for item in await shop.items()] == [
            ("v1", 1, "confirmed"),
            ("v3", 1, "confirmed"),
        ]

    async def test_pieces_that_differ_are_mixed(self, shop: Shop) -> None:
        units = (*item(1, pieces=1).units, *item(2, state="declined").units)
        await shop.take(incoming("a", replace(item(1), units=units)))
        assert [row["item_state"] for row in await shop.items()] == ["mixed"]

    async def test_what_is_known_here_already_is_not_moved_back(
        self, shop: Shop, database: Database, clock: FrozenClock
    ) -> None:
        order = incoming("a", status=OrderStatus.PROCESSING)
        await shop.take(order)
        order_id = (await shop.order())["id"]
        async with database.unit_of_work() as session:
            await OrderService(session, clock).set_tracking(order_id, provider="post.lu", number="P1")
        assert await shop.take(replace(order, total_amount_cents=99)) == (0, 1, 0)
        row = await shop.order()
        assert (row["status"], row["tracking_provider"], row["tracking_number"]) == ("shipped", "post.lu", "P1")
        followed = replace(order, tracking_provider="colissimo", tracking_number="C1")
        await shop.take(followed)
        row = await shop.order()
        assert (row["status"], row["tracking_provider"], row["tracking_number"]) == ("shipped", "colissimo", "C1")

    async def test_a_product_that_was_found_stays_found(self, shop: Shop) -> None:
        product = await shop.product("SKU-1")
        order = incoming("a")
        await shop.take(order)
        await shop.rows("update products set marketplace_product_id = 'renamed'")
        await shop.take(replace(order, total_amount_cents=1))
        assert [(row["product_id"], row["needs_product_match"]) for row in await shop.items()] == [(product, False)]
        assert await shop.exceptions() == []


class TestUnmatchedItems:
    async def test_they_block_nothing_and_leave_an_exception_each(self, shop: Shop) -> None:
        matched = await shop.product("SKU-1")
        order = incoming("a", item(1), item(2, gtin="not a number"), item(3, gtin="04012345678901", name="N" * 600))
        assert await shop.take(order) == (1, 0, 0)
        (placeholder,) = await shop.rows("select id from products where marketplace = 'placeholder'")
        assert [(row["product_id"], row["needs_product_match"]) for row in await shop.items()] == [
            (matched, False),
            (placeholder["id"], True),
            (placeholder["id"], True),
        ]
        second, third = await shop.exceptions()
        assert (second["exception_type"], second["status"], second["original_gtin"], second["original_sku"]) == (
            "product_not_found", "pending", "not a number", "SKU-2",
        )  # fmt: skip
        assert (second["comparable_gtin"], third["comparable_gtin"]) == (None, "0" + GTIN)
        assert len(third["original_product_name"]) == 500
        assert (await shop.order())["pending_exception_count"] == 2

    async def test_one_notification_an_order_is_kept_on_it(self, shop: Shop) -> None:
        await shop.take(incoming("a", item(1), item(2)), incoming("b", item(1)))
        first, second = await shop.notifications()
        orders = await shop.orders()
        assert [order["exception_notification_id"] for order in orders] == [first["id"], second["id"]]
        assert (first["title"], second["title"]) == (
            "Order Ra has 2 unmatched products",
            "Order Rb has 1 unmatched product",
        )
        assert first["action_url"] == f"/orders/{orders[0]['id']}"
        assert first["store_id"] == shop.store_id

    async def test_an_order_without_a_number_of_its_marketplace_is_told_of_by_its_own(self, shop: Shop) -> None:
        await shop.take(incoming("a", external_order_number=""))
        (told,) = await shop.notifications()
        assert told["title"] == "Order Ha has 1 unmatched product"

    async def test_an_order_that_changes_while_it_waits_is_not_told_again(self, shop: Shop) -> None:
        order = incoming("a", item(1))
        await shop.take(order)
        assert await shop.take(replace(order, items=(item(1), item(2)))) == (0, 1, 0)
        assert (await shop.order())["pending_exception_count"] == 2
        assert len(await shop.notifications()) == 1

    async def test_what_the_order_no_longer_has_needs_no_product_and_settles_the_notification(self, shop: Shop) -> None:
        await shop.product("SKU-1")
        order = incoming("a", item(1), item(2))
        await shop.take(order)
        await shop.take(replace(order, items=(item(1),)))
        assert await shop.exceptions() == []
        assert (await shop.order())["pending_exception_count"] == 0
        (notification,) = await shop.notifications()
        assert notification["settled_reason"] == "The order has changed: it has no unmatched product any more."

    async def test_an_item_that_joins_later_and_is_unmatched_tells_of_the_order(self, shop: Shop) -> None:
        await shop.product("SKU-1")
        order = incoming("a", item(1))
        await shop.take(order)
        assert await shop.notifications() == []
        await shop.take(replace(order, items=(item(1), item(2))))
        (notification,) = await shop.notifications()
        assert (await shop.order())["exception_notification_id"] == notification["id"]

    async def test_an_order_that_is_dealt_with_already_rings_nobody_but_has_its_exception(self, shop: Shop) -> None:
        await shop.take(incoming("a", status=OrderStatus.PROCESSING), incoming("b", status=OrderStatus.SHIPPED))
        assert len(await shop.exceptions()) == 2
        assert await shop.notifications() == []

    async def test_when_an_order_that_comes_confirmed_was_confirmed_is_not_known(self, shop: Shop) -> None:
        await shop.take(incoming("a", status=OrderStatus.PROCESSING))
        assert (await shop.order())["confirmed_at"] is None

    async def test_an_order_that_was_confirmed_elsewhere_settles_what_was_told_of_it(self, shop: Shop) -> None:
        order = incoming("a")
        await shop.take(order, incoming("b"))
        await shop.take(replace(order, status=OrderStatus.PROCESSING))
        first, second = await shop.notifications()
        assert first["settled_reason"] == "The order no longer waits to be confirmed."
        assert second["settled_at"] is None
        assert [row["status"] for row in await shop.exceptions()] == ["pending", "pending"]

    async def test_products_of_other_stores_and_marketplaces_and_placeholders_match_nothing(self, shop: Shop) -> None:
        await shop.product("SKU-1", marketplace="Elsewhere")
        await shop.take(incoming("a"), incoming("b", item(1, sku="placeholder")))
        assert len(await shop.exceptions()) == 2


async def test_the_same_chunk_taken_twice_at_once_gives_one_set_of_rows(shop: Shop) -> None:
    orders = [incoming(f"shp_{number:03}", item(1), item(2)) for number in range(50)]
    results = await asyncio.gather(*(shop.take(*chosen) for chosen in (orders, orders[::-1], orders[10:40])))
    assert [sum(counts) for counts in zip(*results, strict=True)] == [50, 0, 80]
    assert len(await shop.orders()) == 50
    assert len(await shop.items()) == 100
    assert len(await shop.exceptions()) == 100
    assert len(await shop.notifications()) == 50
    assert await shop.rows("select count(*) as n from products where marketplace = 'placeholder'") == [{"n": 1}]


async def test_chunks_that_overlap_and_differ_do_not_deadlock(shop: Shop) -> None:
    orders = [incoming(f"shp_{number:03}") for number in range(30)]
    await shop.take(*orders)
    changed = [[replace(order, total_amount_cents=cents) for order in orders] for cents in range(6)]
    results = await asyncio.gather(*(shop.take(*chunk[:: 1 - 2 * (n % 2)]) for n, chunk in enumerate(changed)))
    assert [updated for _, updated, _ in results] == [30] * 6
