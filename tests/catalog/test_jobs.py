"""What the daily retention leaves of imports and their files."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from backend.catalog import Storage
from backend.catalog.jobs import KEEP_FILES_FOR, KEEP_IMPORTS_FOR, KEEP_STRAYS_FOR, RETENTION
from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs import enqueue
from backend.jobs.runner import JobRunner
from tests.catalog.conftest import Look, StartImport, stream
from tests.support.times import FrozenClock

Retain = Callable[[], Awaitable[None]]


@pytest.fixture
def retain(database: Database, runner: JobRunner) -> Retain:
    """Run the retention, and whatever else is due."""

    async def run() -> None:
        async with database.unit_of_work() as session:
            await enqueue(session, RETENTION, {})
        await runner.run_due()

    return run


@pytest.fixture
def kept_files(settings: Settings) -> Callable[[], list[Path]]:
    folder = settings.stores.data_dir / "files"
    return lambda: sorted(path for path in folder.rglob("*") if path.is_file())


async def test_a_feed_goes_before_its_import_and_both_go_in_the_end(
    start_import: StartImport,
    retain: Retain,
    look: Look,
    clock: FrozenClock,
    kept_files: Callable[[], list[Path]],
) -> None:
    import_id = await start_import()
    await retain()
    clock.advance(KEEP_FILES_FOR - timedelta(seconds=1))
    await retain()
    assert len(kept_files()) == 1
    clock.advance(timedelta(seconds=2))
    for _ in range(2):
        await retain()
        assert kept_files() == []
        assert (await look.job(import_id)).size_bytes is None
    clock.advance(KEEP_IMPORTS_FOR)
    for _ in range(2):
        await retain()
        assert await look.rows("select id from import_jobs") == []


async def test_a_file_whose_upload_became_no_import_is_removed_once_nobody_can_be_writing_it(
    start_import: StartImport,
    retain: Retain,
    storage: Storage,
    clock: FrozenClock,
    kept_files: Callable[[], list[Path]],
) -> None:
    await start_import()
    (of_an_import,) = kept_files()
    for key in ("imports/stray", "imports/fresh"):
        await storage.write(key, stream([b"id,title\n"]), limit=100)
    for path in kept_files():
        age = timedelta() if path.name == "fresh" else KEEP_STRAYS_FOR + timedelta(minutes=1)
        written = (clock.now() - age).timestamp()
        os.utime(path, (written, written))
    await retain()
    assert [path.name for path in kept_files()] == sorted([of_an_import.name, "fresh"])
