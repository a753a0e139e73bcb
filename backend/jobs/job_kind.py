"""What a package declares about its jobs, and what a job's handler gets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs.lane import LaneName
from backend.jobs.lease import finish, forget_failures


class PermanentJobError(Exception):
    """Trying again cannot help: the job is parked as dead at once."""


class RetryLaterError(Exception):
    """The job cannot go on now; it comes back after `delay` without spending its budget."""

    def __init__(self, reason: str, delay: timedelta) -> None:
        super().__init__(reason)
        self.delay = delay


@dataclass(slots=True)
class JobRun:
    """One claimed job: its payload, and units of work to do it in.

    Short jobs use one `finishing()` unit; long ones commit as they go in `database.unit_of_work()` and finish last.
    """

    job_id: int
    payload: dict[str, Any]  # Any: JSON
    claim: int
    attempt: int
    is_last_attempt: bool
    database: Database
    clock: Clock
    resources: "Resources"
    is_finished: bool = field(default=False)

    @asynccontextmanager
    async def finishing(self) -> AsyncIterator[AsyncSession]:
        """A unit of work that also marks the job done: effect and mark commit together, or neither does."""
        async with self.database.unit_of_work() as session:
            yield session
            await finish(session, self.job_id, self.claim)
        self.is_finished = True

    async def progressed(self, session: AsyncSession) -> None:
        """Say, in the transaction that brings a long job further, that it does: its budget of failures begins anew.

        A job whose workers die now and then comes to its end; one that fails at the same place does not go on for ever.
        """
        if self.attempt > 1:
            await forget_failures(session, self.job_id, self.claim)
            self.attempt, self.is_last_attempt = 1, False


@dataclass(frozen=True, slots=True)
class Resources:
    """What the composition root lends to jobs besides the database."""

    settings: Settings


Handler = Callable[[JobRun], Awaitable[None]]
FailureHandler = Callable[[JobRun, Exception], Awaitable[None]]
Transactional = Callable[[AsyncSession, Clock, dict[str, Any]], Awaitable[None]]  # Any: JSON


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job.

    `on_dead` is its last words, in units of work of its own, after the last failure; it may be called again. Who has
    none, or cannot say them, is told of by a JobDied event.
    `on_cancelled` undoes what waits for the job, in the transaction in which somebody cancels it.
    Each `lane` has places of its own, so that short jobs do not wait behind others.
    `timeout` ends an attempt that hangs, as a failure: heartbeats would otherwise keep it for ever.
    """

    name: str
    handler: Handler
    max_failures: int = 5
    on_dead: FailureHandler | None = None
    on_cancelled: Transactional | None = None
    lane: LaneName = LaneName.SHORT
    timeout: timedelta = timedelta(hours=1)


# Where a session's composition root keeps its kinds of job, by name, for whoever cancels one.
KINDS = "job_kinds"


def in_one_transaction(work: Transactional) -> Handler:
    """The handler of a short job: its work and its finish are one transaction."""

    async def handler(run: JobRun) -> None:
        async with run.finishing() as session:
            await work(session, run.clock, run.payload)

    return handler
