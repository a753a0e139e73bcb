"""Admin notifications: raised by jobs and people, read by the team. Has no idea who delivers them."""

from backend.notifications.actions import Action, ActionKind, LinkedAction, offered
from backend.notifications.errors import NotificationNotFoundError
from backend.notifications.events import NotificationCreated
from backend.notifications.filters import NotificationFilters
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.models import AdminNotification
from backend.notifications.notice import order_exception_notice
from backend.notifications.reads import actions_of_alert
from backend.notifications.service import AdminNotificationService

__all__ = [
    "Action",
    "ActionKind",
    "AdminNotification",
    "AdminNotificationService",
    "LinkedAction",
    "NotificationCreated",
    "NotificationFilters",
    "NotificationNotFoundError",
    "NotificationType",
    "Priority",
    "actions_of_alert",
    "offered",
    "order_exception_notice",
]
