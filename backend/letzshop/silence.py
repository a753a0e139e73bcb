"""Stores that have gone silent: none of their syncs has succeeded for three intervals, for whatever reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import AlertType, PlatformAlertService, Severity
from backend.core.clock import Clock
from backend.jobs import JobRun
from backend.letzshop.repository import credentials_of
from backend.letzshop.run_kinds import RunStatus
from backend.letzshop.telling import SYSTEM, silence_key
from backend.notifications import AdminNotificationService
from backend.tenancy import TenancyService

INTERVALS = 3

_SILENT = text(
    """
    select store_id from letzshop_credentials
    where auto_sync_enabled and silent_since is null
      and silence_counts_from
          < cast(:now as timestamptz) - make_interval(mins => sync_interval_minutes * cast(:intervals as integer))
    order by store_id
    """
)


async def watch_silence(run: JobRun) -> None:
    """Raise the alert of silence for each store that has become silent; once until it is heard again."""
    async with run.database.unit_of_work() as session:
        silent = await _silent(session, run.clock.now())
    for store_id in silent:
        async with run.database.unit_of_work() as session:
            await _tell(session, run.clock, store_id)


async def _silent(session: AsyncSession, now: datetime) -> Sequence[int]:
    return (await session.scalars(_SILENT, {"now": now, "intervals": INTERVALS})).all()


async def _tell(session: AsyncSession, clock: Clock, store_id: int) -> None:
    credentials = await credentials_of(session, store_id, for_update=True)
    tenancy = TenancyService(session, clock)
    if credentials is None or credentials.silent_since is not None or not await tenancy.is_active(store_id):
        return
    credentials.silent_since = clock.now()
    store = await tenancy.get_store(store_id)
    heard = credentials.last_success_at
    since = f"since {heard:%Y-%m-%d %H:%M} UTC" if heard else "since it was connected"
    due = f"one is due every {credentials.sync_interval_minutes} min"
    message = f"No order sync of {store.name} has succeeded {since}; {due}."
    alert = await PlatformAlertService(session, clock).create_or_increment_alert(
        alert_type=AlertType.INTEGRATION,
        severity=Severity.ERROR,
        title="Stores without order sync",
        description=message,
        affected_stores=[store_id],
        affected_systems=[SYSTEM],
        dedup_key=silence_key(credentials.endpoint_url),
    )
    if alert.occurrence_count == 1 and credentials.last_status != RunStatus.FAILED:
        # Of a sync that failed they were told; that none came is news, once for all stores that are silent.
        await AdminNotificationService(session, clock).notify_store_issue(
            store_name=store.name, issue_type="order_sync_silent", message=message, store_id=store_id, alert_id=alert.id
        )
