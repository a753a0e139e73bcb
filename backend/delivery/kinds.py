"""The words of delivery: channels, kinds of message, what is decided and why, and what becomes of a delivery."""

from enum import StrEnum

from backend.alerts import AlertType, Severity
from backend.notifications import NotificationType, Priority

# What a person or a destination can choose to hear of: notifications by type, and alerts that ring no notification.
CATEGORIES: tuple[str, ...] = (*(kind.value for kind in NotificationType), *(kind.value for kind in AlertType))

PRIORITY_RANK = {priority: rank for rank, priority in enumerate(Priority)}

PRIORITY_OF = {
    Severity.INFO: Priority.LOW,
    Severity.WARNING: Priority.NORMAL,
    Severity.ERROR: Priority.HIGH,
    Severity.CRITICAL: Priority.CRITICAL,
}


class Channel(StrEnum):
    EMAIL = "email"
    CHAT = "chat"
    WEBHOOK = "webhook"


# Those that a person has of their own; webhooks are shared.
PERSONAL = (Channel.EMAIL, Channel.CHAT)


class MessageKind(StrEnum):
    NOTIFICATION = "notification"
    ALERT_OPENED = "alert_opened"
    ALERT_ESCALATED = "alert_escalated"
    ALERT_GREW = "alert_grew"
    ALERT_HEALED = "alert_healed"
    ALERT_RESOLVED = "alert_resolved"
    # A snooze has ended.
    RETURNED = "returned"
    # Nobody has acknowledged it in time.
    ESCALATION = "escalation"
    # What a destination's throttle kept back, in one message.
    HELD_BACK = "held_back"
    DIGEST = "digest"
    SILENCE_ENDING = "silence_ending"
    TEST = "test"


# What ends well is told to those who were told of it, and wakes nobody.
GOOD_NEWS = (MessageKind.ALERT_HEALED, MessageKind.ALERT_RESOLVED)


class Decision(StrEnum):
    SEND = "send"
    # Later: at the end of quiet hours.
    HOLD = "hold"
    DIGEST = "digest"
    SKIP = "skip"


class Reason(StrEnum):
    """The one thing that decided about a recipient and a channel."""

    PREFERENCE = "preference"
    QUIET_HOURS = "quiet_hours"
    SILENCE = "silence"
    DIGEST = "digest"
    THROTTLE = "throttle"
    ROLE = "role"
    # The channel cannot be used: switched off, or not set up.
    CHANNEL = "channel"
    ESCALATION = "escalation"
    # The alert's thread told already, or was never told to this recipient.
    THREAD = "thread"
    ASKED_FOR = "asked_for"


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    # Kept back by the throttle, to be folded into one message.
    HELD = "held"
    FOLDED = "folded"
    # Nobody was to be told any more: over, put off, overtaken, no longer wanted, or its destination is gone.
    DROPPED = "dropped"
    DEAD = "dead"


UNFINISHED = (DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.HELD)


class Outcome(StrEnum):
    """How one attempt ended."""

    SENT = "sent"
    # It may work later.
    FAILED = "failed"
    # It never will.
    REJECTED = "rejected"
    # It never will, because there is no such address: after a few in a row the destination is switched off.
    BOUNCED = "bounced"
    # The receiver wants nothing any more: the destination is switched off.
    GONE = "gone"
