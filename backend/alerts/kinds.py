"""What an alert may be: its types, its severities in order, and what its timeline tells."""

from enum import StrEnum


class AlertType(StrEnum):
    SECURITY = "security"
    PERFORMANCE = "performance"
    CAPACITY = "capacity"
    INTEGRATION = "integration"
    SYSTEM = "system"
    DATA_QUALITY = "data_quality"


class Severity(StrEnum):
    """From least to most; an alert keeps the worst it has seen."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


class TimelineKind(StrEnum):
    OPENED = "opened"
    REPEATED = "repeated"
    ESCALATED = "escalated"
    STORE_JOINED = "store_joined"
    STORE_HEALED = "store_healed"
    ACKNOWLEDGED = "acknowledged"
    # To the next people, because nobody acknowledged it.
    PASSED_ON = "passed_on"
    SNOOZED = "snoozed"
    # Its snooze has ended.
    RETURNED = "returned"
    ASSIGNED = "assigned"
    COMMENTED = "commented"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    REGRESSED = "regressed"
    ACTION_STARTED = "action_started"
    ACTION_DONE = "action_done"
    ACTION_FAILED = "action_failed"
