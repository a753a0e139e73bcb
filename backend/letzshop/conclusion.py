"""The end of a run: its status, the store's state, the alert and the notification commit together, in a fresh unit."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.db.victims import again_as_victim
from backend.jobs import JobRun
from backend.letzshop.announcing import Failure, announce, recover
from backend.letzshop.failure import Outcome
from backend.letzshop.models import LetzshopCredentials, LetzshopRun
from backend.letzshop.repository import credentials_of, locked
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.service import mark_ended


@dataclass(frozen=True, slots=True)
class Ending:
    """How one generation of a run ends; without a status it went through to its end."""

    run_id: int
    generation: int
    status: RunStatus | None = None
    message: str | None = None
    # None for an error of our own.
    outcome: Outcome | None = None
    # Letzshop answered, be it with a refusal: there is no outage, whatever else is wrong.
    is_answered: bool = False

    def with_status(self, status: RunStatus, message: str | None = None) -> "Ending":
        return replace(self, status=status, message=message)

    def failed(self, message: str, outcome: Outcome | None) -> "Ending":
        return replace(self, status=RunStatus.FAILED, message=message, outcome=outcome)


async def conclude(run: JobRun, ending: Ending) -> None:
    """End the run, and the job with it. A run is ended and told once."""

    async def work() -> None:
        async with run.finishing() as session:
            await end_run(session, run.clock, ending)

    await again_as_victim(work)


async def end_run(session: AsyncSession, clock: Clock, ending: Ending) -> None:
    """Write how the run ended and tell who has to hear of it; a run that has ended already stays as it is."""
    run = await locked(session, ending.run_id)
    if run is None or run.run != ending.generation or RunStatus(run.status).is_finished:
        return
    ending = _settled(run, ending)
    assert ending.status is not None
    run.outcome = ending.outcome
    await mark_ended(session, clock, run, ending.status, ending.message)
    credentials = await credentials_of(session, run.store_id, for_update=True)
    if credentials is None or ending.status is RunStatus.CANCELLED:
        return
    last_outcome = credentials.last_outcome
    if run.kind == RunKind.SYNC:
        _remember(credentials, ending, clock)
    # Last, so that alerts' rows, which other stores' runs also want, are held for as short as can be.
    if ending.is_answered:
        await recover(session, clock, run, credentials)
    if ending.status is not RunStatus.COMPLETED:
        failure = Failure(ending.message or "", ending.outcome, is_reason_new=ending.outcome != last_outcome)
        await announce(session, clock, run, credentials, failure)


def _settled(run: LetzshopRun, ending: Ending) -> Ending:
    if ending.status is RunStatus.FAILED and run.cancel_requested_at is not None:
        return ending.with_status(RunStatus.CANCELLED)
    if ending.status is not None:
        return ending
    through = replace(ending, is_answered=True)
    if run.error_count == 0:
        return through.with_status(RunStatus.COMPLETED)
    shipments = "shipment" if run.shipments_fetched == 1 else "shipments"
    said = f"{run.error_count} of {run.shipments_fetched} {shipments} could not be taken."
    return replace(through.with_status(RunStatus.PARTIAL, said), outcome=Outcome.PARTIAL)


def _remember(credentials: LetzshopCredentials, ending: Ending, clock: Clock) -> None:
    assert ending.status is not None
    credentials.last_sync_at, credentials.last_status = clock.now(), ending.status.value
    credentials.last_outcome, credentials.last_error = ending.outcome, ending.message
    if ending.status is RunStatus.COMPLETED:
        credentials.last_success_at = clock.now()
    if ending.status in {RunStatus.COMPLETED, RunStatus.PARTIAL}:
        credentials.silence_counts_from, credentials.silent_since = clock.now(), None
    if ending.outcome is Outcome.REJECTED and ending.is_answered:
        # It may be the stored cursor that Letzshop refuses: the next sync begins without one.
        credentials.confirmed_cursor = None
