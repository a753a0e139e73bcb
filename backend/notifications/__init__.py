"""Admin notifications: raised by jobs and people, read by the team. Has no idea who delivers them."""

from backend.notifications.events import NotificationCreated
from backend.notifications.filters import NotificationFilters
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.models import AdminNotification
from backend.notifications.service import AdminNotificationService

__all__ = [
    "AdminNotification",
    "AdminNotificationService",
    "NotificationCreated",
    "NotificationFilters",
    "NotificationType",
    "Priority",
]
