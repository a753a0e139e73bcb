from datetime import timedelta

import msgspec
import pytest

from backend.db.database import Database
from backend.orders import ExceptionsUnsettledError, OrderNotFoundError, OrderService, OrderStatus
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


async def test_an_unknown_order_is_not_found(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        service = OrderService(session, clock)
        tracking = service.set_tracking(4711, provider="a", number="b")
        for call in (service.get(4711), service.confirmable(4711), tracking):
            with pytest.raises(OrderNotFoundError):
                await call
