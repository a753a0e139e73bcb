"""Platform alerts: what is broken, for whom and since when; one alert a problem, however often it occurs."""

from backend.alerts.errors import AlertNotFoundError
from backend.alerts.events import AlertChanged, AlertReturned
from backend.alerts.filters import AlertFilters
from backend.alerts.happened import AlertThen, StoreThen, alerts_between
from backend.alerts.kinds import AlertType, Severity, TimelineKind
from backend.alerts.models import PlatformAlert
from backend.alerts.occurred import Occurred, occurred_since
from backend.alerts.put_off import put_off_among
from backend.alerts.scope import Scope, scope_of, stores_of_alerts
from backend.alerts.service import PlatformAlertService
from backend.alerts.unattended import unattended

__all__ = [
    "AlertChanged",
    "AlertFilters",
    "AlertNotFoundError",
    "AlertReturned",
    "AlertThen",
    "AlertType",
    "Occurred",
    "PlatformAlert",
    "PlatformAlertService",
    "Scope",
    "Severity",
    "StoreThen",
    "TimelineKind",
    "alerts_between",
    "occurred_since",
    "put_off_among",
    "scope_of",
    "stores_of_alerts",
    "unattended",
]
