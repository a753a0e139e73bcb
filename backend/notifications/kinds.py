"""What a notification may be: the registered types and the four priorities."""

from enum import StrEnum


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class NotificationType(StrEnum):
    """Registered types; the database keeps text, so that old rows of a retired type still show."""

    IMPORT_FAILURE = "import_failure"
    ORDER_SYNC_FAILURE = "order_sync_failure"
    ORDER_EXCEPTION = "order_exception"
    CRITICAL_ERROR = "critical_error"
    STORE_ISSUE = "store_issue"
    SECURITY_ALERT = "security_alert"
    SILENCE_ENDING = "silence_ending"
    DELIVERY_FAILURE = "delivery_failure"
