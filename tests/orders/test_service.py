from datetime import timedelta

import msgspec
import pytest

from backend.db.database import Database
from backend.orders import (
    ExceptionsUnsettledError,
    NotTrackableError,
    OrderNotFoundError,
    OrderService,
    OrderStatus,
)
from tests.factories.orders import incoming, item
from tests.orders.conftest import Shop
from tests.support.times import FrozenClock


class TestUnits:
    async def test_what_the_marketplace_answered_is_kept_for_the_pieces_that_it_names(
        self, shop: Shop, database: Database, clock: FrozenClock
    ) -> None:
        await shop.take(incoming("a", item(1, pieces=2), item(2)))
        order_id = (await shop.order())["id"]
        clock.advance(timedelta(minutes=1))
        async with database.unit_of_work() as session:
            order = await OrderService(session, clock).set_units(
                order_id, {"iu_1_0": "confirmed", "iu_2_0": "declined", "of another order": "x"},
                status=OrderStatus.PROCESSING,
            )  # fmt: skip
            assert (order.status, order.confirmed_at, order.updated_at) == ("processing", clock.now(), clock.now())
        first, second = await shop.items()
        assert msgspec.json.decode(first["units"]) == [
            {"id": "iu_1_0", "state": "confirmed"},
            {"id": "iu_1_1", "state": "unconfirmed"},
        ]
        assert (first["item_state"], second["item_state"]) == ("mixed", "declined")

    async def test_a_stale_word_of_the_source_changes_none_of_it(
        self, shop: Shop, database: Database, clock: FrozenClock
    ) -> None:
        await shop.take(incoming("a"))
        async with database.unit_of_work() as session:
            await OrderService(session, clock).set_units(
                (await shop.order())["id"], {"iu_1_0": "declined"}, status=OrderStatus.CANCELLED
            )
        assert await shop.take(incoming("a")) == (0, 0, 1)
        assert ((await shop.order())["status"], (await shop.items())[0]["item_state"]) == ("cancelled", "declined")
        assert (await shop.order())["confirmed_at"] is None

    @pytest.mark.parametrize(
        ("state", "status"), [("confirmed", OrderStatus.PROCESSING), ("declined", OrderStatus.CANCELLED)]
    )
    async def test_an_order_that_moves_on_settles_what_was_told_of_its_exceptions(
        self, state: str, status: OrderStatus, shop: Shop, database: Database, clock: FrozenClock
    ) -> None:
        await shop.take(incoming("a"), incoming("b"))
        async with database.unit_of_work() as session:
            await OrderService(session, clock).set_units((await shop.orders())[0]["id"], {}, status=OrderStatus.PENDING)
        assert [row["settled_at"] for row in await shop.notifications()] == [None, None]
        async with database.unit_of_work() as session:
            await OrderService(session, clock).set_units(
                (await shop.orders())[0]["id"], {"iu_1_0": state}, status=status
            )
        first, second = await shop.notifications()
        assert first["settled_reason"] == "The order no longer waits to be confirmed."
        assert second["settled_at"] is None
        assert [row["status"] for row in await shop.exceptions()] == ["pending", "pending"]


class TestTracking:
    @pytest.mark.parametrize(
        "status", [OrderStatus.PENDING, OrderStatus.CANCELLED, OrderStatus.DELIVERED, OrderStatus.REFUNDED]
    )
    async def test_an_order_without_parcels_takes_none(
        self, status: OrderStatus, shop: Shop, database: Database, clock: FrozenClock
    ) -> None:
        await shop.take(incoming("a", status=status))
        order_id = (await shop.order())["id"]
        async with database.unit_of_work() as session:
            with pytest.raises(NotTrackableError, match=f"Order {order_id} is {status}: only an order") as refused:
                await OrderService(session, clock).set_tracking(order_id, provider="post.lu", number="P1")
        assert (refused.value.status, refused.value.code) == (409, "order_not_trackable")
        row = await shop.order()
        assert (row["status"], row["tracking_number"]) == (status, None)

    async def test_a_parcel_that_is_on_its_way_gets_another_number(
        self, shop: Shop, database: Database, clock: FrozenClock
    ) -> None:
        await shop.take(incoming("a", status=OrderStatus.SHIPPED, tracking_provider="x", tracking_number="P1"))
        async with database.unit_of_work() as session:
            order = await OrderService(session, clock).set_tracking(
                (await shop.order())["id"], provider="post.lu", number="P2"
            )
            assert (order.status, order.tracking_number) == ("shipped", "P2")


async def test_tracking_ships_the_order(shop: Shop, database: Database, clock: FrozenClock) -> None:
    await shop.take(incoming("a", status=OrderStatus.PROCESSING))
    async with database.unit_of_work() as session:
        order = await OrderService(session, clock).set_tracking(
            (await shop.order())["id"], provider="post.lu", number="P1"
        )
        assert (order.status, order.tracking_provider, order.tracking_number) == ("shipped", "post.lu", "P1")


async def test_an_order_is_read_as_it_is_now(shop: Shop, database: Database, clock: FrozenClock) -> None:
    await shop.take(incoming("a"))
    order_id = (await shop.order())["id"]
    async with database.unit_of_work() as session:
        service = OrderService(session, clock)
        assert (await service.get(order_id)).total_amount_cents == 5_500
        await service.take(store_id=shop.store_id, channel="letzshop", orders=[incoming("a", total_amount_cents=1)])
        assert (await service.get(order_id)).total_amount_cents == 1
        assert [item.external_variant_id for item in await service.items(order_id)] == ["v1"]


async def test_what_waits_for_products_may_not_be_confirmed(shop: Shop, database: Database, clock: FrozenClock) -> None:
    await shop.take(incoming("a", item(1), item(2)))
    async with database.unit_of_work() as session:
        with pytest.raises(ExceptionsUnsettledError, match="has 2 exceptions that are not settled") as refused:
            await OrderService(session, clock).confirmable((await shop.order())["id"])
    assert (refused.value.status, refused.value.count) == (409, 2)


async def test_the_orders_of_a_store_that_wait_are_named_by_their_shipments(
    shop: Shop, database: Database, clock: FrozenClock
) -> None:
    await shop.take(incoming("a"), incoming("b", status=OrderStatus.PROCESSING))
    async with database.unit_of_work() as session:
        service = OrderService(session, clock)
        await service.take(store_id=shop.store_id, channel="elsewhere", orders=[incoming("c")])
        assert await service.waiting_shipments(store_id=shop.store_id, channel="letzshop") == {"a"}


async def test_an_unknown_order_is_not_found(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        service = OrderService(session, clock)
        tracking = service.set_tracking(4711, provider="a", number="b")
        for call in (service.get(4711), service.confirmable(4711), tracking):
            with pytest.raises(OrderNotFoundError):
                await call
