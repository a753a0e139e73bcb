"""One attempt at one run: its row as long as it is ours, and calls that are made again as their outcome allows."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.jobs import JobRun, RetryLaterError
from backend.letzshop.failure import LetzshopError
from backend.letzshop.models import LetzshopRun
from backend.letzshop.repository import locked
from backend.letzshop.retrying import Again, GiveUp, Later, RetryPolicy, after_failure
from backend.letzshop.run_kinds import RunKind, RunStatus

ResultT = TypeVar("ResultT")

log = structlog.get_logger()

POLICY = RetryPolicy()
# A run that is asked to wait more often than this fails.
MOST_DELAYS = 10


class CancelledByAdminError(Exception):
    """Somebody cancelled the run."""


class TakenOverError(Exception):
    """Another attempt has gone on with this run; this one must not write any more."""


@dataclass(frozen=True, slots=True)
class RunAttempt:
    """`generation` counts how often the run was started; a row of another generation is not ours to write."""

    job: JobRun
    run_id: int
    generation: int
    kind: RunKind
    store_id: int

    async def ours(self, session: AsyncSession) -> LetzshopRun:
        """The run's row, held until the transaction ends; TakenOverError when it is not ours any more."""
        row = await locked(session, self.run_id)
        if row is None or row.run != self.generation or RunStatus(row.status).is_finished:
            raise TakenOverError(f"attempt {self.generation} of run {self.run_id} is over")
        return row

    async def call(self, make: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """What a call of Letzshop gives, after as many tries as its failures are worth."""
        tried = 0
        while True:
            try:
                return await make()
            except LetzshopError as error:
                tried += 1
                match after_failure(error, tried, POLICY, chance=random.random()):  # noqa: S311 - jitter
                    case Again(pause=pause):
                        await asyncio.sleep(pause)
                    case Later(delay=delay):
                        await self._come_back(delay, error)
                    case GiveUp(reason=reason):
                        log.info("letzshop_call_given_up", run_id=self.run_id, reason=reason)
                        raise

    async def _come_back(self, delay: float, error: LetzshopError) -> None:
        """Leave the run to a later job, a worker's place is not for waiting; too often, and the run has failed."""
        async with self.job.database.unit_of_work() as session:
            row = await self.ours(session)
            row.delays += 1
            delays = row.delays
        if delays > MOST_DELAYS:
            raise error
        raise RetryLaterError(str(error), timedelta(seconds=delay)) from error
