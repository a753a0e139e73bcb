"""One run of an import: fetch, chunk after chunk each in its own transaction, then the conclusion and who hears of it.

Killed at any moment, the next attempt goes on after the last committed chunk.
"""

import time
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog.cancelling import CancelledByAdminError, is_cancelled, unless_cancelled
from backend.catalog.conclusion import conclude, end_import
from backend.catalog.decoding import NotTextError
from backend.catalog.feed_parser import FeedChunk
from backend.catalog.fetch import FetchError, fetch_feed
from backend.catalog.header import HeaderError
from backend.catalog.import_outcome import ImportStatus, Outcome, failure
from backend.catalog.models import ImportJob
from backend.catalog.reader import read_chunks
from backend.catalog.repository import keep_issues, locked
from backend.catalog.seen_products import SeenProducts
from backend.catalog.service import hint_progress
from backend.catalog.storage import StoredFileMissingError, open_storage
from backend.catalog.upsert import Target, write_chunk
from backend.core.clock import Clock
from backend.core.egress import EgressGuard
from backend.core.fields import JsonObject, storable
from backend.db.describe import describe
from backend.jobs import JobRun

log = structlog.get_logger()

# What is wrong with the feed itself: trying again would not help.
_FEED_ERRORS = (NotTextError, HeaderError, FetchError, StoredFileMissingError)
_SECONDS_BETWEEN_HINTS = 0.3
_LONGEST_REASON = 500


class TakenOverError(Exception):
    """Another attempt has gone on with this import; this one must not write any more."""


@dataclass(frozen=True, slots=True)
class _Begun:
    import_id: int
    run: int
    target: Target
    source_url: str | None
    storage_key: str
    is_fetched: bool
    processed: int


async def run_import(run: JobRun) -> None:
    """The handler of an import's job; may run any number of times for the same run."""
    begun = await _begin(run)
    if begun is None:
        return
    outcome: Outcome | None = None
    try:
        await _import(run, begun)
    except CancelledByAdminError:
        outcome = Outcome(ImportStatus.CANCELLED)
    except _FEED_ERRORS as error:
        outcome = failure(str(error))
    except Exception as error:
        if not run.is_last_attempt and not await is_cancelled(run.database.reads, begun.import_id):
            raise
        log.exception("import_failed")
        outcome = _failure(error)
    await conclude(run, begun.import_id, begun.run, outcome)


async def give_up(run: JobRun, error: Exception) -> None:
    """The job is dead, its worker lost each time: the import has failed."""
    async with run.database.unit_of_work() as session:
        import_id, import_run = run.payload["import_id"], run.payload["run"]
        await end_import(session, run.clock, import_id, import_run, _failure(error))


async def be_cancelled(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """The job was cancelled while it waited: nobody else would end the import."""
    await end_import(session, clock, payload["import_id"], payload["run"], Outcome(ImportStatus.CANCELLED))


def _failure(error: Exception) -> Outcome:
    return failure(storable(f"The import was ended by an error: {describe(error)}", _LONGEST_REASON))


async def _begin(run: JobRun) -> _Begun | None:
    """Mark the import as running; None when this run of it is over already."""
    async with run.database.unit_of_work() as session:
        job = await locked(session, run.payload["import_id"])
        if job is None or job.run != run.payload["run"] or ImportStatus(job.status).is_finished:
            return None
        if job.cancel_requested_at is not None:
            await end_import(session, run.clock, job.id, job.run, Outcome(ImportStatus.CANCELLED))
            return None
        job.status = ImportStatus.PROCESSING.value
        job.started_at = job.started_at or run.clock.now()
        hint_progress(session, job)
        assert job.storage_key is not None
        return _Begun(
            import_id=job.id,
            run=job.run,
            target=Target(job.store_id, job.marketplace, job.language),
            source_url=job.source_url,
            storage_key=job.storage_key,
            is_fetched=job.size_bytes is not None,
            processed=job.processed_count,
        )


async def _import(run: JobRun, begun: _Begun) -> None:
    settings = run.resources.settings
    storage = open_storage(settings.stores)
    if begun.source_url is not None and not begun.is_fetched:
        guard = EgressGuard(settings.egress_allow)
        limit = settings.stores.max_upload
        fetching = fetch_feed(guard, begun.source_url, storage, begun.storage_key, limit=limit)
        size = await unless_cancelled(run.database.reads, begun.import_id, fetching)
        async with run.database.unit_of_work() as session:
            (await _ours(session, begun)).size_bytes = size
    seen, hinted_at = SeenProducts(), 0.0
    blocks = storage.read(begun.storage_key)
    async with aclosing(read_chunks(blocks, after_row=begun.processed)) as chunks:
        async for chunk in chunks:
            hints = time.monotonic() - hinted_at > _SECONDS_BETWEEN_HINTS
            hinted_at = time.monotonic() if hints else hinted_at
            product_ids = await run.database.retrying(partial(_commit, run, begun, chunk, seen, hints=hints))
            seen.add(product_ids)


async def _commit(
    run: JobRun, begun: _Begun, chunk: FeedChunk, seen: SeenProducts, session: AsyncSession, *, hints: bool
) -> list[int]:
    """Write one chunk and the progress in one transaction; the products it met."""
    job = await _ours(session, begun)
    if job.cancel_requested_at is not None:
        raise CancelledByAdminError
    if job.processed_count != max(chunk.first_row - 1, begun.processed):
        raise TakenOverError(f"import {job.id} is at row {job.processed_count}")
    result = await write_chunk(session, begun.target, chunk, seen)
    job.imported_count += result.new
    job.updated_count += result.changed
    job.unchanged_count += result.unchanged
    job.processed_count = max(chunk.last_row, begun.processed)
    job.processed_bytes = chunk.end_byte
    await keep_issues(session, job, result.issues)
    if hints:
        hint_progress(session, job)
    await run.progressed(session)
    return list(result.product_ids)


async def _ours(session: AsyncSession, begun: _Begun) -> ImportJob:
    job = await locked(session, begun.import_id)
    if job is None or job.run != begun.run or ImportStatus(job.status).is_finished:
        raise TakenOverError(f"run {begun.run} of import {begun.import_id} is over")
    return job
