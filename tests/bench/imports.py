"""Import of a million rows of the 19-column feed, new and unchanged, against a bare COPY of the file (design 10)."""

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import psutil

import backend.wiring  # noqa: F401 - all models: foreign keys name tables of other packages
from backend.catalog import ImportService, ImportStatus, new_storage_key, open_storage
from backend.catalog.sample_feed import COLUMNS, sample_feed
from backend.core.clock import SystemClock
from backend.core.settings import Settings, load_settings
from backend.db.database import Database, open_database
from backend.db.migrate import upgrade
from backend.embedded.services import Services
from backend.tenancy import TenancyService
from tests.bench.row import Row

ROWS = 1_000_000
MOST_MEMORY = 64  # MB above the idle worker


def run(services: Services) -> list[Row]:
    upgrade(services.database_url)
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        settings = load_settings(_environment(services, folder))
        small, feed = _feed(folder, 10), _feed(folder, ROWS)
        return asyncio.run(_measure(services, settings, small, feed))


def _feed(folder: str, rows: int) -> Path:
    path = Path(folder) / f"{rows}.tsv"
    with path.open("wb") as file:
        file.writelines(sample_feed(rows))
    return path


async def _measure(services: Services, settings: Settings, small: Path, feed: Path) -> list[Row]:
    bare = await _bare_copy(services.database_url, feed)
    with _worker(services, settings) as worker:
        async with open_database(services.database_url) as database:
            other_id, store_id = await _add_stores(database)
            # A worker that has done one job has loaded what it needs, and is idle again.
            await _import(database, settings, small, other_id)
            memory = _Memory(worker.pid)
            new = await _import(database, settings, feed, store_id)
            half_way = memory.peak
            unchanged = await _import(database, settings, feed, store_id)
        memory.stop()
    megabytes = (memory.peak - memory.idle) / 1e6
    above = f"{megabytes:.0f} MB above {memory.idle / 1e6:.0f} MB"
    grown = (memory.peak - half_way) / 1e6
    return [
        Row(f"{ROWS:,} new rows", f"{new:.1f} s", f"{bare:.1f} s", new / bare, 20, is_upper_bound=True),
        Row(
            f"{ROWS:,} unchanged rows", f"{unchanged:.1f} s", f"{bare:.1f} s", unchanged / bare, 12, is_upper_bound=True
        ),
        Row("peak memory, MB", above, f"{MOST_MEMORY} MB", megabytes / MOST_MEMORY, 1, is_upper_bound=True),
        Row("growth in the second million, MB", f"{grown:.1f} MB", "8 MB", grown / 8, 1, is_upper_bound=True),
    ]


async def _bare_copy(url: str, feed: Path) -> float:
    connection = await asyncpg.connect(url)
    try:
        columns = ", ".join(f'"{name}" text' for name in COLUMNS)
        await connection.execute(f"create temporary table bare ({columns})")
        began = time.perf_counter()
        await connection.copy_to_table("bare", source=feed, format="csv", delimiter="\t", header=True)
        return time.perf_counter() - began
    finally:
        await connection.close()


async def _import(database: Database, settings: Settings, feed: Path, store_id: int) -> float:
    """Seconds from the request's commit to the end of the import."""
    key = new_storage_key()
    size = await open_storage(settings.stores).write(key, _blocks(feed), limit=1 << 30)
    async with database.unit_of_work() as session:
        job = await ImportService(session, SystemClock()).start_upload(
            store_id=store_id, language="fr", file_name=feed.name, storage_key=key, size=size
        )
    began = time.perf_counter()
    status = ImportStatus.PENDING
    while not status.is_finished:
        await asyncio.sleep(0.05)
        status = ImportStatus(await database.reads.fetchval("select status from import_jobs where id = $1", job.id))
    assert status is ImportStatus.COMPLETED
    return time.perf_counter() - began


async def _add_stores(database: Database) -> list[int]:
    async with database.unit_of_work() as session:
        tenancy = TenancyService(session, SystemClock())
        merchant = await tenancy.create_merchant(name="Bench", contact_email="bench@example.lu")
        return [
            (await tenancy.create_store(merchant_id=merchant.id, name=code, store_code=code, subdomain=code)).id
            for code in ("SMALL", "LARGE")
        ]


async def _blocks(feed: Path) -> AsyncIterator[bytes]:
    with feed.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


class _Memory:
    """Watches a process: its resident memory at first, and the most it ever was."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.idle = self.peak = self._process.memory_info().rss
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            while not self._ended.wait(0.02):
                self.peak = max(self.peak, self._process.memory_info().rss)


@contextlib.contextmanager
def _worker(services: Services, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    env = os.environ | _environment(services, str(settings.stores.data_dir))
    with subprocess.Popen(
        [sys.executable, "-m", "backend.cli", "worker"], env=env, stderr=subprocess.DEVNULL
    ) as worker:
        try:
            yield worker
        finally:
            worker.terminate()


def _environment(services: Services, folder: str) -> dict[str, str]:
    return {
        "TOCSIN_DATABASE_URL": services.database_url,
        "TOCSIN_REDIS_URL": services.redis_url,
        "TOCSIN_DATA_DIR": folder,
        "TOCSIN_SECRET_KEY": "bench",
    }
