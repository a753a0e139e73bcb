"""The API in the test's own event loop, and clients of every role."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar
from sqlalchemy import func

from backend.auth import ApiKeyService, session_cookie_name
from backend.auth.models import User, UserSession
from backend.core.roles import Role
from backend.core.secrets import random_token, token_hash
from backend.core.settings import FirstAdmin, Jobs, Server, Settings, Stores
from backend.db.database import Database
from tests.support.times import FrozenClock

BASE_URL = "http://127.0.0.1:8000"

AsRole = Callable[[Role], Awaitable[httpx.AsyncClient]]
MakeKey = Callable[[Role], Awaitable[str]]


@pytest.fixture(scope="session")
def _usual_settings(
    worker_database_url: str, worker_redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    data_dir = tmp_path_factory.mktemp("data")
    return Settings(
        server=Server(),
        stores=Stores(data_dir=data_dir, database_url=worker_database_url, redis_url=worker_redis_url),
        first_admin=FirstAdmin(password="a long enough password"),
        jobs=Jobs(lease=5.0),
        timezone=ZoneInfo("Europe/Luxembourg"),
        secret_keys=("a secret key of the tests",),
        demo=False,
    )


@pytest.fixture
def settings(_usual_settings: Settings, database_url: str, redis_url: str) -> Iterator[Settings]:
    """What a started program knows; a test that needs other ones overrides this fixture with a changed copy."""
    yield _usual_settings
    for path in _usual_settings.stores.data_dir.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


class Shelf:
    """Keeps the app of the usual settings, and the last one of others: to make one takes longer than most tests."""

    def __init__(self, usual: Settings, stack: AsyncExitStack) -> None:
        self._usual = usual
        self._stack = stack
        self._app: Litestar | None = None
        self._other: tuple[Settings, Litestar] | None = None
        self._others = AsyncExitStack()
        stack.push_async_callback(self._close_other)

    async def lend(self, settings: Settings) -> Litestar:
        """It stays the shelf's: with a test's own settings, until another test comes with yet others."""
        if settings != self._usual:
            return await self._lend_other(settings)
        if self._app is None:
            self._app = await self._stack.enter_async_context(running(_create_app(settings)))
        return self._app

    async def _lend_other(self, settings: Settings) -> Litestar:
        if self._other is None or self._other[0] != settings:
            await self._close_other()
            self._other = settings, await self._others.enter_async_context(running(_create_app(settings)))
        return self._other[1]

    async def _close_other(self) -> None:
        self._other = None
        await self._others.aclose()


@pytest_asyncio.fixture(scope="session")
async def _apps(_usual_settings: Settings) -> AsyncIterator[Shelf]:
    async with AsyncExitStack() as stack:
        yield Shelf(_usual_settings, stack)


@pytest_asyncio.fixture
async def app(_apps: Shelf, settings: Settings, clock: FrozenClock) -> Litestar:
    """The whole API on this test's settings and clock, started."""
    app = await _apps.lend(settings)
    app.state.clock = clock
    return app


def _create_app(settings: Settings) -> Litestar:
    from backend.app.factory import create_app  # noqa: PLC0415 - tests of one package load that package only

    return create_app(settings)


@pytest_asyncio.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """A client that nobody is signed in to."""
    async with client_of(app) as client:
        yield client


@pytest_asyncio.fixture
async def as_role(app: Litestar, database: Database, settings: Settings, api_key: MakeKey) -> AsyncIterator[AsRole]:
    """A function from a role to a client that has it: a browser signed in, or for `ingest` a machine with a key.

    The same role gives the same person, in a client of its own.
    """
    users: dict[Role, int] = {}
    async with AsyncExitStack() as stack:

        async def sign_in(role: Role) -> httpx.AsyncClient:
            client = await stack.enter_async_context(client_of(app))
            if role is Role.INGEST:
                client.headers["Authorization"] = f"Bearer {await api_key(role)}"
                return client
            if role not in users:
                users[role] = await _add_user(database, role)
            token = await _add_session(database, users[role])
            client.cookies.set(session_cookie_name(settings.server), token)
            return client

        yield sign_in


@pytest.fixture
def api_key(database: Database, clock: FrozenClock) -> MakeKey:
    """A function from a role to a new API key."""

    async def make(role: Role) -> str:
        async with database.unit_of_work() as session:
            _, secret = await ApiKeyService(session, clock).create(
                name=f"{role} machine", role=role, expires_at=None, created_by=None
            )
        return secret

    return make


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


async def _add_user(database: Database, role: Role) -> int:
    async with database.unit_of_work() as session:
        # Signed in below without the password: hashing one takes longer than most tests.
        user = User(email=f"{role}@example.com", name=f"{role.title()} Test", role=role, password_hash="none")
        session.add(user)
        await session.flush()
        return user.id


async def _add_session(database: Database, user_id: int) -> str:
    token = random_token()
    async with database.unit_of_work() as session:
        session.add(
            UserSession(
                user_id=user_id,
                token_hash=token_hash(token),
                expires_at=func.tocsin_now() + timedelta(days=1),
            )
        )
    return token
