"""The end of a run: its status, the store's state, the alert and the notification commit together, in a fresh unit."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import AlertType, PlatformAlert, PlatformAlertService, Severity
from backend.core.clock import Clock
from backend.db.victims import again_as_victim
from backend.jobs import JobRun
from backend.letzshop import endpoints
from backend.letzshop.failure import Outcome
from backend.letzshop.models import LetzshopCredentials, LetzshopRun
from backend.letzshop.repository import credentials_of, locked
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.schedule import hurry_after_outage
from backend.letzshop.service import mark_ended
from backend.letzshop.telling import SYSTEM, failure_key, outage_key, silence_key, store_key, whether_to_tell
from backend.notifications import AdminNotificationService, NotificationType, Priority
from backend.tenancy import TenancyService

_TITLES = {
    RunKind.SYNC: "Letzshop order sync failing for {}",
    RunKind.HISTORY: "Letzshop historical import failing for {}",
    RunKind.FULFILMENT: "Letzshop refuses what {} sends",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How one generation of a run ends; without a status it went through to its end."""

    run_id: int
    generation: int
    status: RunStatus | None = None
    message: str | None = None
    # None for an error of our own.
    outcome: Outcome | None = None
    # Letzshop refused, which is an answer: there is no outage, whatever else is wrong.
    is_refused: bool = False

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
    await mark_ended(session, clock, run, ending.status, ending.message)
    credentials = await credentials_of(session, run.store_id, for_update=True)
    if credentials is None or ending.status is RunStatus.CANCELLED:
        return
    did_fail_before = credentials.last_status in {RunStatus.FAILED, RunStatus.PARTIAL}
    if run.kind == RunKind.SYNC:
        _remember(credentials, ending, clock)
    # Last, so that alerts' rows, which other stores' runs also want, are held for as short as can be.
    await _tell(session, clock, run, credentials, ending, did_fail_before=did_fail_before)


def _settled(run: LetzshopRun, ending: Ending) -> Ending:
    if ending.status is RunStatus.FAILED and run.cancel_requested_at is not None:
        return ending.with_status(RunStatus.CANCELLED)
    if ending.status is not None:
        return ending
    if run.error_count == 0:
        return ending.with_status(RunStatus.COMPLETED)
    shipments = "shipment" if run.error_count == 1 else "shipments"
    said = f"{run.error_count} of {run.shipments_fetched} {shipments} could not be taken."
    return replace(ending, status=RunStatus.PARTIAL, message=said, outcome=Outcome.PARTIAL)


def _remember(credentials: LetzshopCredentials, ending: Ending, clock: Clock) -> None:
    assert ending.status is not None
    credentials.last_sync_at, credentials.last_status = clock.now(), ending.status.value
    credentials.last_error = ending.message
    if ending.status is RunStatus.COMPLETED:
        credentials.last_success_at, credentials.silent_since = clock.now(), None
    if ending.outcome is Outcome.REJECTED:
        # It may be the stored cursor that Letzshop refuses: the next sync begins without one.
        credentials.confirmed_cursor = None


async def _tell(
    session: AsyncSession,
    clock: Clock,
    run: LetzshopRun,
    credentials: LetzshopCredentials,
    ending: Ending,
    *,
    did_fail_before: bool,
) -> None:
    if ending.is_refused or ending.status in {RunStatus.COMPLETED, RunStatus.PARTIAL}:
        await _recover(session, clock, run, credentials, is_clean=ending.status is RunStatus.COMPLETED)
    if ending.status is RunStatus.COMPLETED:
        return
    alert, is_new = await _raise(session, clock, run, credentials, ending)
    verdict = whether_to_tell(
        is_on_demand=run.is_on_demand,
        is_outage=ending.outcome is Outcome.TRANSIENT,
        is_alert_new=is_new,
        did_fail_before=did_fail_before,
    )
    if verdict.is_told:
        await _notify(session, clock, run, ending, alert)


async def _recover(
    session: AsyncSession, clock: Clock, run: LetzshopRun, credentials: LetzshopCredentials, *, is_clean: bool
) -> None:
    """Letzshop answered: the store has left an outage, and with a clean run all that was wrong with it is over."""
    kind, by = RunKind(run.kind), f"{run.kind} {run.id}"
    keys = [outage_key(credentials.endpoint_url)]
    if is_clean:
        keys.append(store_key(kind, run.store_id))
    if is_clean and kind is RunKind.SYNC:
        keys.append(silence_key(credentials.endpoint_url))
    alerts = PlatformAlertService(session, clock)
    for key in sorted(keys):
        await alerts.heal(alert_type=AlertType.INTEGRATION, dedup_key=key, store_id=run.store_id, by=by)
    if await endpoints.record_answer(session, credentials.endpoint_url):
        await hurry_after_outage(session, credentials.endpoint_url)


async def _raise(
    session: AsyncSession, clock: Clock, run: LetzshopRun, credentials: LetzshopCredentials, ending: Ending
) -> tuple[PlatformAlert, bool]:
    """The alert that this failure opened or counts on, and whether it is new."""
    store = await TenancyService(session, clock).get_store(run.store_id)
    is_outage = ending.outcome is Outcome.TRANSIENT
    title = "Letzshop does not answer" if is_outage else _TITLES[RunKind(run.kind)].format(store.name)
    alert = await PlatformAlertService(session, clock).create_or_increment_alert(
        alert_type=AlertType.INTEGRATION,
        severity=Severity.WARNING if ending.status is RunStatus.PARTIAL else Severity.ERROR,
        title=title,
        description=ending.message or "",
        affected_stores=[run.store_id],
        affected_systems=[SYSTEM],
        dedup_key=failure_key(RunKind(run.kind), run.store_id, credentials.endpoint_url, ending.outcome),
    )
    return alert, alert.occurrence_count == 1


async def _notify(session: AsyncSession, clock: Clock, run: LetzshopRun, ending: Ending, alert: PlatformAlert) -> None:
    store = await TenancyService(session, clock).get_store(run.store_id)
    notifications = AdminNotificationService(session, clock)
    message = ending.message or ""
    if run.kind == RunKind.HISTORY and ending.outcome is None:
        # An exception of our own ended the historical import; trouble with Letzshop is a sync failure (domain.md 4.2).
        await notifications.create_notification(
            type=NotificationType.IMPORT_FAILURE,
            priority=Priority.HIGH,
            title=f"Historical order import failed for {store.name}",
            message=message,
            action_required=True,
            action_url=f"/letzshop/runs/{run.id}",
            notification_metadata={"store_name": store.name, "run_id": run.id},
            store_id=run.store_id,
            alert_id=alert.id,
        )
        return
    await notifications.notify_order_sync_failure(
        store_name=store.name, error_message=message, store_id=run.store_id, run_id=run.id, alert_id=alert.id
    )
