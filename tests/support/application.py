"""The API in the test's own event loop, and clients that are signed in."""

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.core.settings import FirstAdmin, Jobs, Server, Settings, Stores

BASE_URL = "http://127.0.0.1:8000"


@pytest.fixture
def settings(database_url: str, redis_url: str, tmp_path: Path) -> Settings:
    return Settings(
        server=Server(),
        stores=Stores(data_dir=tmp_path, database_url=database_url, redis_url=redis_url),
        first_admin=FirstAdmin(password="a long enough password"),
        jobs=Jobs(lease=5.0),
        timezone=ZoneInfo("Europe/Luxembourg"),
        secret_keys=("a secret key of the tests",),
        demo=False,
    )


@pytest_asyncio.fixture
async def app(settings: Settings) -> AsyncIterator[Litestar]:
    """The whole API on this test's database and Redis, started."""
    async with running(importlib.import_module("backend.app").create_app(settings)) as app:
        yield app


@pytest_asyncio.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """A client that nobody is signed in to."""
    async with client_of(app) as client:
        yield client


def client_of(app: Litestar) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)  # type: ignore[arg-type]  # Litestar's own types
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL)


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[Litestar]:
    """Enter and leave the app's lifespan in one task: its cancel scopes may not move between tasks (anyio)."""
    is_up, may_stop = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            is_up.set()
            await may_stop.wait()

    life = asyncio.create_task(live())
    waiting = asyncio.create_task(is_up.wait())
    await asyncio.wait({life, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if life.done():
        await life  # raises what kept it from starting
    try:
        yield app
    finally:
        may_stop.set()
        await life
