"""What every change of an alert shares: its row's lock, its timeline, its hint, and what resolving takes along."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts.errors import AlertNotFoundError
from backend.alerts.events import AlertChanged
from backend.alerts.kinds import TimelineKind
from backend.alerts.models import PlatformAlert, TimelineEntry
from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.db.doorbells import Hint, ring_after_commit
from backend.jobs import publish
from backend.notifications import AdminNotificationService

# Beside what occurrences publish (ingest.py). What people say about an alert changes nothing in it.
_PUBLISHED = (TimelineKind.RESOLVED, TimelineKind.REOPENED)


class Changing:
    """The common part of the service; see PlatformAlertService."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def _locked(self, alert_id: int) -> PlatformAlert:
        alert = await self._session.scalar(
            select(PlatformAlert)
            .where(PlatformAlert.id == alert_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if alert is None:
            raise AlertNotFoundError(alert_id)
        return alert

    async def _resolve(self, alert: PlatformAlert, user_id: int | None, notes: str | None, *, reason: str) -> None:
        await self._resolve_all([alert], user_id, notes, reason=reason)

    async def _resolve_all(
        self, alerts: Sequence[PlatformAlert], user_id: int | None, notes: str | None, *, reason: str
    ) -> None:
        """Resolve alerts that are locked and open, in as many statements as for one."""
        now = self._clock.now()
        for alert in alerts:
            alert.is_resolved = True
            alert.resolved_at = alert.updated_at = now
            alert.resolved_by_user_id = user_id
            alert.resolution_notes = notes
            alert.settled_position_at = alert.last_occurred_at
            alert.snoozed_until = alert.snoozed_by_user_id = None
        # A walk that began before looks up here where the alert stood (walk.py).
        noted: JsonObject = {"notes": notes} if notes else {}
        details = {alert.id: {"last_occurred_at": alert.last_occurred_at.isoformat(), **noted} for alert in alerts}
        await self._tell_all(TimelineKind.RESOLVED, user_id, details)
        await self._settle_notifications(list(details), reason)

    async def _settle_notifications(
        self, alert_ids: Sequence[int], reason: str, store_ids: list[int] | None = None
    ) -> None:
        notifications = AdminNotificationService(self._session, self._clock)
        await notifications.settle_for_alerts(alert_ids=alert_ids, reason=reason, store_ids=store_ids)

    async def _tell(
        self, alert_id: int, kind: TimelineKind, user_id: int | None, detail: JsonObject | None = None
    ) -> None:
        await self._tell_all(kind, user_id, {alert_id: detail or {}})

    async def _tell_all(self, kind: TimelineKind, user_id: int | None, details: Mapping[int, JsonObject]) -> None:
        """Add the same to the timeline of several alerts, each with its own detail."""
        if not details:
            return
        await self._session.flush()
        now = self._clock.now()
        rows = [
            {"alert_id": alert_id, "at": now, "kind": kind.value, "user_id": user_id, "detail": detail}
            for alert_id, detail in details.items()
        ]
        await self._session.execute(insert(TimelineEntry), rows)
        self._hint(next(iter(details)) if len(details) == 1 else None)
        if kind in _PUBLISHED:
            await publish(self._session, *(AlertChanged(alert_id=alert_id) for alert_id in details))

    def _hint(self, alert_id: int | None) -> None:
        ring_after_commit(self._session, Hint(event="alert.changed", id=alert_id))
