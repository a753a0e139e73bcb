"""The job of a run: begin it, go its way, and conclude it, whatever happens."""

from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.circuit import FIRST_PAUSE, Refuse
from backend.core.clock import Clock
from backend.core.fields import JsonObject, storable
from backend.db.describe import describe
from backend.jobs import JobRun, RetryLaterError
from backend.letzshop import endpoints
from backend.letzshop.attempt import POLICY, CancelledByAdminError, RunAttempt
from backend.letzshop.conclusion import Ending, conclude, end_run
from backend.letzshop.connection import Connection, connection_of, open_client
from backend.letzshop.errors import KeyUnreadableError
from backend.letzshop.failure import LetzshopError, Outcome
from backend.letzshop.fulfilment_run import fulfil
from backend.letzshop.models import LetzshopRun
from backend.letzshop.order_walk import OrderWalk
from backend.letzshop.outage_wait import Away, wait_or_end
from backend.letzshop.repository import credentials_of, locked
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.service import hint_run
from backend.letzshop.walk_plan import EndlessListError, Position, first_position
from backend.orders import ExceptionsUnsettledError, NotTrackableError
from backend.tenancy import TenancyService

log = structlog.get_logger()

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class _Begun:
    attempt: RunAttempt
    # None for what goes out.
    position: Position | None
    connection: Connection


async def run_letzshop(run: JobRun) -> None:
    """The handler of a run's job; may be called any number of times for the same run."""
    begun = await _begin(run)
    if begun is None:
        return
    ended = await _outcome_of(run, begun) if isinstance(begun, _Begun) else begun
    await conclude(run, await wait_or_end(run, ended) if isinstance(ended, Away) else ended)


async def _outcome_of(run: JobRun, begun: _Begun) -> Ending | Away:
    """How the run ended, or that Letzshop was away."""
    ending = Ending(begun.attempt.run_id, begun.attempt.generation)
    try:
        await _go(run, begun)
    except CancelledByAdminError:
        ending = ending.with_status(RunStatus.CANCELLED)
    except LetzshopError as error:
        ending = replace(ending.failed(str(error), error.outcome), is_answered=error.is_answer)
        if error.outcome is Outcome.TRANSIENT:
            return await _away(run, begun, ending, error)
    except EndlessListError as error:
        ending = ending.failed(str(error), Outcome.REJECTED)
    except (NotTrackableError, ExceptionsUnsettledError) as error:
        # The order is not what it was when somebody asked, so that Letzshop is not asked.
        ending = ending.failed(error.detail, Outcome.REJECTED)
    except RetryLaterError:
        raise
    except Exception as error:
        if not run.is_last_attempt:
            raise
        log.exception("letzshop_run_failed")
        ending = ending.failed(_said(error), None)
    return ending


async def give_up(run: JobRun, error: Exception) -> None:
    """The job is dead, its worker lost each time: the run has failed."""
    ending = Ending(run.payload["run_id"], run.payload["run"]).failed(_said(error), None)
    async with run.database.unit_of_work() as session:
        await end_run(session, run.clock, ending)


async def be_cancelled(session: AsyncSession, clock: Clock, payload: JsonObject) -> None:
    """The job was cancelled while it waited: nobody else would end the run."""
    ending = Ending(payload["run_id"], payload["run"]).with_status(RunStatus.CANCELLED)
    await end_run(session, clock, ending)


async def _begin(run: JobRun) -> _Begun | Ending | Away | None:
    """Mark the run as fetching; how it ends when it cannot begin; None when it is over already."""
    async with run.database.unit_of_work() as session:
        row = await locked(session, run.payload["run_id"])
        if row is None or row.run != run.payload["run"] or RunStatus(row.status).is_finished:
            return None
        ending = Ending(row.id, row.run)
        if row.cancel_requested_at is not None:
            return ending.with_status(RunStatus.CANCELLED)
        if not await TenancyService(session, run.clock).is_active(row.store_id):
            return ending.with_status(RunStatus.CANCELLED, "The store is not active any more.")
        connection = await _connection(run, session, row)
        if isinstance(connection, str):
            return ending.failed(connection, Outcome.CREDENTIALS)
        admitted = await endpoints.admit(session, connection.endpoint_url, now=run.clock.now())
        if isinstance(admitted, Refuse):
            said = f"Letzshop has not answered since {admitted.since:%H:%M} UTC; it is asked again from "
            said += f"{admitted.until:%H:%M} UTC on."
            refused = ending.failed(said, Outcome.TRANSIENT)
            return Away(refused, RunKind(row.kind), connection.endpoint_url, admitted.until, said)
        return _begun(run, session, row, connection)


def _begun(run: JobRun, session: AsyncSession, row: LetzshopRun, connection: Connection) -> _Begun:
    kind = RunKind(row.kind)
    position = None
    if kind is not RunKind.FULFILMENT:
        position = first_position(kind) if row.phase is None else Position(row.phase, row.page + 1, row.cursor)
        row.phase = position.phase
    if row.status == RunStatus.PENDING:
        # It may have waited, and said why.
        row.status, row.error_message = RunStatus.FETCHING.value, None
    row.started_at = row.started_at or run.clock.now()
    hint_run(session, row)
    return _Begun(RunAttempt(run, row.id, row.run, kind, row.store_id), position, connection)


async def _connection(run: JobRun, session: AsyncSession, row: LetzshopRun) -> Connection | str:
    """How the store is reached, or why it cannot be."""
    credentials = await credentials_of(session, row.store_id)
    if credentials is None:
        return "The store is not connected to Letzshop any more."
    try:
        return connection_of(run.resources.settings, credentials)
    except KeyUnreadableError as error:
        return error.detail


async def _go(run: JobRun, begun: _Begun) -> None:
    async with open_client(run.resources.settings, begun.connection, run.clock) as client:
        if begun.position is None:
            await fulfil(begun.attempt, client)
        else:
            await OrderWalk(begun.attempt, client).go(begun.position)


async def _away(run: JobRun, begun: _Begun, ending: Ending, error: LetzshopError) -> Away:
    """Count the failure on the endpoint's circuit, which says when it may be asked again."""
    now, endpoint_url = run.clock.now(), begun.connection.endpoint_url
    async with run.database.unit_of_work() as session:
        probe_at = await endpoints.record_failure(session, endpoint_url, str(error), now=now)
    asked_to_wait = timedelta(seconds=min(error.retry_after or 0.0, POLICY.longest_delay))
    until = max(probe_at or now + FIRST_PAUSE, now + asked_to_wait)
    reason = f"{error} It is sent again from {until:%H:%M} UTC on."
    return Away(ending, begun.attempt.kind, endpoint_url, until, reason)


def _said(error: Exception) -> str:
    return storable(f"The run was ended by an error: {describe(error)}", _LONGEST_REASON)
