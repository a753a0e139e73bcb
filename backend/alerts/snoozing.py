"""Putting an alert off: until its time nothing is sent about it, unless it gets worse."""

from datetime import datetime

from sqlalchemy import select

from backend.alerts.changing import Changing
from backend.alerts.errors import AlertResolvedError
from backend.alerts.events import AlertChanged, AlertReturned
from backend.alerts.kinds import TimelineKind
from backend.alerts.models import PlatformAlert
from backend.jobs import enqueue_at, publish

RETURN_SNOOZED = "alerts.return_snoozed"

_MOST_AT_ONCE = 500


class Snoozing(Changing):
    """The part of the service that snoozes; see PlatformAlertService."""

    async def snooze(self, *, alert_id: int, until: datetime | None, user_id: int | None) -> PlatformAlert:
        """Put it off until then, or with None take it back; raises AlertNotFoundError, AlertResolvedError."""
        alert = await self._locked(alert_id)
        if alert.is_resolved:
            raise AlertResolvedError(alert_id)
        if alert.snoozed_until != until:
            alert.snoozed_until = until
            alert.snoozed_by_user_id = user_id if until is not None else None
            alert.updated_at = self._clock.now()
            kind = TimelineKind.SNOOZED if until is not None else TimelineKind.RETURNED
            await self._tell(alert_id, kind, user_id, {"until": until.isoformat()} if until is not None else {})
            if until is not None:
                # One whose snooze is changed before finds nothing then.
                await enqueue_at(self._session, RETURN_SNOOZED, until)
                await publish(self._session, AlertChanged(alert_id=alert_id))
            else:
                await publish(self._session, AlertReturned(alert_id=alert_id, due_at=None))
        return alert

    async def return_snoozed(self, *, until: datetime | None = None) -> int:
        """Bring back those whose time has come; how many. What was resolved meanwhile stays away.

        `until` has come too: a job runs by the database's clock, which may be ahead of ours.
        """
        now = max(self._clock.now(), until) if until is not None else self._clock.now()
        due = (
            await self._session.scalars(
                select(PlatformAlert)
                .where(PlatformAlert.snoozed_until <= now)
                .order_by(PlatformAlert.id)
                .limit(_MOST_AT_ONCE)
                .with_for_update(skip_locked=True)
                .execution_options(populate_existing=True)
            )
        ).all()
        returned = {alert.id: alert.snoozed_until for alert in due if not alert.is_resolved}
        for alert in due:
            alert.snoozed_until = alert.snoozed_by_user_id = None
            alert.updated_at = now
            alert.returned_at = alert.returned_at if alert.is_resolved else now
        await self._tell_all(TimelineKind.RETURNED, None, {alert_id: {} for alert_id in returned})
        await publish(self._session, *(AlertReturned(alert_id=one, due_at=str(at)) for one, at in returned.items()))
        return len(due)
