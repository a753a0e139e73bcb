"""What every change of an alert shares: its row's lock, its timeline, its hint, and what resolving takes along."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts.errors import AlertNotFoundError
from backend.alerts.kinds import TimelineKind
from backend.alerts.models import PlatformAlert, TimelineEntry
from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.db.doorbells import Hint, ring_after_commit
from backend.notifications import AdminNotificationService


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
        now = self._clock.now()
        alert.is_resolved = True
        alert.resolved_at = alert.updated_at = now
        alert.resolved_by_user_id = user_id
        alert.resolution_notes = notes
        alert.settled_position_at = alert.last_occurred_at
        # A walk that began before looks up here where the alert stood (walk.py).
        detail: JsonObject = {"last_occurred_at": alert.last_occurred_at.isoformat()}
        await self._tell(alert.id, TimelineKind.RESOLVED, user_id, detail | ({"notes": notes} if notes else {}))
        await self._settle_notifications(alert.id, reason)

    async def _settle_notifications(self, alert_id: int, reason: str, store_ids: list[int] | None = None) -> None:
        notifications = AdminNotificationService(self._session, self._clock)
        await notifications.settle_for_alert(alert_id=alert_id, reason=reason, store_ids=store_ids)

    async def _tell(
        self, alert_id: int, kind: TimelineKind, user_id: int | None, detail: JsonObject | None = None
    ) -> None:
        await self._session.flush()
        await self._session.execute(
            insert(TimelineEntry).values(
                alert_id=alert_id, at=self._clock.now(), kind=kind.value, user_id=user_id, detail=detail or {}
            )
        )
        self._hint(alert_id)

    def _hint(self, alert_id: int) -> None:
        ring_after_commit(self._session, Hint(event="alert.changed", id=alert_id))
