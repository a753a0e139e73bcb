"""What people do with an alert: acknowledge, assign, comment, resolve, reopen."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.alerts.changing import Changing
from backend.alerts.errors import AlertNotFoundError, NewerAlertOpenError
from backend.alerts.kinds import TimelineKind
from backend.alerts.models import AlertStore, PlatformAlert
from backend.core.fields import JsonObject


class Handling(Changing):
    """The part of the service that people call; see PlatformAlertService."""

    async def get_alert(self, alert_id: int) -> PlatformAlert:
        found = await self._session.get(PlatformAlert, alert_id, populate_existing=True)
        if found is None:
            raise AlertNotFoundError(alert_id)
        return found

    async def resolve_alert(
        self, *, alert_id: int, user_id: int | None, resolution_notes: str | None = None
    ) -> PlatformAlert:
        """Resolve by hand; resolving again keeps the first resolver. Linked notifications are settled."""
        alert = await self._locked(alert_id)
        if not alert.is_resolved:
            reason = resolution_notes or "The alert was resolved."
            await self._resolve(alert, user_id, resolution_notes, reason=reason)
        return alert

    async def acknowledge(self, *, alert_id: int, user_id: int | None) -> PlatformAlert:
        """Say that somebody looks after it; acknowledging again keeps the first one."""
        alert = await self._locked(alert_id)
        if alert.acknowledged_at is None:
            alert.acknowledged_at = alert.updated_at = self._clock.now()
            alert.acknowledged_by_user_id = user_id
            await self._tell(alert_id, TimelineKind.ACKNOWLEDGED, user_id)
        return alert

    async def assign(self, *, alert_id: int, user_id: int | None, by_user_id: int | None) -> PlatformAlert:
        """Give it to somebody, or to nobody; the caller makes sure that the user exists."""
        alert = await self._locked(alert_id)
        if alert.assigned_to_user_id != user_id:
            alert.assigned_to_user_id = user_id
            alert.updated_at = self._clock.now()
            await self._tell(alert_id, TimelineKind.ASSIGNED, by_user_id, {"assigned_to_user_id": user_id})
        return alert

    async def tell(self, alert_id: int, kind: TimelineKind, user_id: int | None, detail: JsonObject) -> None:
        """Add to the timeline what others did about it."""
        await self._tell(alert_id, kind, user_id, detail)

    async def comment(self, *, alert_id: int, user_id: int | None, text: str) -> PlatformAlert:
        alert = await self._locked(alert_id)
        await self._tell(alert_id, TimelineKind.COMMENTED, user_id, {"text": text})
        return alert

    async def reopen(self, *, alert_id: int, user_id: int | None) -> PlatformAlert:
        """Open a resolved alert again; raises NewerAlertOpenError while a newer one has its fingerprint."""
        alert = await self._locked(alert_id)
        if not alert.is_resolved:
            return alert
        fingerprint = alert.fingerprint
        await self._refuse_while_open(fingerprint)
        try:
            async with self._session.begin_nested():
                alert.is_resolved = False
                alert.resolved_at = alert.resolved_by_user_id = alert.resolution_notes = None
                # Whoever looked after it was done with it; the timeline keeps who that was.
                alert.acknowledged_at = alert.acknowledged_by_user_id = None
                alert.updated_at = self._clock.now()
        except IntegrityError:
            # An occurrence opened a newer one after the look above.
            await self._refuse_while_open(fingerprint)
            raise
        await self._reopen_stores(alert_id)
        await self._tell(alert_id, TimelineKind.REOPENED, user_id)
        return alert

    async def _reopen_stores(self, alert_id: int) -> None:
        """When all have healed, all are open again: an alert heals with the last of its open stores."""
        of_alert = AlertStore.alert_id == alert_id
        open_store = await self._session.scalar(
            select(AlertStore.id).where(of_alert, AlertStore.healed_at.is_(None)).limit(1)
        )
        if open_store is None:
            await self._session.execute(update(AlertStore).where(of_alert).values(healed_at=None))

    async def _refuse_while_open(self, fingerprint: str) -> None:
        newer = await self._session.scalar(
            select(PlatformAlert.id).where(
                PlatformAlert.fingerprint == fingerprint, PlatformAlert.is_resolved.is_(False)
            )
        )
        if newer is not None:
            raise NewerAlertOpenError(newer)
