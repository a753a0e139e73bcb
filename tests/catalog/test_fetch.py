import asyncio
from collections.abc import Callable

import pytest

from backend.catalog.fetch import FetchError, fetch_feed
from backend.catalog.storage import Storage
from backend.core.egress import EgressGuard
from tests.catalog.web import LOCAL, answer, serving

FEED = b"id,title,price\n1,a,1\n"


@pytest.fixture
def fetch(storage: Storage) -> Callable[..., object]:
    async def fetch(url: str, *, limit: int = 1_000, guard: EgressGuard | None = None) -> bytes:
        await fetch_feed(guard or EgressGuard(LOCAL), url, storage, "imports/a", limit=limit, pauses=(0, 0))
        return b"".join([block async for block in storage.read("imports/a")])

    return fetch


Fetch = Callable[..., "asyncio.Future[bytes]"]


class TestFetchFeed:
    async def test_a_feed_is_stored(self, fetch: Fetch) -> None:
        async with serving(answer("200 OK", FEED)) as (url, _):
            assert await fetch(url) == FEED

    async def test_a_redirect_is_followed(self, fetch: Fetch) -> None:
        async with (
            serving(answer("200 OK", FEED)) as (target, _),
            serving(answer("302 Found", b"", f"Location: {target}")) as (url, _),
        ):
            assert await fetch(url) == FEED

    async def test_what_passes_by_itself_is_tried_again(self, fetch: Fetch) -> None:
        async with serving(answer("503 Busy"), answer("429 Slow"), answer("200 OK", FEED)) as (url, requests):
            assert await fetch(url) == FEED
            assert len(requests) == 3

    async def test_what_is_not_there_is_told_at_once(self, fetch: Fetch) -> None:
        async with serving(answer("404 Not Found")) as (url, requests):
            with pytest.raises(FetchError, match="answered 404 Not Found"):
                await fetch(url)
            assert len(requests) == 1

    async def test_a_server_that_stays_broken_is_told_at_last(self, fetch: Fetch) -> None:
        async with serving(answer("500 Oops")) as (url, requests):
            with pytest.raises(FetchError, match="answered 500"):
                await fetch(url)
            assert len(requests) == 3

    async def test_a_feed_beyond_the_limit_is_refused(self, fetch: Fetch) -> None:
        async with serving(answer("200 OK", bytes(2_000))) as (url, _):
            with pytest.raises(FetchError, match="larger than 1,000 bytes"):
                await fetch(url)

    async def test_a_feed_that_breaks_off_is_no_feed(self, fetch: Fetch) -> None:
        async with serving(answer("200 OK", FEED)[:-5]) as (url, _):
            with pytest.raises(FetchError, match="could not be fetched"):
                await fetch(url)

    async def test_nobody_listening_is_told(self, fetch: Fetch) -> None:
        async with serving(b"") as (url, _):
            pass
        with pytest.raises(FetchError, match="could not be fetched"):
            await fetch(url)

    async def test_an_address_that_is_not_public_is_refused(self, fetch: Fetch) -> None:
        async with serving(answer("200 OK", FEED)) as (url, requests):
            with pytest.raises(FetchError, match="address is refused"):
                await fetch(url, guard=EgressGuard())
            assert requests == []
