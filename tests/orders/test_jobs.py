"""Products that arrive settle what was missing."""

import pytest

from backend.catalog import ProductsImported
from backend.db.database import Database
from backend.jobs import Subscriptions, publish
from backend.jobs.runner import JobRunner
from backend.orders import jobs as order_jobs
from backend.orders.exception_service import ExceptionService
from tests.factories.orders import incoming, item
from tests.factories.tenancy import add_store
from tests.orders.conftest import Shop
from tests.support.jobs import RunnerMaker

GTIN = "4012345678901"


@pytest.fixture
def subscriptions() -> Subscriptions:
    return {ProductsImported.name: [order_jobs.MATCH_EXCEPTIONS]}


@pytest.fixture
def runner(make_runner: RunnerMaker) -> JobRunner:
    return make_runner(*order_jobs.JOB_KINDS)


async def products_imported(belled: Database, shop: Shop, runner: JobRunner, *, times: int = 1) -> None:
    async with belled.unit_of_work() as session:
        event = ProductsImported(import_id=7, store_id=shop.store_id, imported_count=1, updated_count=0)
        await publish(session, *[event] * times)
    await runner.run_due()


async def test_what_now_matches_one_product_is_settled_and_says_by_which_import(
    shop: Shop, belled: Database, runner: JobRunner
) -> None:
    await shop.take(incoming("a", item(1), item(2, sku=None, gtin="0" + GTIN)), incoming("b", item(3)))
    by_sku, by_gtin = await shop.product("SKU-1"), await shop.product("x", gtin=GTIN)
    for times in (1, 2):
        await products_imported(belled, shop, runner, times=times)
        assert [(row["status"], row["resolved_product_id"]) for row in await shop.exceptions()] == [
            ("resolved", by_sku),
            ("resolved", by_gtin),
            ("pending", None),
        ]
        first, second = await shop.notifications()
        assert first["settled_reason"] == "All products of the order are matched, by product import 7."
        assert second["settled_at"] is None
    settled = (await shop.exceptions())[0]
    assert (settled["resolved_by_user_id"], settled["resolution_notes"]) == (None, "Matched by product import 7.")
    assert [row["product_id"] for row in await shop.items()][:2] == [by_sku, by_gtin]
    assert [row["pending_exception_count"] for row in await shop.orders()] == [0, 1]
    assert await shop.rows("select kind from jobs where state <> 'done'") == []


async def test_what_several_products_may_be_waits_on(shop: Shop, belled: Database, runner: JobRunner) -> None:
    await shop.take(incoming("a", item(1, sku=None, gtin=GTIN)))
    for sku in ("x", "y"):
        await shop.product(sku, gtin=GTIN)
    await products_imported(belled, shop, runner)
    assert [row["status"] for row in await shop.exceptions()] == ["pending"]


async def test_other_stores_and_what_is_settled_are_left_alone(shop: Shop, belled: Database, runner: JobRunner) -> None:
    async with belled.unit_of_work() as session:
        other = Shop(belled, shop.clock, (await add_store(session)).id)
    await shop.take(incoming("a"))
    await other.take(incoming("a"))
    (exception, _) = await shop.exceptions()
    async with belled.unit_of_work() as session:
        await ExceptionService(session, shop.clock).ignore(exception["id"], notes="a gift", user_id=None)
    await shop.product("SKU-1")
    await other.product("SKU-1")
    await products_imported(belled, shop, runner)
    assert [row["status"] for row in await shop.exceptions()] == ["ignored", "pending"]


async def test_as_many_as_there_are_are_gone_through(
    shop: Shop, belled: Database, runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_jobs, "_BATCH", 4)
    await shop.take(*(incoming(f"{number:02}", item(number)) for number in range(8)))
    for number in range(1, 8):
        await shop.product(f"SKU-{number}")
    await products_imported(belled, shop, runner)
    assert [row["status"] for row in await shop.exceptions()] == ["pending"] + ["resolved"] * 7
