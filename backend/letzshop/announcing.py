"""Who hears of how a run ended: alerts that open, count and heal, and the bell. Within the transaction that ends it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import AlertType, PlatformAlert, PlatformAlertService, Severity
from backend.core.clock import Clock
from backend.letzshop import endpoints
from backend.letzshop.failure import Outcome
from backend.letzshop.models import LetzshopCredentials, LetzshopRun
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.schedule import hurry_after_outage
from backend.letzshop.telling import SYSTEM, outage_key, silence_key, store_key, whether_to_tell
from backend.notifications import AdminNotificationService, NotificationType, Priority
from backend.orders import OrderService, known_number
from backend.tenancy import TenancyService

_TITLES = {
    RunKind.SYNC: "Letzshop order sync failing for {}",
    RunKind.HISTORY: "Letzshop historical import failing for {}",
    RunKind.FULFILMENT: "Letzshop did not take what {} sent",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What a run says of itself; `is_reason_new` when the store's last sync did not fail in the same way."""

    message: str
    # None for an error of our own.
    outcome: Outcome | None
    is_reason_new: bool


async def recover(session: AsyncSession, clock: Clock, run: LetzshopRun, credentials: LetzshopCredentials) -> None:
    """Letzshop answered: the store has left an outage, and what the run shows to be well is over."""
    keys = [outage_key(credentials.endpoint_url)]
    if run.status == RunStatus.COMPLETED:
        keys.append(_own_key(run))
    if run.kind == RunKind.SYNC and run.status in {RunStatus.COMPLETED, RunStatus.PARTIAL}:
        keys.append(silence_key(credentials.endpoint_url))
    await _heal(session, clock, run.store_id, keys, by=f"{run.kind} {run.id}")
    if await endpoints.record_answer(session, credentials.endpoint_url):
        await hurry_after_outage(session, credentials.endpoint_url)


async def leave_shared_alerts(
    session: AsyncSession, clock: Clock, credentials: LetzshopCredentials, *, by: str
) -> None:
    """No sync of the store will tell any more that its address answers: it is no part of its outages."""
    await _heal(session, clock, credentials.store_id, _shared_keys(credentials), by=by)


async def leave_alerts(session: AsyncSession, clock: Clock, credentials: LetzshopCredentials, *, by: str) -> None:
    """Nothing of Letzshop concerns the store any more."""
    own = [store_key(kind, credentials.store_id) for kind in (RunKind.SYNC, RunKind.HISTORY)]
    await _heal(session, clock, credentials.store_id, [*own, *_shared_keys(credentials)], by=by)


def _shared_keys(credentials: LetzshopCredentials) -> list[str]:
    return [outage_key(credentials.endpoint_url), silence_key(credentials.endpoint_url)]


async def _heal(session: AsyncSession, clock: Clock, store_id: int, keys: list[str], *, by: str) -> None:
    """The store is out of these alerts, as far as it was in them."""
    alerts = PlatformAlertService(session, clock)
    for key in sorted(keys):
        await alerts.heal(alert_type=AlertType.INTEGRATION, dedup_key=key, store_id=store_id, by=by)


async def announce(
    session: AsyncSession, clock: Clock, run: LetzshopRun, credentials: LetzshopCredentials, failure: Failure
) -> None:
    """Open the failure's alert or count on it, and ring for what is news."""
    store = await TenancyService(session, clock).get_store(run.store_id)
    is_outage = failure.outcome is Outcome.TRANSIENT
    if is_outage:
        alert = await count_outage(
            session, clock, store_id=run.store_id, endpoint_url=credentials.endpoint_url, message=failure.message
        )
    else:
        alert = await _count_own(session, clock, run, failure, store.name)
    verdict = whether_to_tell(
        is_on_demand=run.is_on_demand,
        is_outage=is_outage,
        is_alert_new=alert.occurrence_count == 1,
        is_reason_new=failure.is_reason_new,
    )
    if verdict.is_told:
        await _notify(session, clock, run, failure, alert, store.name)


async def count_outage(
    session: AsyncSession, clock: Clock, *, store_id: int, endpoint_url: str, message: str
) -> PlatformAlert:
    """The alert of the outage that the store has met, opened or counted on."""
    return await PlatformAlertService(session, clock).create_or_increment_alert(
        alert_type=AlertType.INTEGRATION,
        severity=Severity.ERROR,
        title="Letzshop does not answer",
        description=message,
        affected_stores=[store_id],
        affected_systems=[SYSTEM],
        dedup_key=outage_key(endpoint_url),
    )


async def _count_own(
    session: AsyncSession, clock: Clock, run: LetzshopRun, failure: Failure, store_name: str
) -> PlatformAlert:
    """The alert of what is wrong with this store alone."""
    title = _TITLES[RunKind(run.kind)].format(store_name)
    if run.order_id is not None:
        title += f" for order {await _order_number(session, clock, run.order_id)}"
    return await PlatformAlertService(session, clock).create_or_increment_alert(
        alert_type=AlertType.INTEGRATION,
        severity=Severity.WARNING if run.status == RunStatus.PARTIAL else Severity.ERROR,
        title=title,
        description=failure.message,
        affected_stores=[run.store_id],
        affected_systems=[SYSTEM],
        dedup_key=_own_key(run),
    )


async def _notify(
    session: AsyncSession, clock: Clock, run: LetzshopRun, failure: Failure, alert: PlatformAlert, store_name: str
) -> None:
    notifications = AdminNotificationService(session, clock)
    if run.kind == RunKind.SYNC:
        await notifications.notify_order_sync_failure(
            store_name=store_name,
            error_message=failure.message,
            store_id=run.store_id,
            run_id=run.id,
            alert_id=alert.id,
        )
        return
    type_, title = NotificationType.ORDER_SYNC_FAILURE, f"Letzshop order sync failed for {store_name}"
    if run.kind == RunKind.HISTORY and failure.outcome is None:
        # An exception of our own ended the historical import; trouble with Letzshop is a sync failure (domain.md 4.2).
        type_, title = NotificationType.IMPORT_FAILURE, f"Historical order import failed for {store_name}"
    if run.order_id is not None:
        number = await _order_number(session, clock, run.order_id)
        title = f"Letzshop did not take what {store_name} sent for order {number}"
    await notifications.create_notification(
        type=type_,
        priority=Priority.HIGH,
        title=title,
        message=failure.message,
        action_required=True,
        action_url=f"/letzshop/runs/{run.id}",
        notification_metadata={"store_name": store_name, "run_id": run.id, "run_kind": run.kind},
        store_id=run.store_id,
        alert_id=alert.id,
    )


def _own_key(run: LetzshopRun) -> str:
    return store_key(RunKind(run.kind), run.store_id, run.order_id)


async def _order_number(session: AsyncSession, clock: Clock, order_id: int) -> str:
    return known_number(await OrderService(session, clock).get(order_id))
