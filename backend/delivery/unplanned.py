"""Why nobody was decided about, for whoever asks about something that has no message."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.alerts import PlatformAlert, PlatformAlertService
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.notifications import AdminNotification

# Planning takes seconds; whatever is older was decided before there was delivery, or its message is deleted.
_PLANNED_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A notification or an alert, as planning looks at it."""

    created_at: datetime
    is_over: bool
    snoozed_until: datetime | None = None


def why_unplanned(standing: Standing, now: datetime) -> Detail | None:
    """The reason that there is no message; None while it may be planned any moment."""
    if standing.is_over:
        return Detail(DetailCode.OVER_BEFORE_TOLD)
    if standing.snoozed_until is not None:
        return Detail(DetailCode.SNOOZED, DetailArgs(until=standing.snoozed_until))
    if now - standing.created_at > _PLANNED_WITHIN:
        return Detail(DetailCode.FORGOTTEN)
    return None


def of_alert(alert: PlatformAlert) -> Standing:
    return Standing(alert.created_at, alert.is_resolved, alert.snoozed_until)


async def of_notification(notification: AdminNotification, alerts: PlatformAlertService) -> Standing:
    """One that rang for an alert is planned with that; AlertNotFoundError."""
    if notification.alert_id is not None:
        return of_alert(await alerts.get_alert(notification.alert_id))
    return Standing(notification.created_at, notification.settled_at is not None, notification.snoozed_until)
