"""Items whose numbers the marketplace changes, from the taking to what an admin sees of them."""

from dataclasses import replace

import pytest

from backend.orders import IncomingItem, IncomingOrder, OrderStatus
from backend.orders.exception_service import ExceptionService
from tests.factories.orders import incoming, item
from tests.orders.conftest import Shop

GTIN, OTHER_GTIN = "4012345678901", "4006381333931"
MATCHED_ANEW = "Matched by the numbers that the marketplace has changed."


def changed(order: IncomingOrder, **fields: object) -> IncomingOrder:
    """The same order, whose only item has other numbers now."""
    return replace(order, items=(replace(order.items[0], **fields),))  # type: ignore[arg-type]  # as given


async def product_of(shop: Shop) -> tuple[int, bool]:
    (row,) = await shop.items()
    return row["product_id"], row["needs_product_match"]


async def import_products(shop: Shop) -> None:
    async with shop.database.unit_of_work() as session:
        await ExceptionService(session, shop.clock).match_batch(
            shop.store_id, by="product import 1", after_id=0, limit=10
        )


async def test_a_new_gtin_that_names_a_product_settles_the_exception_and_its_notification(shop: Shop) -> None:
    product = await shop.product("elsewhere", gtin=GTIN)
    order = incoming("a")
    await shop.take(order)
    await shop.take(changed(order, gtin=GTIN, gtin_type="gtin13"))
    assert await product_of(shop) == (product, False)
    (exception,) = await shop.exceptions()
    assert (exception["status"], exception["resolved_product_id"]) == ("resolved", product)
    assert (exception["resolution_notes"], exception["original_gtin"]) == (MATCHED_ANEW, GTIN)
    assert (await shop.order())["pending_exception_count"] == 0
    (notification,) = await shop.notifications()
    assert notification["settled_reason"] == "The order has changed: it has no unmatched product any more."


async def test_new_numbers_that_name_nothing_either_are_what_the_exception_shows(shop: Shop) -> None:
    await shop.product("one", gtin=GTIN)
    await shop.product("two", gtin=GTIN)
    order = incoming("a")
    await shop.take(order)
    await shop.take(changed(order, gtin=GTIN, sku="SKU-9", name="Ring of gold"))
    (exception,) = await shop.exceptions()
    shown = ("status", "exception_type", "original_gtin", "original_sku", "original_product_name", "comparable_gtin")
    assert [exception[name] for name in shown] == [
        "pending", "duplicate_gtin", GTIN, "SKU-9", "Ring of gold", "0" + GTIN,
    ]  # fmt: skip
    assert len(await shop.notifications()) == 1


@pytest.mark.parametrize("is_imported_later", [False, True])
async def test_an_automatic_match_follows_the_numbers_to_another_product(
    shop: Shop, *, is_imported_later: bool
) -> None:
    order = incoming("a")
    if is_imported_later:
        await shop.take(order)
    await shop.product("SKU-1")
    other = await shop.product("SKU-2")
    if is_imported_later:
        await import_products(shop)
    else:
        await shop.take(order)
    await shop.take(changed(order, sku="SKU-2"))
    assert await product_of(shop) == (other, False)
    assert [row["resolved_product_id"] for row in await shop.exceptions()] == [other] * is_imported_later


@pytest.mark.parametrize("is_imported_later", [False, True])
async def test_an_automatic_match_that_the_numbers_do_not_bear_out_any_more_blocks_and_rings(
    shop: Shop, *, is_imported_later: bool
) -> None:
    order = incoming("a")
    if is_imported_later:
        await shop.take(order)
    await shop.product("SKU-1")
    if is_imported_later:
        await import_products(shop)
    else:
        await shop.take(order)
    await shop.take(changed(order, sku="SKU-2"))
    (placeholder,) = await shop.rows("select id from products where marketplace = 'placeholder'")
    assert await product_of(shop) == (placeholder["id"], True)
    (exception,) = await shop.exceptions()
    assert (exception["status"], exception["original_sku"], exception["resolved_product_id"]) == (
        "pending", "SKU-2", None,
    )  # fmt: skip
    row = await shop.order()
    assert row["pending_exception_count"] == 1
    told = [each["settled_at"] for each in await shop.notifications() if each["id"] == row["exception_notification_id"]]
    assert told == [None]


async def test_an_order_that_waits_for_nobody_gets_its_exception_and_rings_nobody(shop: Shop) -> None:
    await shop.product("SKU-1")
    order = incoming("a", status=OrderStatus.SHIPPED)
    await shop.take(order)
    await shop.take(changed(order, sku="SKU-2"))
    assert [row["status"] for row in await shop.exceptions()] == ["pending"]
    assert await shop.notifications() == []


@pytest.mark.parametrize("is_ignored", [False, True])
async def test_what_a_person_has_said_stays(shop: Shop, *, is_ignored: bool) -> None:
    chosen = await shop.product("chosen")
    order = incoming("a")
    await shop.take(order)
    (before,) = await shop.exceptions()
    async with shop.database.unit_of_work() as session:
        service = ExceptionService(session, shop.clock)
        if is_ignored:
            await service.ignore(before["id"], notes="a gift", user_id=None)
        else:
            await service.resolve(before["id"], product_id=chosen, notes=None, user_id=None)
    said, item_said = await shop.exceptions(), await product_of(shop)
    await shop.product("SKU-2")
    await shop.take(changed(order, sku="SKU-2"))
    assert (await shop.exceptions(), await product_of(shop)) == (said, item_said)
    assert [row["sku"] for row in await shop.items()] == ["SKU-2"]


@pytest.mark.parametrize(
    "again",
    [
        item(1, gtin="0" + GTIN),
        item(1, gtin=GTIN, state="confirmed"),
        item(1, gtin=GTIN, name="Ring of gold"),
    ],
    ids=["spelling", "state", "name"],
)
async def test_while_the_numbers_mean_the_same_a_match_stays_whatever_becomes_of_the_products(
    shop: Shop, again: IncomingItem
) -> None:
    product = await shop.product("elsewhere", gtin=GTIN)
    order = incoming("a", item(1, gtin=GTIN))
    await shop.take(order)
    await shop.rows("update products set gtin = $1", OTHER_GTIN)
    assert await shop.take(replace(order, items=(again,))) == (0, 1, 0)
    assert await product_of(shop) == (product, False)
    assert await shop.exceptions() == []


async def test_of_many_changed_items_each_is_what_its_own_numbers_say(shop: Shop) -> None:
    first, second = await shop.product("SKU-1"), await shop.product("SKU-2")
    one, two = incoming("a", item(1), item(2), item(3)), incoming("b", item(1))
    await shop.take(one, two)
    swapped = replace(
        one, items=(item(1, sku="SKU-2"), item(2, sku="SKU-8"), item(3, sku="SKU-1"), item(4, sku="SKU-9"))
    )
    await shop.take(swapped, replace(two, items=(item(1, sku="SKU-7"),)))
    (placeholder,) = await shop.rows("select id from products where marketplace = 'placeholder'")
    assert [row["product_id"] for row in await shop.items()] == [
        second, placeholder["id"], first, placeholder["id"], placeholder["id"],
    ]  # fmt: skip
    assert [row["pending_exception_count"] for row in await shop.orders()] == [2, 1]
    assert sorted(row["original_sku"] for row in await shop.exceptions() if row["status"] == "pending") == [
        "SKU-7", "SKU-8", "SKU-9",
    ]  # fmt: skip
