"""Runs claimed jobs in one worker process: claims, heartbeats, classifies failures, releases on shutdown."""

import asyncio
import random
from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog

from backend.core.clock import Clock
from backend.db.database import Database
from backend.jobs.events import publish
from backend.jobs.job_died import JobDied
from backend.jobs.job_kind import JobKind, JobRun, PermanentJobError, Resources, RetryLaterError
from backend.jobs.lease import ClaimedJob, LeaseLostError, claim, finish, park, renew, requeue
from backend.jobs.lifecycle import Park, after_failure

log = structlog.get_logger()


class JobRunner:
    """At most `concurrency` jobs at once; `lease` is in seconds."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        kinds: Iterable[JobKind],
        resources: Resources,
        *,
        lease: float,
        concurrency: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._kinds = {kind.name: kind for kind in kinds}
        self._resources = resources
        self._lease = lease
        self._places = asyncio.Semaphore(concurrency)
        self._held: dict[int, int] = {}

    async def run(self, job_ids: Sequence[int]) -> None:
        """Claim and run these jobs; those that others hold or that are not due are passed over."""
        async with asyncio.TaskGroup() as group:
            for job_id in job_ids:
                await self._places.acquire()
                group.create_task(self._run_one(job_id))

    async def heartbeat(self) -> None:
        """Renew the leases of all running jobs, three times within each lease, for ever."""
        while True:
            await asyncio.sleep(self._lease / 3)
            await renew(self._database.reads, self._held, lease=self._lease)

    async def _run_one(self, job_id: int) -> None:
        try:
            for job in await claim(self._database.reads, [job_id], lease=self._lease, kinds=list(self._kinds)):
                await self._run_claimed(job)
        finally:
            self._places.release()

    async def _run_claimed(self, job: ClaimedJob) -> None:
        structlog.contextvars.bind_contextvars(job_id=job.id, job_kind=job.kind)
        kind = self._kinds[job.kind]
        run = self._job_run(job, kind)
        self._held[job.id] = job.claims
        try:
            if job.failures >= job.max_failures:
                await self._give_up(kind, run, WorkerLostError(job.failures), Park("its worker died"), failed=False)
                return
            await kind.handler(run)
            if not run.is_finished:
                async with self._database.unit_of_work() as session:
                    await finish(session, job.id, job.claims)
        except LeaseLostError as error:
            log.warning("lease_lost", error=str(error))
        except asyncio.CancelledError:
            # The worker stops: the job goes back at once and its budget is not touched.
            await asyncio.shield(self._release(job, timedelta(0), "the worker was stopped"))
            raise
        except RetryLaterError as later:
            await self._release(job, later.delay, str(later))
        except Exception as error:  # noqa: BLE001 - every failure of a job is decided on below
            await self._fail(job, kind, run, error)
        finally:
            self._held.pop(job.id, None)
            structlog.contextvars.unbind_contextvars("job_id", "job_kind")

    def _job_run(self, job: ClaimedJob, kind: JobKind) -> JobRun:
        return JobRun(
            job_id=job.id,
            payload=job.payload,
            claim=job.claims,
            attempt=job.failures + 1,
            is_last_attempt=job.failures + 1 >= job.max_failures,
            database=self._database,
            clock=self._clock,
            resources=self._resources,
        )

    async def _release(self, job: ClaimedJob, delay: timedelta, reason: str) -> None:
        try:
            async with self._database.unit_of_work() as session:
                await requeue(session, job.id, job.claims, delay=delay.total_seconds(), error=reason, is_failure=False)
        except LeaseLostError:
            log.info("already_taken_over")

    async def _fail(self, job: ClaimedJob, kind: JobKind, run: JobRun, error: Exception) -> None:
        decision = after_failure(
            job.failures + 1,
            job.max_failures,
            is_permanent=isinstance(error, PermanentJobError),
            chance=random.random(),  # noqa: S311 - jitter
        )
        log.warning("job_failed", decision=type(decision).__name__, reason=decision.reason, exc_info=error)
        if isinstance(decision, Park):
            await self._give_up(kind, run, error, decision, failed=True)
            return
        try:
            async with self._database.unit_of_work() as session:
                await requeue(
                    session,
                    job.id,
                    job.claims,
                    delay=decision.delay.total_seconds(),
                    error=describe(error),
                    is_failure=True,
                )
        except LeaseLostError:
            log.info("already_taken_over")

    async def _give_up(self, kind: JobKind, run: JobRun, error: Exception, decision: Park, *, failed: bool) -> None:
        """Park the job as dead and say so, in one fresh transaction; the kind's own last words come first."""
        if kind.on_dead is not None:
            await kind.on_dead(run, error)
        try:
            async with self._database.unit_of_work() as session:
                await park(session, run.job_id, run.claim, error=describe(error), is_failure=failed)
                await publish(
                    session,
                    JobDied(job_id=run.job_id, kind=kind.name, reason=decision.reason, error=describe(error)),
                )
        except LeaseLostError:
            log.info("already_taken_over")


class WorkerLostError(Exception):
    """The job's worker died or hung each time it ran."""

    def __init__(self, times: int) -> None:
        super().__init__(f"The worker that ran this job was lost {times} times.")


def describe(error: Exception) -> str:
    """One line about an error for admins, of bounded length."""
    return f"{type(error).__name__}: {error}"[:2000].replace("\x00", "")
