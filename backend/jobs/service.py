"""What people do with jobs: look, try a dead one again, cancel one that waits."""

from collections.abc import Mapping, Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import ConflictError, NotFoundError
from backend.db.doorbells import JobQueued, ring_after_commit
from backend.jobs.job_kind import KINDS, JobKind
from backend.jobs.models import Job
from backend.jobs.repository import JobFilters, JobRepository


class JobNotFoundError(NotFoundError):
    code = "job_not_found"
    title = "Job not found"


class JobStateError(ConflictError):
    code = "job_state"
    title = "Not possible in the job's present state"


class JobService:
    """Jobs within the caller's transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._repository = JobRepository(session)

    async def get_job(self, job_id: int) -> Job:
        job = await self._repository.get(job_id)
        if job is None:
            raise JobNotFoundError(f"There is no job {job_id}.")
        return job

    async def get_jobs(self, filters: JobFilters, *, limit: int, before_id: int | None = None) -> Sequence[Job]:
        return await self._repository.list(filters, limit=limit, before_id=before_id)

    async def retry_job(self, job_id: int) -> Job:
        """Queue a dead job again with a fresh budget."""
        try:
            is_revived = await self._repository.revive(job_id)
        except IntegrityError as error:
            raise JobStateError(f"A newer job does what job {job_id} was to do.") from error
        job = await self.get_job(job_id)
        if not is_revived:
            raise JobStateError(f"Job {job_id} is {job.state}; only a dead job can be tried again.")
        ring_after_commit(self._session, JobQueued(job_id))
        return job

    async def cancel_job(self, job_id: int, clock: Clock) -> Job:
        """Cancel a job that waits, and what waits for it."""
        is_cancelled = await self._repository.cancel(job_id)
        job = await self.get_job(job_id)
        if not is_cancelled:
            raise JobStateError(f"Job {job_id} is {job.state}; only a queued job can be cancelled.")
        kinds: Mapping[str, JobKind] = self._session.info.get(KINDS, {})
        kind = kinds.get(job.kind)
        if kind is not None and kind.on_cancelled is not None:
            await kind.on_cancelled(self._session, clock, job.payload)
        return job
