import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.catalog import feed_export
from backend.core.roles import Role
from backend.db.database import Database
from backend.jobs import enqueue
from backend.jobs.runner import JobRunner
from backend.letzshop import jobs as letzshop_jobs
from backend.letzshop.export_run import LONGEST_EXPORT
from backend.tenancy import Store
from tests.letzshop.conftest import Look
from tests.support.application import AsRole
from tests.support.jobs import until
from tests.support.loopback import serving
from tests.support.times import FrozenClock

EXPORT = "/api/v1/admin/letzshop/export"
RUNS = "/api/v1/admin/letzshop/runs"


@pytest_asyncio.fixture
async def viewer(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.VIEWER)


async def add_products(look: Look, store: Store, count: int) -> None:
    """With a French title each."""
    await look.rows(
        """
        with added as (
            insert into products (store_id, marketplace, marketplace_product_id, price_cents)
            select $1, 'Letzshop', 'SKU-' || n, 4999 from generate_series(1, $2) n returning id)
        insert into product_translations (product_id, language, title) select id, 'fr', E'Bague\nor' from added
        """,
        store.id,
        count,
    )


async def exports(client: httpx.AsyncClient) -> list[dict[str, Any]]:  # Any: JSON
    found: list[dict[str, Any]] = (await client.get(RUNS, params={"kind": "export"})).json()["items"]  # Any: JSON
    return found


async def test_a_store_s_products_are_downloaded_as_a_feed(viewer: httpx.AsyncClient, store: Store, look: Look) -> None:
    (product,) = await look.rows(
        "insert into products (store_id, marketplace, marketplace_product_id, price_cents) "
        "values ($1, 'Letzshop', 'SKU-1', 4999) returning id",
        store.id,
    )
    await look.rows(
        "insert into product_translations (product_id, language, title) values ($1, 'fr', 'Bague')", product["id"]
    )
    reply = await viewer.get(EXPORT, params={"store_id": store.id, "language": "fr"})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    assert f'"{store.store_code}_letzshop_export_fr.csv"' in reply.headers["content-disposition"]
    header, row = reply.text.splitlines()
    assert header.startswith('"id"\t"title"\t"price"\t"description"')
    assert row.startswith('"SKU-1"\t"Bague"\t"49.99 EUR"')


async def test_an_unknown_store_and_an_unknown_language_are_refused_and_leave_no_trace(
    viewer: httpx.AsyncClient, store: Store
) -> None:
    assert (await viewer.get(EXPORT, params={"store_id": 999})).status_code == 404
    reply = await viewer.get(EXPORT, params={"store_id": store.id, "language": "lb"})
    assert (reply.status_code, reply.json()["errors"][0]["path"]) == (400, "language")
    assert (await viewer.get(EXPORT)).status_code == 400
    assert await exports(viewer) == []


async def test_an_export_is_a_run_that_counts_its_products_and_a_line_in_the_audit_log(
    viewer: httpx.AsyncClient, store: Store, look: Look, clock: FrozenClock
) -> None:
    await add_products(look, store, 3)
    await viewer.get(EXPORT, params={"store_id": store.id, "language": "fr"})
    (run,) = await exports(viewer)
    assert (run["status"], run["shipments_fetched"], run["error_message"]) == ("completed", 3, None)
    assert run["request"] == {"action": "export", "language": "fr"}
    assert (run["store_name"], run["started_by"]["name"]) == (store.name, "Viewer Test")
    assert run["started_at"] is not None
    assert run["completed_at"] is not None
    (line,) = await look.rows("select action, detail from audit_log")
    assert line["action"] == "letzshop.export"
    assert f'"run_id": {run["id"]}' in line["detail"]


async def test_while_it_goes_out_it_is_a_run_under_way_and_holds_no_connection(
    viewer: httpx.AsyncClient, store: Store, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int]] = []

    async def watching(*_: object) -> AsyncIterator[feed_export.FeedPiece]:
        (run,) = await look.rows("select status from letzshop_runs")
        busy = await look.rows(
            "select 1 from pg_stat_activity where state like '%in transaction%' and datname = current_database()"
        )
        seen.append((run["status"], len(busy)))
        yield feed_export.FeedPiece(b"id\n", 0)

    monkeypatch.setattr("backend.letzshop.export_controller.export_feed", watching)
    await viewer.get(EXPORT, params={"store_id": store.id})
    assert seen == [("processing", 0)]


async def test_one_that_breaks_is_a_failed_run_and_a_broken_download(
    viewer: httpx.AsyncClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaking(*_: object) -> AsyncIterator[feed_export.FeedPiece]:
        yield feed_export.FeedPiece(b"id\nA\nB\n", 2)
        raise ConnectionError("the database went away")

    monkeypatch.setattr("backend.letzshop.export_controller.export_feed", breaking)
    await viewer.get(EXPORT, params={"store_id": store.id})
    (run,) = await exports(viewer)
    assert (run["status"], run["shipments_fetched"]) == ("failed", 2)
    assert "the database went away" in run["error_message"]


async def test_one_whose_reader_leaves_midway_is_a_cancelled_run(
    viewer: httpx.AsyncClient, app: Litestar, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(*_: object) -> AsyncIterator[feed_export.FeedPiece]:
        while True:
            yield feed_export.FeedPiece(b"x" * 1000, 1)
            await asyncio.sleep(0.001)

    async def has_ended() -> bool:
        (run,) = await exports(viewer)
        return bool(run["status"] != "processing")

    monkeypatch.setattr("backend.letzshop.export_controller.export_feed", endless)
    async with (
        serving(app) as url,
        httpx.AsyncClient(base_url=url, cookies=viewer.cookies) as browser,
        browser.stream("GET", EXPORT, params={"store_id": store.id}) as reply,
    ):
        assert reply.status_code == 200
        async for _ in reply.aiter_bytes():
            break
        await reply.aclose()
        await until(has_ended, within=10)
    (run,) = await exports(viewer)
    assert (run["status"], run["error_message"]) == ("cancelled", "The download was broken off.")
    assert run["shipments_fetched"] > 0


async def test_an_export_can_be_neither_cancelled_nor_run_again(as_role: AsRole, store: Store, look: Look) -> None:
    operator = await as_role(Role.OPERATOR)
    await operator.get(EXPORT, params={"store_id": store.id})
    (run,) = await exports(operator)
    for status in ("completed", "processing"):
        await look.rows("update letzshop_runs set status = $1", status)
        for deed in ("cancel", "retry"):
            reply = await operator.post(f"{RUNS}/{run['id']}/{deed}")
            assert (reply.status_code, reply.json()["code"]) == (409, "letzshop_run_is_export")
    assert await look.rows("select 1 from jobs where kind = 'letzshop.run'") == []


async def test_an_export_whose_server_was_killed_is_given_up_in_the_end(
    viewer: httpx.AsyncClient,
    store: Store,
    look: Look,
    runner: JobRunner,
    database: Database,
    clock: FrozenClock,
) -> None:
    await viewer.get(EXPORT, params={"store_id": store.id})
    await viewer.get(EXPORT, params={"store_id": store.id})
    for run, age in zip(await exports(viewer), (LONGEST_EXPORT / 2, LONGEST_EXPORT * 2), strict=True):
        await look.rows(
            "update letzshop_runs set status = 'processing', completed_at = null, created_at = $2 where id = $1",
            run["id"],
            clock.now() - age,
        )
    async with database.unit_of_work() as session:
        await enqueue(session, letzshop_jobs.RETENTION, {})
    await runner.run_due()
    young, old = await exports(viewer)
    assert young["status"] == "processing"
    assert (old["status"], old["error_message"]) == ("failed", "The server was stopped before the end of the download.")
    assert old["completed_at"] is not None
