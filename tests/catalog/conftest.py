from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import ImportJob, ImportService, Storage, new_storage_key, open_storage, reader
from backend.catalog import jobs as catalog_jobs
from backend.catalog.sample_feed import sample_feed, some_broken
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.reads import Reads
from backend.jobs.models import Job
from backend.jobs.runner import JobRunner
from backend.tenancy import Store
from tests.factories.tenancy import add_store
from tests.support.jobs import RunnerMaker
from tests.support.times import FrozenClock

HEADER = b"id\ttitle\tprice\n"
StartImport = Callable[..., Awaitable[int]]


@pytest.fixture
def storage(settings: Settings) -> Storage:
    return open_storage(settings.stores)


@pytest_asyncio.fixture
async def store(database: Database) -> Store:
    async with database.unit_of_work() as session:
        return await add_store(session, name="Moulin de Hesper")


@pytest.fixture
def start_import(database: Database, storage: Storage, clock: FrozenClock, store: Store) -> StartImport:
    """A function from a feed's bytes to the id of an import that waits."""

    async def start(content: bytes | Iterable[bytes] | None = None, *, language: str = "fr") -> int:
        blocks = sample_feed(20) if content is None else [content] if isinstance(content, bytes) else content
        key = new_storage_key()
        size = await storage.write(key, stream(blocks), limit=1 << 30)
        async with database.unit_of_work() as session:
            job = await ImportService(session, clock).start_upload(
                store_id=store.id, language=language, file_name="feed.tsv", storage_key=key, size=size
            )
            return job.id

    return start


@pytest.fixture
def runner(make_runner: RunnerMaker) -> JobRunner:
    return make_runner(*catalog_jobs.JOB_KINDS)


@dataclass
class Look:
    """What became of imports, straight from the database."""

    database: Database
    reads: Reads

    async def job(self, import_id: int) -> ImportJob:
        async with self.database.unit_of_work() as session:
            return await session.get_one(ImportJob, import_id)

    async def counts(self, import_id: int) -> tuple[str, int, int, int, int, int]:
        """Status, processed, new, changed, unchanged, errors."""
        job = await self.job(import_id)
        return (
            job.status, job.processed_count, job.imported_count, job.updated_count, job.unchanged_count,
            job.error_count,
        )  # fmt: skip

    async def rows(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        return await self.reads.fetch(sql, *arguments)

    async def issues(self, import_id: int) -> list[tuple[int, str, str]]:
        rows = await self.rows(
            "select row_number, severity, code from import_errors where job_id = $1 order by row_number, id", import_id
        )
        return [tuple(row) for row in rows]

    async def notifications(self) -> list[asyncpg.Record]:
        return await self.rows("select * from admin_notifications order by id")

    async def alerts(self) -> list[asyncpg.Record]:
        return await self.rows("select * from platform_alerts order by id")


@pytest.fixture
def look(database: Database) -> Look:
    return Look(database, database.reads)


async def stream(blocks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for block in blocks:
        yield block


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of some rows, so that a short feed has many."""
    monkeypatch.setattr(reader, "CHUNK_ROWS", 5)
    monkeypatch.setattr(reader, "_BLOCK_BYTES", 2_000)


def broken(rows: int, count: int) -> list[bytes]:
    return list(sample_feed(rows, broken=some_broken(rows, count)))


async def due_now(database: Database) -> None:
    """What waits for its next try waits no longer."""
    async with database.unit_of_work() as session:
        for job in await all_jobs(session):
            if job.state == "queued":
                job.run_at -= timedelta(hours=1)


async def all_jobs(session: AsyncSession) -> list[Job]:
    return list(await session.scalars(select(Job)))


async def cancel(database: Database, clock: FrozenClock, import_id: int) -> None:
    async with database.unit_of_work() as session:
        await ImportService(session, clock).cancel(import_id)
