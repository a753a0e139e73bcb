"""What goes out waits while Letzshop is away: it is sent once Letzshop is back, and fails only after a long time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlert
from backend.jobs import JobRun, RetryLaterError
from backend.letzshop.announcing import count_outage
from backend.letzshop.conclusion import Ending
from backend.letzshop.models import LetzshopRun
from backend.letzshop.repository import locked
from backend.letzshop.retrying import GiveUp, Later
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.service import hint_run
from backend.notifications import AdminNotificationService, NotificationType, Priority
from backend.tenancy import TenancyService

# From when somebody asked for it, or asked again.
LONGEST_WAIT = timedelta(hours=24)
_SHORTEST_PAUSE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Away:
    """Letzshop does not answer; `ending` is how a run ends that does not wait until it may ask again.

    `reason` is what an admin reads while it waits.
    """

    ending: Ending
    kind: RunKind
    endpoint_url: str
    until: datetime
    reason: str


def whether_to_wait(kind: RunKind, *, queued_at: datetime | None, now: datetime, until: datetime) -> Later | GiveUp:
    """What comes in is asked for again by its schedule; what goes out only this run will send."""
    if kind is not RunKind.FULFILMENT:
        return GiveUp("the next run does the same")
    if queued_at is None or now - queued_at >= LONGEST_WAIT:
        return GiveUp(f"Letzshop was away for {LONGEST_WAIT.total_seconds() / 3600:.0f} hours")
    return Later(max(until - now, _SHORTEST_PAUSE).total_seconds())


async def wait_or_end(run: JobRun, away: Away) -> Ending:
    """Leave the run to a later job, which RetryLaterError says; else how it ends."""
    queued_at = run.payload.get("queued_at")
    verdict = whether_to_wait(
        away.kind,
        queued_at=datetime.fromisoformat(queued_at) if queued_at else None,
        now=run.clock.now(),
        until=away.until,
    )
    if isinstance(verdict, Later):
        if await run.database.retrying(partial(_note, run, away)):
            raise RetryLaterError(away.reason, timedelta(seconds=verdict.delay))
    elif away.kind is RunKind.FULFILMENT:
        return replace(away.ending, message=f"{away.ending.message} It was not sent: {verdict.reason}.")
    return away.ending


async def _note(run: JobRun, away: Away, session: AsyncSession) -> bool:
    """Show that the run waits, and why; False when it is over, or somebody wants it to be."""
    row = await locked(session, away.ending.run_id)
    if row is None or row.run != away.ending.generation or RunStatus(row.status).is_finished:
        return False
    if row.cancel_requested_at is not None:
        return False
    row.status, row.error_message = RunStatus.PENDING.value, away.reason
    hint_run(session, row)
    # Last, as when a run ends: other stores' runs want the alert's row too.
    alert = await count_outage(
        session,
        run.clock,
        store_id=row.store_id,
        endpoint_url=away.endpoint_url,
        message=away.ending.message or "",
    )
    if alert.occurrence_count == 1:
        await _ring(run, row, alert, away.reason, session)
    return True


async def _ring(run: JobRun, row: LetzshopRun, alert: PlatformAlert, reason: str, session: AsyncSession) -> None:
    """Whoever is the first to meet an outage tells of it: those who come later take it for known."""
    store = await TenancyService(session, run.clock).get_store(row.store_id)
    await AdminNotificationService(session, run.clock).create_notification(
        type=NotificationType.ORDER_SYNC_FAILURE,
        priority=Priority.HIGH,
        title=f"What {store.name} sends to Letzshop has to wait",
        message=reason,
        action_required=True,
        action_url=f"/letzshop/runs/{row.id}",
        # Without the run's id: it is not to be tried again from there, it does so by itself.
        notification_metadata={"store_name": store.name, "run_kind": row.kind},
        store_id=row.store_id,
        alert_id=alert.id,
    )
