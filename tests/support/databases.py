"""A migrated database for each test worker, emptied after every test that used it.

Tests commit for real: deferred constraints, locks, several connections and processes behave as they do in production.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import asyncpg
import pytest
import pytest_asyncio
from redis.asyncio import Redis
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.database import Database, open_database
from backend.db.migrate import upgrade
from backend.embedded.services import Services

# Any constant: one worker at a time makes the template.
_TEMPLATE_LOCK = 7_403_118_220_032
# Bytes of a table that is rather truncated than emptied row by row.
_MUCH = 1 << 20
_BEGIN_ANEW = "select setval(seqrelid, seqstart, false) from pg_sequence"


@pytest.fixture(scope="session")
def _names(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The run's template database and this worker's own."""
    workerinput = getattr(request.config, "workerinput", {})
    run = workerinput.get("testrunuid", "alone")[:8]
    return f"tocsin_test_{run}", f"tocsin_test_{run}_{workerinput.get('workerid', 'main')}"


@pytest.fixture(scope="session")
def worker_database_url(services: Services, _names: tuple[str, str]) -> Iterator[str]:
    """This worker's database for the whole run; a test asks for `database_url`, which is emptied after it."""
    template, own = _names
    asyncio.run(_make(services.database_url, template, own))
    yield at_database(services.database_url, own)
    asyncio.run(_drop(services.database_url, own))


@pytest_asyncio.fixture(scope="session")
async def _worker_database(worker_database_url: str) -> AsyncIterator[Database]:
    async with open_database(worker_database_url) as database:
        yield database


@pytest_asyncio.fixture(scope="session")
async def _cleaner(worker_database_url: str) -> AsyncIterator["Cleaner"]:
    cleaner = Cleaner(worker_database_url)
    yield cleaner
    await cleaner.close()


@pytest_asyncio.fixture
async def database_url(worker_database_url: str, _cleaner: "Cleaner") -> AsyncIterator[str]:
    yield worker_database_url
    await _cleaner.empty()


@pytest.fixture
def database(database_url: str, _worker_database: Database) -> Database:
    """Units of work and hot reads; doorbells are silent and nobody subscribes to events."""
    return _worker_database


@pytest_asyncio.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """A unit of work that commits when the test has ended; other connections see nothing of it before."""
    async with database.unit_of_work() as session:
        yield session


@pytest.fixture(scope="session")
def worker_redis_url(services: Services, request: pytest.FixtureRequest) -> str:
    """A Redis database of this worker's own; a test asks for `redis_url`, which is flushed after it."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "gw-1")
    address = urlsplit(services.redis_url)
    return address._replace(path=f"/{int(worker.removeprefix('gw')) + 1}").geturl()


@pytest_asyncio.fixture
async def redis_url(worker_redis_url: str) -> AsyncIterator[str]:
    yield worker_redis_url
    redis = Redis.from_url(worker_redis_url)
    await redis.flushdb()
    await redis.aclose()


def at_database(url: str, name: str) -> str:
    """The same server's address, with another database."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def empty_database(url: str) -> None:
    """Delete all rows of all tables and begin their ids at 1 again, once, from any event loop."""
    cleaner = Cleaner(url)
    await cleaner.empty()
    await cleaner.close()


class Cleaner:
    """Empties one database after each test, over one connection: most tests take less time than a new one.

    Rows are deleted, since truncating makes new files for each table and index; from much, files are faster.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._ask = ""

    async def empty(self) -> None:
        connection = await self._open()
        filled = await connection.fetch(self._ask)
        statements = [
            f"truncate {row['name']} cascade" if row["bytes"] > _MUCH else f"delete from {row['name']}"  # noqa: S608 - quoted by format()
            for row in filled
        ]
        await connection.execute("; ".join([*statements, _BEGIN_ANEW]))

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _open(self) -> "asyncpg.Connection[asyncpg.Record]":
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self._url)
            # A transaction left open by the test would hold this one: fail instead of hanging. In this mode foreign
            # keys need no order, and the audit log's trigger does not fire, which refuses to forget anything.
            await self._connection.execute("set lock_timeout = '5s'; set session_replication_role = replica")
            self._ask = await _which_have_rows(self._connection)
        return self._connection


async def _which_have_rows(connection: "asyncpg.Connection[asyncpg.Record]") -> str:
    """The query that names the tables that have rows, with their sizes."""
    tables = await connection.fetch(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables "
        "where schemaname = 'public' and tablename <> 'alembic_version'"
    )
    return " union all ".join(
        f"select '{table['name']}' as name, pg_relation_size('{table['name']}') as bytes "  # noqa: S608 - quoted by format()
        f"where exists (select from {table['name']})"
        for table in tables
    )


async def _make(server: str, template: str, own: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute("select pg_advisory_lock($1)", _TEMPLATE_LOCK)
        if not await connection.fetchval("select exists (select from pg_database where datname = $1)", template):
            await _make_template(connection, server, template)
        await connection.execute(f'drop database if exists "{own}" with (force)')
        await connection.execute(f'create database "{own}" template "{template}"')
    finally:
        await connection.close()


async def _make_template(connection: "asyncpg.Connection[asyncpg.Record]", server: str, template: str) -> None:
    # Under its final name only once it is complete: a failed migration leaves no half template behind.
    draft = f"{template}_draft"
    await connection.execute(f'drop database if exists "{draft}" with (force)')
    await connection.execute(f'create database "{draft}"')
    await asyncio.to_thread(upgrade, at_database(server, draft))
    await connection.execute(f'alter database "{draft}" rename to "{template}"')


async def _drop(server: str, own: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'drop database if exists "{own}" with (force)')
    finally:
        await connection.close()
