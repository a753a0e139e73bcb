"""The demo's imports: each store gets a generated feed now and then, and one store's feeds are broken in turns."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

from backend.alerts import AlertType, PlatformAlertService
from backend.catalog import MARKETPLACE, ImportService, import_dedup_key, new_storage_key, open_storage
from backend.catalog.sample_feed import sample_feed, some_broken
from backend.jobs import Every, JobKind, JobRun, Schedule

DEMO_IMPORT = "demo.import"

# The first import starts after this, each store's a little after the one before: the bell rings within a minute.
FIRST_AFTER = timedelta(seconds=8)
SPACING = timedelta(seconds=4)
# The failing store rings and heals in turns; the rest come less often, and feeds are short: a demo may run for months.
EVERY = timedelta(hours=6)
FAILING_EVERY = timedelta(minutes=30)

ROWS = 400
FAILING_POSITION = 1
BROKEN_ROWS = 9


def demo_schedule(store_id: int, position: int) -> Schedule:
    every = FAILING_EVERY if position == FAILING_POSITION else EVERY
    payload = {"store_id": store_id, "position": position}
    return Schedule(f"demo.import.{store_id}", DEMO_IMPORT, Every(every), payload=payload)


async def import_sample_feed(run: JobRun) -> None:
    """Upload the store's generated feed as a person would; the product import does the rest."""
    store_id, position = run.payload["store_id"], run.payload["position"]
    broken = some_broken(ROWS, BROKEN_ROWS, seed=position) if await _is_turn_to_fail(run, store_id, position) else None
    storage = open_storage(run.resources.settings.stores)
    key = new_storage_key()
    size = await storage.write(key, _blocks(position, broken), limit=run.resources.settings.stores.max_upload)
    async with run.finishing() as session:
        await ImportService(session, run.clock).start_upload(
            store_id=store_id, language="fr", file_name="catalogue-fr.tsv", storage_key=key, size=size
        )


async def _is_turn_to_fail(run: JobRun, store_id: int, position: int) -> bool:
    """The chosen store fails when it is well, and recovers when it is not: the demo shows both again and again."""
    if position != FAILING_POSITION:
        return False
    async with run.database.unit_of_work() as session:
        open_alert = await PlatformAlertService(session, run.clock).find_open(
            alert_type=AlertType.INTEGRATION, dedup_key=import_dedup_key(store_id, MARKETPLACE)
        )
    return open_alert is None


async def _blocks(position: int, broken: Mapping[int, str] | None) -> AsyncIterator[bytes]:
    for line in sample_feed(ROWS, seed=position + 1, broken=broken):
        yield line


JOB_KINDS = (JobKind(DEMO_IMPORT, import_sample_feed),)
