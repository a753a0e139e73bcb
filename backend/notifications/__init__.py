"""Admin notifications: raised by jobs and people, read by the team. Has no idea who delivers them."""

from backend.notifications.actions import Action, ActionKind, LinkedAction, offered
from backend.notifications.errors import NotificationNotFoundError
from backend.notifications.events import NotificationCreated, NotificationReturned
from backend.notifications.filters import NotificationFilters
from backend.notifications.happened import Became, Happened, alerts_rung_by, notifications_between
from backend.notifications.kinds import NotificationType, Priority
from backend.notifications.models import AdminNotification
from backend.notifications.notice import order_exception_notice
from backend.notifications.of_alert import Rung, newest_of_alert, newest_of_alerts
from backend.notifications.over import over_among
from backend.notifications.raised import Raised, raised_since
from backend.notifications.reads import actions_of_alert
from backend.notifications.seen import last_seen_at
from backend.notifications.service import AdminNotificationService

__all__ = [
    "Action",
    "ActionKind",
    "AdminNotification",
    "AdminNotificationService",
    "Became",
    "Happened",
    "LinkedAction",
    "NotificationCreated",
    "NotificationFilters",
    "NotificationNotFoundError",
    "NotificationReturned",
    "NotificationType",
    "Priority",
    "Raised",
    "Rung",
    "actions_of_alert",
    "alerts_rung_by",
    "last_seen_at",
    "newest_of_alert",
    "newest_of_alerts",
    "notifications_between",
    "offered",
    "order_exception_notice",
    "over_among",
    "raised_since",
]
