"""Product imports as durable jobs, and the retention of what they leave behind."""

from datetime import datetime, timedelta

from sqlalchemy import text

from backend.catalog.import_run import be_cancelled, give_up, run_import
from backend.catalog.service import FILES, RUN_IMPORT
from backend.catalog.storage import open_storage
from backend.jobs import JobKind, JobRun, LaneName

RETENTION = "catalog.retention"

# A feed's file is kept so that its import can be run again; the import and its row errors are the record.
KEEP_FILES_FOR = timedelta(days=30)
KEEP_IMPORTS_FOR = timedelta(days=365)
# A file without an import may be an upload that still runs.
KEEP_STRAYS_FOR = timedelta(days=1)
_BATCH = 200

_OLD_FILES = text(
    """
    select id, storage_key from import_jobs
    where completed_at < :before and size_bytes is not null order by id limit :batch
    """
)
_FORGET_FILE = text("update import_jobs set size_bytes = null where id = :id and completed_at < :before")
_REMOVE_IMPORTS = text(
    """
    delete from import_jobs where id in (
        select id from import_jobs where completed_at < :before order by id limit :batch for update skip locked)
    returning id
    """
)

_STRAYS = text(
    """
    select key from unnest(cast(:keys as text[])) as key
    where not exists (select from import_jobs where storage_key = key)
    """
)


async def remove_old(run: JobRun) -> None:
    """Delete old files, files that no import knows, and imports that are older still, in small batches."""
    now = run.clock.now()
    await _remove_strays(run, before=now - KEEP_STRAYS_FOR)
    while await _remove_files(run, before=now - KEEP_FILES_FOR) == _BATCH:
        pass
    while await _remove_imports(run, before=now - KEEP_IMPORTS_FOR) == _BATCH:
        pass


async def _remove_strays(run: JobRun, *, before: datetime) -> None:
    """What is left of uploads whose process died, or whose transaction failed, after the file was written."""
    storage = open_storage(run.resources.settings.stores)
    async for keys in storage.written_before(before, FILES):
        async with run.database.unit_of_work() as session:
            strays = (await session.scalars(_STRAYS, {"keys": keys})).all()
        for key in strays:
            await storage.delete(key)


async def _remove_files(run: JobRun, *, before: datetime) -> int:
    storage = open_storage(run.resources.settings.stores)
    async with run.database.unit_of_work() as session:
        old = (await session.execute(_OLD_FILES, {"before": before, "batch": _BATCH})).all()
        for import_id, storage_key in old:
            await storage.delete(storage_key)
            await session.execute(_FORGET_FILE, {"id": import_id, "before": before})
    return len(old)


async def _remove_imports(run: JobRun, *, before: datetime) -> int:
    async with run.database.unit_of_work() as session:
        return len((await session.execute(_REMOVE_IMPORTS, {"before": before, "batch": _BATCH})).all())


JOB_KINDS = [
    JobKind(
        RUN_IMPORT,
        run_import,
        on_dead=give_up,
        on_cancelled=be_cancelled,
        lane=LaneName.LONG,
        timeout=timedelta(hours=6),
    ),
    JobKind(RETENTION, remove_old),
]
