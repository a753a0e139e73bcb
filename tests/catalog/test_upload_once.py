"""Uploads under an Idempotency-Key: one import and one file, whatever comes in, and nobody else waits for them."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from backend.core.roles import Role
from backend.core.settings import Settings
from backend.tenancy import Store
from tests.catalog.conftest import Look
from tests.support.application import AsRole

ADMIN = "/api/v1/admin"
IMPORTS = f"{ADMIN}/imports"
FEED = b"id,title,price\n1,a,1\n"
OTHER_FEED = b"id,title,price\n1,b,2\n"
# More than a pool has connections.
SLOW_UPLOADS = 25


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    client = await as_role(Role.OPERATOR)
    client.headers["Idempotency-Key"] = "feed-of-today"
    return client


async def upload(
    client: httpx.AsyncClient, store: Store, content: bytes = FEED, *, language: str = "fr", name: str = "feed.csv"
) -> httpx.Response:
    """As a browser does it, with a boundary of its own each time."""
    data = {"store_id": str(store.id), "language": language}
    return await client.post(IMPORTS, data=data, files={"file": (name, content, "text/csv")})


async def upload_in_chunks(
    client: httpx.AsyncClient, store: Store, content: bytes, *, go: asyncio.Event | None = None, key: str | None = None
) -> httpx.Response:
    """Of a length that nobody says beforehand; its second half comes when it may `go`."""

    async def body() -> AsyncIterator[bytes]:
        yield (
            b'--b\r\nContent-Disposition: form-data; name="store_id"\r\n\r\n%d\r\n'
            b'--b\r\nContent-Disposition: form-data; name="language"\r\n\r\nfr\r\n'
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="feed.csv"\r\n\r\n' % store.id
        )
        if go is not None:
            await go.wait()
        yield content + b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"} | ({"Idempotency-Key": key} if key else {})
    return await client.post(IMPORTS, content=body(), headers=headers)


async def imports_and_files(look: Look, settings: Settings) -> tuple[int, int]:
    files = [path for path in (settings.stores.data_dir / "files").rglob("*") if path.is_file()]
    return len(await look.rows("select id from import_jobs")), len(files)


class TestTheSameKey:
    async def test_with_the_same_upload_gives_the_same_import(
        self, operator: httpx.AsyncClient, store: Store, look: Look, settings: Settings
    ) -> None:
        first, again = [await upload(operator, store) for _ in range(2)]
        assert (again.status_code, again.content) == (202, first.content)
        assert again.headers["idempotency-replay"] == "true"
        assert await imports_and_files(look, settings) == (1, 1)

    async def test_with_another_file_of_the_same_length_is_refused(
        self, operator: httpx.AsyncClient, store: Store, look: Look, settings: Settings
    ) -> None:
        assert (await upload(operator, store)).status_code == 202
        refused = await upload(operator, store, OTHER_FEED)
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
        assert await imports_and_files(look, settings) == (1, 1)

    async def test_with_another_field_or_name_is_refused(self, operator: httpx.AsyncClient, store: Store) -> None:
        await upload(operator, store)
        assert (await upload(operator, store, language="de")).status_code == 422
        assert (await upload(operator, store, name="fead.csv")).status_code == 422

    async def test_is_told_apart_without_a_length_too(
        self, operator: httpx.AsyncClient, store: Store, look: Look, settings: Settings
    ) -> None:
        answers = [await upload_in_chunks(operator, store, content) for content in (FEED, OTHER_FEED, FEED)]
        assert [answer.status_code for answer in answers] == [202, 422, 202]
        assert await imports_and_files(look, settings) == (1, 1)

    async def test_of_many_at_once_is_one_import(
        self, operator: httpx.AsyncClient, store: Store, look: Look, settings: Settings
    ) -> None:
        answers = await asyncio.gather(*(upload(operator, store) for _ in range(20)))
        assert {answer.status_code for answer in answers} <= {202, 409}
        assert await imports_and_files(look, settings) == (1, 1)

    async def test_is_free_again_after_an_upload_that_was_refused(
        self, operator: httpx.AsyncClient, store: Store
    ) -> None:
        assert (await upload(operator, store, language="xx")).status_code == 400
        assert (await upload(operator, store)).status_code == 202


async def test_slow_uploads_keep_no_connection_to_the_database(operator: httpx.AsyncClient, store: Store) -> None:
    go = asyncio.Event()
    uploads = [
        asyncio.create_task(upload_in_chunks(operator, store, FEED, go=go, key=f"slow-{number}"))
        for number in range(SLOW_UPLOADS)
    ]
    await asyncio.sleep(0.5)
    other = await asyncio.wait_for(operator.post(f"{ADMIN}/jobs/4711/retry"), 5)
    go.set()
    assert other.status_code == 404
    assert [answer.status_code for answer in await asyncio.gather(*uploads)] == [202] * SLOW_UPLOADS
