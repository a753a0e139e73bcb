"""One PostgreSQL database: units of work for writing, a pool for hot reads."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from backend.db.doorbells import Bell, Doorbell, SilentBell, take_doorbells
from backend.db.ping import ping_when_idle
from backend.db.victims import again_as_victim

ResultT = TypeVar("ResultT")


class Database:
    """Opens units of work and hot reads; one per process, made by its composition root."""

    def __init__(
        self, engine: AsyncEngine, reads: "asyncpg.Pool[asyncpg.Record]", *, bell: Bell, info: dict[str, Any]
    ) -> None:
        """`info` (Any: each package's own entry) is what services find in `session.info`: event subscriptions."""
        self.engine = engine
        self.reads = reads
        self._bell = bell
        self._sessions = async_sessionmaker(engine, expire_on_commit=False, info=info)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[AsyncSession]:
        """A session whose one transaction commits when the block ends well, and then rings its doorbells."""
        async with self._sessions() as session:
            yield session
            # Begun by its first statement or object: a unit of work that needed none has cost next to nothing.
            if session.in_transaction():
                await session.commit()
            doorbells = take_doorbells(session)
        if doorbells:
            await self._bell.ring(doorbells)

    async def retrying(self, work: Callable[[AsyncSession], Awaitable[ResultT]]) -> ResultT:
        """Do `work` in a unit of work, again in a fresh one when PostgreSQL chose it as a deadlock's victim."""

        async def once() -> ResultT:
            async with self.unit_of_work() as session:
                return await work(session)

        return await again_as_victim(once)

    async def ring(self, *doorbells: Doorbell) -> None:
        """Ring for something that was committed outside a unit of work."""
        await self._bell.ring(doorbells)

    async def close(self) -> None:
        self.reads.terminate()
        await self.engine.dispose()


@asynccontextmanager
async def open_database(
    url: str,
    *,
    bell: Bell | None = None,
    info: dict[str, Any] | None = None,  # Any: see Database
    pool_size: int = 10,
) -> AsyncIterator[Database]:
    """Connect to `url` (postgresql://...) for the life of the block."""
    engine = create_async_engine(
        sqlalchemy_url(url), pool_size=pool_size, max_overflow=pool_size, pool_timeout=15, hide_parameters=True
    )
    ping_when_idle(engine)
    reads = await asyncpg.create_pool(
        url, min_size=1, max_size=pool_size, init=_read_json_as_text, reset=_keep_as_it_is
    )
    database = Database(engine, reads, bell=bell or SilentBell(), info=info or {})
    try:
        yield database
    finally:
        await database.close()


def sqlalchemy_url(url: str) -> str:
    """The same address, spelled for SQLAlchemy's asyncpg driver."""
    return make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


async def _keep_as_it_is(_connection: Any) -> None:  # Any: asyncpg's pool proxies its connections
    """Nothing to reset: single statements leave nothing behind, and asyncpg's own reset is a round trip after each."""


async def _read_json_as_text(connection: Any) -> None:  # Any: asyncpg's pool proxies its connections
    # jsonb leaves as bytes of JSON and is written into the response untouched (msgspec.Raw).
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=str, format="text")
