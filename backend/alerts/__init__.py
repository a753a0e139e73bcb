"""Platform alerts: what is broken, for whom and since when; one alert a problem, however often it occurs."""

from backend.alerts.filters import AlertFilters
from backend.alerts.kinds import AlertType, Severity, TimelineKind
from backend.alerts.models import PlatformAlert
from backend.alerts.service import PlatformAlertService

__all__ = ["AlertFilters", "AlertType", "PlatformAlert", "PlatformAlertService", "Severity", "TimelineKind"]
