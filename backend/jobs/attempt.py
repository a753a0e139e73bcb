"""One attempt at one claimed job: run its handler, and decide what becomes of it."""

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.db.database import Database
from backend.db.describe import describe
from backend.jobs.events import publish, subscribers
from backend.jobs.job_died import JobDied
from backend.jobs.job_kind import JobKind, JobRun, PermanentJobError, Resources, RetryLaterError
from backend.jobs.lease import ClaimedJob, LeaseLostError, finish, park, requeue
from backend.jobs.lifecycle import Park, Retry, after_failure

log = structlog.get_logger()

Outcome = Literal["done", "released", "retried", "dead", "lost"]

# A kind's last words are tried this often before the job is parked without them.
_LAST_WORDS_TRIES = 3


class WorkerLostError(Exception):
    """The job's worker died or hung each time it ran."""

    def __init__(self, times: int) -> None:
        super().__init__(f"The worker that ran this job was lost; {times} failures.")


@dataclass(frozen=True, slots=True)
class Attempt:
    job: ClaimedJob
    kind: JobKind
    database: Database
    clock: Clock
    resources: Resources

    async def run(self) -> Outcome:
        """Never raises but CancelledError: whatever happens is written down, or left to the lease."""
        try:
            return await self._run()
        except LeaseLostError as error:
            log.warning("lease_lost", claim=str(error))
            return "lost"

    async def _run(self) -> Outcome:
        run = self._job_run()
        if self.job.failures >= self.kind.max_failures:
            # Its leases ran out, the last one too: nobody was left to say so.
            error = WorkerLostError(self.job.failures)
            return await self._give_up(run, error, Park("its worker died"), is_failure=False)
        try:
            async with asyncio.timeout(self.kind.timeout.total_seconds()):
                await self.kind.handler(run)
            if not run.is_finished:
                async with self.database.unit_of_work() as session:
                    await finish(session, self.job.id, self.job.claims)
        except LeaseLostError:
            raise
        except asyncio.CancelledError:
            # The worker stops: the job goes back at once and its budget is not touched.
            await asyncio.shield(self._release(timedelta(0), "The worker was stopped."))
            raise
        except RetryLaterError as later:
            return await self._release(later.delay, str(later))
        except Exception as error:  # noqa: BLE001 - every failure of a job is decided on
            return await self._fail(run, error)
        return "done"

    def _job_run(self) -> JobRun:
        attempt = self.job.failures + 1
        return JobRun(
            job_id=self.job.id,
            payload=self.job.payload,
            claim=self.job.claims,
            attempt=attempt,
            is_last_attempt=attempt >= self.kind.max_failures,
            database=self.database,
            clock=self.clock,
            resources=self.resources,
        )

    async def _release(self, delay: timedelta, reason: str) -> Outcome:
        async with self.database.unit_of_work() as session:
            await self._requeue(session, delay, reason, is_failure=False)
        return "released"

    async def _fail(self, run: JobRun, error: Exception) -> Outcome:
        decision = after_failure(
            run.attempt,
            self.kind.max_failures,
            is_permanent=isinstance(error, PermanentJobError),
            chance=random.random(),  # noqa: S311 - jitter
        )
        log.warning("job_failed", decision=type(decision).__name__, reason=decision.reason, exc_info=error)
        match decision:
            case Park():
                return await self._give_up(run, error, decision, is_failure=True)
            case Retry(delay=delay):
                async with self.database.unit_of_work() as session:
                    await self._requeue(session, delay, describe(error), is_failure=True)
                return "retried"

    async def _requeue(self, session: AsyncSession, delay: timedelta, error: str, *, is_failure: bool) -> None:
        seconds = delay.total_seconds()
        await requeue(session, self.job.id, self.job.claims, delay=seconds, error=error, is_failure=is_failure)

    async def _give_up(self, run: JobRun, error: Exception, decision: Park, *, is_failure: bool) -> Outcome:
        """Park the job, and tell of its death in the same transaction unless its own last words have told."""
        is_told = await self._last_words(run, error)
        async with self.database.unit_of_work() as session:
            await park(session, self.job.id, self.job.claims, error=describe(error), is_failure=is_failure)
            # The death of a job that tells of deaths is told by the log alone, or it would go on for ever.
            if not is_told and self.kind.name not in subscribers(session, JobDied):
                died = JobDied(job_id=self.job.id, kind=self.kind.name, reason=decision.reason, error=describe(error))
                await publish(session, died)
        log.error("job_dead", reason=decision.reason, error=describe(error))
        return "dead"

    async def _last_words(self, run: JobRun, error: Exception) -> bool:
        """Whether they were said."""
        if self.kind.on_dead is None:
            return False
        for tried in range(1, _LAST_WORDS_TRIES + 1):
            try:
                await self.kind.on_dead(run, error)
            except Exception:
                log.exception("last_words_failed", tried=tried)
                await asyncio.sleep(0.2 * tried)
            else:
                return True
        return False
