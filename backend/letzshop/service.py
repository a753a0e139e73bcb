"""Runs within the caller's transaction: started, cancelled, run again."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.db.doorbells import Hint, ring_after_commit
from backend.jobs import enqueue, publish
from backend.letzshop.errors import (
    NotConnectedError,
    RunFinishedError,
    RunNotFoundError,
    RunRunningError,
    StoreInactiveError,
)
from backend.letzshop.events import RunEnded
from backend.letzshop.failure import Outcome
from backend.letzshop.models import LetzshopCredentials, LetzshopRun
from backend.letzshop.repository import ask_for, credentials_of, locked, unfinished
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.tenancy import TenancyService

RUN = "letzshop.run"
# Takes hours: in a lane of its own, so that what is small does not wait behind it.
RUN_HISTORY = "letzshop.run_history"


def hint_run(session: AsyncSession, run: LetzshopRun) -> None:
    ring_after_commit(session, Hint(event="letzshop.run", id=run.id, store_id=run.store_id))


async def mark_ended(
    session: AsyncSession, clock: Clock, run: LetzshopRun, status: RunStatus, message: str | None = None
) -> None:
    """Write that a run has ended, and how; who waits for it hears of it."""
    run.status, run.completed_at, run.error_message = status.value, clock.now(), message
    hint_run(session, run)
    if run.is_on_demand:
        await publish(session, RunEnded(run_id=run.id, kind=run.kind, status=run.status, message=message))


class LetzshopService:
    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def start(
        self, kind: RunKind, *, store_id: int, user_id: int | None = None, is_on_demand: bool = True
    ) -> LetzshopRun:
        """Start a sync or a historical import; the unfinished one of that kind when there is one.

        NotConnectedError without credentials, StoreInactiveError, StoreNotFoundError.
        """
        # Its lock makes two who start at once find one run.
        await self.connected(store_id, for_update=True)
        if not await TenancyService(self._session, self._clock).is_active(store_id):
            raise StoreInactiveError(f"Store {store_id} is not active.")
        present = await unfinished(self._session, store_id, kind)
        if present is not None:
            if is_on_demand:
                await ask_for(self._session, present)
            return present
        return await self.add(
            LetzshopRun(kind=kind.value, store_id=store_id, is_on_demand=is_on_demand, started_by_user_id=user_id)
        )

    async def add(self, run: LetzshopRun) -> LetzshopRun:
        """Write a run and its job."""
        run.run, run.created_at = 1, self._clock.now()
        self._session.add(run)
        await self._session.flush()
        await self._enqueue(run)
        return run

    async def get(self, run_id: int) -> LetzshopRun:
        found = await self._session.get(LetzshopRun, run_id)
        if found is None:
            raise RunNotFoundError(f"There is no Letzshop run {run_id}.")
        return found

    async def connected(self, store_id: int, *, for_update: bool = False) -> LetzshopCredentials:
        """The store's credentials; StoreNotFoundError or NotConnectedError when there are none."""
        found = await credentials_of(self._session, store_id, for_update=for_update)
        if found is None:
            await TenancyService(self._session, self._clock).get_store(store_id)
            raise NotConnectedError(f"Store {store_id} has no Letzshop credentials.")
        return found

    async def cancel(self, run_id: int) -> LetzshopRun:
        """Stop a run: at once while it waits, after the present page while it runs. What is taken stays."""
        run = await self._locked(run_id)
        if run.status == RunStatus.CANCELLED:
            return run
        if RunStatus(run.status).is_finished:
            raise RunFinishedError(f"Run {run_id} has finished; there is nothing to cancel.")
        run.cancel_requested_at = run.cancel_requested_at or self._clock.now()
        if run.status == RunStatus.PENDING:
            await mark_ended(self._session, self._clock, run, RunStatus.CANCELLED)
        else:
            hint_run(self._session, run)
        return run

    async def retry(self, run_id: int) -> LetzshopRun:
        """Go on with a run that failed or was cancelled, after its last committed page; a finished one starts anew."""
        run = await self._locked(run_id)
        if not RunStatus(run.status).is_finished:
            raise RunRunningError(f"Run {run_id} has not finished; cancel it first.")
        other = await unfinished(self._session, run.store_id, RunKind(run.kind))
        if other is not None and run.order_id is None:
            raise RunRunningError(f"Run {other.id} does what run {run_id} was to do.")
        if run.kind == RunKind.FULFILMENT and run.status == RunStatus.COMPLETED:
            raise RunFinishedError(f"Run {run_id} has done its part; it would send the same again.")
        if run.status in {RunStatus.COMPLETED, RunStatus.PARTIAL} or run.outcome == Outcome.REJECTED:
            # What Letzshop refuses may be the cursor to go on from.
            _forget_progress(run)
        run.status, run.run, run.is_on_demand = RunStatus.PENDING.value, run.run + 1, True
        run.outcome = None
        run.error_message = run.cancel_requested_at = run.completed_at = None
        run.delays = 0
        await self._enqueue(run)
        return run

    async def _enqueue(self, run: LetzshopRun) -> None:
        # One after the other for each store, so that two runs never take the same shipments; what goes out does not
        # wait behind what comes in.
        way = "out" if run.kind == RunKind.FULFILMENT else "in"
        kind = RUN_HISTORY if run.kind == RunKind.HISTORY else RUN
        payload = {"run_id": run.id, "run": run.run, "queued_at": self._clock.now().isoformat()}
        await enqueue(self._session, kind, payload, exclusive_key=f"letzshop:{run.store_id}:{way}")
        hint_run(self._session, run)

    async def _locked(self, run_id: int) -> LetzshopRun:
        run = await locked(self._session, run_id)
        if run is None:
            raise RunNotFoundError(f"There is no Letzshop run {run_id}.")
        return run


def _forget_progress(run: LetzshopRun) -> None:
    run.phase = run.cursor = run.started_at = None
    run.page = run.shipments_fetched = run.error_count = 0
    run.orders_created = run.orders_updated = run.orders_unchanged = 0
    run.errors = []
