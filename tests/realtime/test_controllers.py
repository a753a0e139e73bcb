"""Event streams over real sockets: how they begin, what ends them, and what they hold meanwhile."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import httpx
import pytest
import pytest_asyncio
import uvicorn
from litestar import Litestar

from backend.app.factory import create_app
from backend.app.server import Server
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.realtime import controllers, event_stream
from tests.support.application import AsRole, MakeKey

EVENTS = "/api/v1/admin/events"


@pytest_asyncio.fixture
async def server(settings: Settings) -> AsyncIterator["Serving"]:
    async with Serving.of(create_app(settings)) as serving:
        yield serving


class Serving:
    """An app behind uvicorn in this process, with the options of `tocsin api`."""

    def __init__(self, app: Litestar, server: Server, url: str) -> None:
        self.app = app
        self.server = server
        self.url = url

    @classmethod
    @asynccontextmanager
    async def of(cls, app: Litestar) -> AsyncIterator["Serving"]:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=3, lifespan="on")
        server = Server(app, config)
        task = asyncio.create_task(server._serve([listener]))
        async with asyncio.timeout(10):
            while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
            # A hub that connects later says resync once more, which no test here waits for.
            await app.state.hub.connected.wait()
        yield cls(app, server, f"http://127.0.0.1:{listener.getsockname()[1]}")
        server.should_exit = True
        await task
        listener.close()

    @asynccontextmanager
    async def stream(self, as_whom: httpx.AsyncClient) -> AsyncIterator["Reader"]:
        headers = {key: value for key, value in as_whom.headers.items() if key == "authorization"}
        async with (
            httpx.AsyncClient(base_url=self.url, headers=headers, cookies=dict(as_whom.cookies)) as client,
            client.stream("GET", EVENTS, timeout=10) as response,
        ):
            yield Reader(response)


class Reader:
    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def event(self) -> str:
        """The next event's name; `end` when the stream ended."""
        async for line in self._lines:
            if line.startswith("event: "):
                return line.removeprefix("event: ")
        return "end"


async def test_a_stream_begins_with_a_resync_and_is_not_buffered_on_its_way(server: Serving, as_role: AsRole) -> None:
    async with server.stream(await as_role(Role.VIEWER)) as reader:
        headers = reader.response.headers
        assert headers["content-type"].startswith("text/event-stream")
        assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-store", "no")
        assert headers["x-content-type-options"] == "nosniff"
        assert await reader.event() == "resync"


async def test_a_change_by_one_admin_is_heard_by_another(server: Serving, as_role: AsRole) -> None:
    admin = await as_role(Role.ADMIN)
    async with server.stream(await as_role(Role.VIEWER)) as reader:
        assert await reader.event() == "resync"
        await server.app.state.hub.connected.wait()
        body = {"type": "store_issue", "priority": "low", "title": "x", "message": "x"}
        async with httpx.AsyncClient(base_url=server.url, cookies=dict(admin.cookies)) as client:
            assert (await client.post("/api/v1/admin/notifications", json=body)).status_code == 201
        events = {await asyncio.wait_for(reader.event(), 3)}
        while "notification.created" not in events:
            events.add(await asyncio.wait_for(reader.event(), 3))


async def test_beyond_its_share_an_admin_is_told_to_poll_and_a_place_comes_back(
    server: Serving, as_role: AsRole
) -> None:
    viewer = await as_role(Role.VIEWER)
    server.app.state.hub._streams_per_admin = 1
    async with server.stream(viewer) as first:
        assert await first.event() == "resync"
        async with server.stream(viewer) as second:
            assert second.response.status_code == 429
            assert second.response.headers["retry-after"] == "60"
    async with asyncio.timeout(3):
        while server.app.state.hub._streams:  # noqa: ASYNC110 - the server notices the client's leave in its own time
            await asyncio.sleep(0.01)
    async with server.stream(viewer) as third:
        assert await third.event() == "resync"


async def test_a_client_that_went_before_the_first_byte_gives_its_place_back(app: Litestar, as_role: AsRole) -> None:
    viewer = await as_role(Role.VIEWER)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await viewer.get(EVENTS)
    assert app.state.hub._streams == {}


class TestWhatEndsAStream:
    @pytest.fixture(autouse=True)
    def _heartbeat(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(controllers, "HEARTBEAT_EVERY", 0.2)

    async def test_a_session_that_was_killed(self, server: Serving, as_role: AsRole, database: Database) -> None:
        async with server.stream(await as_role(Role.VIEWER)) as reader:
            assert await reader.event() == "resync"
            await database.reads.execute("update user_sessions set ended_at = tocsin_now()")
            assert await asyncio.wait_for(reader.event(), 2) == "end"

    async def test_a_key_that_was_revoked(
        self, server: Serving, api_key: MakeKey, client: httpx.AsyncClient, database: Database
    ) -> None:
        client.headers["Authorization"] = f"Bearer {await api_key(Role.VIEWER)}"
        async with server.stream(client) as reader:
            assert await reader.event() == "resync"
            await asyncio.sleep(0.5)
            await database.reads.execute("update api_keys set revoked_at = tocsin_now()")
            assert await asyncio.wait_for(reader.event(), 2) == "end"

    async def test_its_bounded_life(self, server: Serving, as_role: AsRole, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(controllers, "LIFE", 0.5)
        async with server.stream(await as_role(Role.VIEWER)) as reader:
            assert await reader.event() == "resync"
            assert await asyncio.wait_for(reader.event(), 3) == "end"


async def test_a_stop_of_the_server_ends_streams_at_once(settings: Settings, as_role: AsRole) -> None:
    viewer = await as_role(Role.VIEWER)
    async with Serving.of(create_app(settings)) as serving, serving.stream(viewer) as reader:
        assert await reader.event() == "resync"
        began = monotonic()
        serving.server.should_exit = True
        assert await asyncio.wait_for(reader.event(), 4) == "end"
        assert monotonic() - began < 1


async def test_an_open_stream_holds_no_database_connection(server: Serving, as_role: AsRole) -> None:
    async with server.stream(await as_role(Role.VIEWER)) as reader:
        assert await reader.event() == "resync"
        database: Database = server.app.state.database
        assert database.reads.get_idle_size() == database.reads.get_size()
        assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # a queue pool's own


async def test_a_reader_that_does_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "SEND_WITHIN", 0.1)
    released = []

    async def chunks() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(30)

    async def receive() -> dict[str, str]:
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body":
            await asyncio.sleep(30)

    response = event_stream.EventStream(chunks(), release=lambda: released.append(True))
    async with asyncio.timeout(5):
        await response({"type": "http", "method": "GET"}, receive, send)  # type: ignore[arg-type]  # the least ASGI
    assert released == [True]
