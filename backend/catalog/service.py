from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog.events import ImportEnded
from backend.catalog.import_outcome import MARKETPLACE, ImportStatus
from backend.catalog.models import ImportJob
from backend.catalog.repository import forget_issues, locked
from backend.core.clock import Clock
from backend.core.errors import ConflictError, InvalidInputError, NotFoundError
from backend.core.fields import MOST_LINE, storable
from backend.db.doorbells import Hint, ring_after_commit
from backend.jobs import enqueue, publish
from backend.tenancy import StoreNotFoundError, TenancyService

RUN_IMPORT = "catalog.import"
# Where the storage keeps feeds.
FILES = "imports"


class ImportNotFoundError(NotFoundError):
    code = "import_not_found"
    title = "Import not found"


class ImportRunningError(ConflictError):
    code = "import_running"
    title = "The import has not finished"


class ImportFinishedError(ConflictError):
    code = "import_finished"
    title = "The import has finished"


class ImportFileGoneError(ConflictError):
    code = "import_file_gone"
    title = "The uploaded file is no longer kept"


def new_storage_key() -> str:
    """A name for a feed's file that nobody can guess or reuse."""
    return f"{FILES}/{uuid4().hex}"


def hint_progress(session: AsyncSession, job: ImportJob) -> None:
    ring_after_commit(session, Hint(event="import.progress", id=job.id, store_id=job.store_id))


class ImportService:
    """Starts, cancels and retries product imports within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def start_upload(
        self, *, store_id: int, language: str, file_name: str, storage_key: str, size: int, user_id: int | None = None
    ) -> ImportJob:
        """Import a file that is already in the storage; InvalidInputError for an unknown store."""
        job = ImportJob(source=_source(file_name), storage_key=storage_key, size_bytes=size)
        return await self._start(job, store_id, language, user_id)

    async def start_from_url(
        self, *, store_id: int, language: str, source_url: str, user_id: int | None = None
    ) -> ImportJob:
        """Import what an address gives when the job runs; InvalidInputError for an unknown store."""
        job = ImportJob(source=_source(source_url), source_url=source_url, storage_key=new_storage_key())
        return await self._start(job, store_id, language, user_id)

    async def get(self, import_id: int) -> ImportJob:
        found = await self._session.get(ImportJob, import_id)
        if found is None:
            raise ImportNotFoundError(f"There is no import {import_id}.")
        return found

    async def cancel(self, import_id: int) -> ImportJob:
        """Stop an import: at once while it waits, after the present chunk or within seconds of its fetch while it runs.

        What is imported stays.
        """
        job = await self._locked(import_id)
        if job.status == ImportStatus.CANCELLED:
            return job
        if ImportStatus(job.status).is_finished:
            raise ImportFinishedError(f"Import {import_id} has finished; there is nothing to cancel.")
        job.cancel_requested_at = job.cancel_requested_at or self._clock.now()
        if job.status == ImportStatus.PENDING:
            job.status, job.completed_at = ImportStatus.CANCELLED.value, self._clock.now()
            await publish(self._session, ImportEnded(import_id=job.id, status=job.status, message=None))
        hint_progress(self._session, job)
        return job

    async def retry(self, import_id: int) -> ImportJob:
        """Run a finished import again from the start: the same file, or the address fetched anew."""
        job = await self._locked(import_id)
        if not ImportStatus(job.status).is_finished:
            raise ImportRunningError(f"Import {import_id} has not finished; cancel it first.")
        if job.source_url is None and job.size_bytes is None:
            raise ImportFileGoneError(f"The file of import {import_id} is no longer kept; upload it again.")
        await forget_issues(self._session, import_id)
        _reset(job)
        job.run += 1
        await self._enqueue(job)
        return job

    async def _start(self, job: ImportJob, store_id: int, language: str, user_id: int | None) -> ImportJob:
        try:
            await TenancyService(self._session, self._clock).get_store(store_id)
        except StoreNotFoundError as error:
            raise InvalidInputError.field("store_id", f"there is no store {store_id}") from error
        job.store_id, job.language, job.marketplace = store_id, language, MARKETPLACE
        job.started_by_user_id, job.created_at, job.run = user_id, self._clock.now(), 1
        _reset(job)
        self._session.add(job)
        await self._session.flush()
        await self._enqueue(job)
        return job

    async def _enqueue(self, job: ImportJob) -> None:
        payload = {"import_id": job.id, "run": job.run}
        # One import per store and language at a time; the others wait in their order.
        await enqueue(self._session, RUN_IMPORT, payload, exclusive_key=f"import:{job.store_id}:{job.language}")
        hint_progress(self._session, job)

    async def _locked(self, import_id: int) -> ImportJob:
        job = await locked(self._session, import_id)
        if job is None:
            raise ImportNotFoundError(f"There is no import {import_id}.")
        return job


def _reset(job: ImportJob) -> None:
    job.status = ImportStatus.PENDING.value
    job.total_rows = job.error_message = job.cancel_requested_at = job.started_at = job.completed_at = None
    job.processed_bytes = job.processed_count = 0
    job.imported_count = job.updated_count = job.unchanged_count = 0
    job.error_count = job.warning_count = 0
    if job.source_url is not None:
        # Without a size the file is fetched anew.
        job.size_bytes = None


def _source(text: str) -> str:
    return storable(" ".join(text.split()) or "file", MOST_LINE)
