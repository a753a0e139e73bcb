"""A worker is killed in the middle of an import, twice, and the import ends as if nothing had happened."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from backend.catalog.sample_feed import sample_feed, some_broken
from backend.core.settings import Settings
from backend.tenancy import Store
from tests.catalog.conftest import Look, StartImport

ROWS = 24_000


@contextmanager
def worker(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """`tocsin worker` as a process of its own, killed at the end."""
    env = os.environ | {
        "TOCSIN_DATABASE_URL": str(settings.stores.database_url),
        "TOCSIN_REDIS_URL": str(settings.stores.redis_url),
        "TOCSIN_DATA_DIR": str(settings.stores.data_dir),
        # Long enough for a busy machine: a lease lost to slowness counts as a failure too.
        "TOCSIN_JOB_LEASE": "4",
    }
    process = subprocess.Popen([sys.executable, "-m", "backend.cli", "worker"], env=env, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def until_row(reached: int, look: Look, import_id: int) -> None:
    async with asyncio.timeout(90):
        while (await look.job(import_id)).processed_count < reached:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.02)


async def until_done(look: Look, import_id: int) -> None:
    async with asyncio.timeout(90):
        while (await look.job(import_id)).status == "processing":  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.02)


@pytest.mark.story
@pytest.mark.timeout(240)
async def test_a_killed_worker_loses_and_doubles_nothing(
    settings: Settings, start_import: StartImport, look: Look, store: Store
) -> None:
    broken = some_broken(ROWS, 25)
    feed = list(sample_feed(ROWS, broken=broken))
    # The fifth product comes again, long after the worker that met it was killed.
    import_id = await start_import([*feed, feed[5]])
    for reached in (5_000, 15_000):
        with worker(settings):
            await until_row(reached, look, import_id)
    status, processed, *_ = await look.counts(import_id)
    assert status == "processing"
    assert processed <= ROWS
    with worker(settings):
        await until_done(look, import_id)
    good = ROWS - len(broken)
    assert await look.counts(import_id) == ("completed_with_errors", ROWS + 1, good, 0, 1, len(broken))
    assert len(await look.rows("select id from products")) == good
    kept = await look.issues(import_id)
    assert {(row, code) for row, severity, code in kept if severity == "error"} == set(broken.items())
    assert [row for row, _, code in kept if code == "duplicate_id"] == [ROWS + 1]
    assert len(await look.notifications()) == 1
