import asyncio

import pytest

from backend.core.errors import InvalidInputError, TocsinError
from backend.db.database import Database
from backend.db.doorbells import Hint
from backend.notifications import AdminNotificationService
from backend.orders import ExceptionsUnsettledError, OrderService
from backend.orders.errors import AlreadySettledError, ExceptionNotFoundError
from backend.orders.exception_service import ExceptionService
from tests.factories.orders import incoming, item
from tests.factories.tenancy import add_store
from tests.orders.conftest import Shop
from tests.support.jobs import RecordingBell
from tests.support.times import FrozenClock

GTIN = "4012345678901"


async def resolve(shop: Shop, exception_id: int, product_id: int) -> None:
    async with shop.database.unit_of_work() as session:
        await ExceptionService(session, shop.clock).resolve(
            exception_id, product_id=product_id, notes="the same", user_id=None
        )


async def ignore(shop: Shop, exception_id: int) -> None:
    async with shop.database.unit_of_work() as session:
        await ExceptionService(session, shop.clock).ignore(exception_id, notes="a gift", user_id=None)


async def bulk_resolve(shop: Shop, gtin: str, product_id: int) -> int:
    async with shop.database.unit_of_work() as session:
        return await ExceptionService(session, shop.clock).bulk_resolve(gtin=gtin, product_id=product_id, user_id=None)


class TestResolving:
    async def test_the_item_gets_its_product_and_the_last_one_settles_the_notification(
        self, shop: Shop, database: Database, clock: FrozenClock
    ) -> None:
        product = await shop.product("other")
        await shop.take(incoming("a", item(1), item(2)))
        first, second = [row["id"] for row in await shop.exceptions()]
        await resolve(shop, first, product)
        order_id = (await shop.order())["id"]
        assert (await shop.order())["pending_exception_count"] == 1
        async with database.unit_of_work() as session:
            with pytest.raises(ExceptionsUnsettledError, match="1 exception that is not settled"):
                await OrderService(session, clock).confirmable(order_id)
            assert await AdminNotificationService(session, clock).get_unread_count() == 1
        await resolve(shop, second, product)
        assert [(row["product_id"], row["needs_product_match"]) for row in await shop.items()] == [(product, False)] * 2
        settled = (await shop.exceptions())[0]
        told = {name: settled[name] for name in ("status", "resolved_product_id", "resolved_at", "resolution_notes")}
        assert list(told.values()) == ["resolved", product, clock.now(), "the same"]
        async with database.unit_of_work() as session:
            assert (await OrderService(session, clock).confirmable(order_id)).id == order_id
            assert await AdminNotificationService(session, clock).get_unread_count() == 0
        (notification,) = await shop.notifications()
        assert notification["settled_reason"] == "All products of the order are settled."

    async def test_what_is_settled_stays_as_it_is(self, shop: Shop) -> None:
        product = await shop.product("other")
        await shop.take(incoming("a"))
        (exception,) = await shop.exceptions()
        await ignore(shop, exception["id"])
        with pytest.raises(AlreadySettledError, match="has been ignored already"):
            await resolve(shop, exception["id"], product)
        with pytest.raises(AlreadySettledError):
            await ignore(shop, exception["id"])

    async def test_of_two_who_settle_at_once_one_is_late(self, shop: Shop) -> None:
        product = await shop.product("other")
        await shop.take(incoming("a"))
        (exception,) = await shop.exceptions()
        ended = await asyncio.gather(
            *(resolve(shop, exception["id"], product) for _ in range(4)), return_exceptions=True
        )
        assert sorted(type(end).__name__ for end in ended) == ["AlreadySettledError"] * 3 + ["NoneType"]
        assert (await shop.order())["pending_exception_count"] == 0

    async def test_only_a_product_of_the_marketplace_and_the_store_will_do(
        self, shop: Shop, database: Database
    ) -> None:
        await shop.take(incoming("a"))
        (exception,) = await shop.exceptions()
        async with database.unit_of_work() as session:
            other = Shop(database, shop.clock, (await add_store(session)).id)
        placeholder = (await shop.items())[0]["product_id"]
        for product_id in (placeholder, 4711, await shop.product("x", marketplace="E"), await other.product("y")):
            with pytest.raises(InvalidInputError) as refused:
                await resolve(shop, exception["id"], product_id)
            assert [error.path for error in refused.value.errors] == ["product_id"]
        assert (await shop.order())["pending_exception_count"] == 1

    async def test_an_unknown_one_is_not_found(self, shop: Shop) -> None:
        with pytest.raises(ExceptionNotFoundError):
            await resolve(shop, 4711, await shop.product("x"))

    async def test_it_rings_for_the_exception_and_its_order(
        self, shop: Shop, belled: Database, bell: RecordingBell
    ) -> None:
        await shop.take(incoming("a"))
        (exception,) = await shop.exceptions()
        async with belled.unit_of_work() as session:
            await ExceptionService(session, shop.clock).ignore(exception["id"], notes="a gift", user_id=None)
        (notification,) = await shop.notifications()
        assert set(bell.rung) == {
            Hint("order_exception.changed", id=exception["id"]),
            Hint("order.changed", id=exception["order_id"]),
            Hint("notification.changed", id=notification["id"]),
        }


class TestIgnoring:
    async def test_it_counts_as_settled_and_keeps_why(self, shop: Shop) -> None:
        await shop.take(incoming("a"))
        (exception,) = await shop.exceptions()
        before = (await shop.items())[0]["product_id"]
        await ignore(shop, exception["id"])
        (settled,) = await shop.exceptions()
        assert (settled["status"], settled["resolution_notes"], settled["resolved_product_id"]) == (
            "ignored", "a gift", None,
        )  # fmt: skip
        assert (await shop.order())["pending_exception_count"] == 0
        assert [(row["product_id"], row["needs_product_match"]) for row in await shop.items()] == [(before, False)]

    async def test_the_same_order_said_again_or_changed_does_not_raise_it_again(self, shop: Shop) -> None:
        await shop.take(incoming("a"))
        await ignore(shop, (await shop.exceptions())[0]["id"])
        await shop.take(incoming("a"))
        await shop.take(incoming("a", total_amount_cents=1))
        assert [row["status"] for row in await shop.exceptions()] == ["ignored"]
        assert len(await shop.notifications()) == 1


class TestBulkResolving:
    async def test_all_pending_ones_of_the_store_with_the_gtin_however_written(
        self, shop: Shop, database: Database
    ) -> None:
        product = await shop.product("other")
        async with database.unit_of_work() as session:
            elsewhere = Shop(database, shop.clock, (await add_store(session)).id)
        await shop.take(
            incoming("a", item(1, gtin=GTIN), item(2, gtin="0" + GTIN)),
            incoming("b", item(3, gtin=GTIN), item(4, gtin="96385074")),
            incoming("c", item(5, gtin=GTIN)),
        )
        await elsewhere.take(incoming("a", item(1, gtin=GTIN)))
        await ignore(shop, (await shop.exceptions())[0]["id"])
        assert await bulk_resolve(shop, "40-12345 678901", product) == 3
        assert await bulk_resolve(shop, GTIN, product) == 0
        assert [row["status"] for row in await shop.exceptions()] == [
            "ignored", "resolved", "resolved", "pending", "resolved", "pending",
        ]  # fmt: skip
        assert [row["pending_exception_count"] for row in await shop.orders()] == [0, 1, 0, 1]
        assert [row["settled_at"] is None for row in await shop.notifications()] == [False, True, False, True]

    @pytest.mark.parametrize(("gtin", "product_id", "field"), [("123", None, "gtin"), (GTIN, 4711, "product_id")])
    async def test_bad_input_names_its_field(self, shop: Shop, gtin: str, product_id: int | None, field: str) -> None:
        with pytest.raises(TocsinError) as refused:
            await bulk_resolve(shop, gtin, product_id or await shop.product("x"))
        assert [error.path for error in refused.value.errors] == [field]

    async def test_beside_orders_that_come_it_neither_waits_for_ever_nor_forgets_one(self, shop: Shop) -> None:
        product = await shop.product("other")
        chunks = [[incoming(f"{n}-{m}", item(1, gtin=GTIN)) for m in range(20)] for n in range(6)]
        await asyncio.gather(
            *(shop.take(*chunk) for chunk in chunks), *(bulk_resolve(shop, GTIN, product) for _ in range(6))
        )
        await bulk_resolve(shop, GTIN, product)
        assert {row["status"] for row in await shop.exceptions()} == {"resolved"}
        assert {row["pending_exception_count"] for row in await shop.orders()} == {0}
        assert all(row["settled_at"] is not None for row in await shop.notifications())
