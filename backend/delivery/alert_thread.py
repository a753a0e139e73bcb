"""What there is to tell of an alert: that it opened, got worse or ten times wider, and its end.

Decided from what the alert is now and what was told of it last: planning twice, or late, tells nothing twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.alerts import Severity
from backend.delivery.kinds import PRIORITY_OF, PRIORITY_RANK, MessageKind
from backend.notifications import Priority

GROWTH_THAT_IS_TOLD = 10
# The size of what is known and returned from a snooze under a silence: it is told anew once that is over.
TO_BE_TOLD_ANEW = 0
# An outage takes its stores within seconds: so long after its opening it is told of, with all of them. Nothing critical
# waits, and what is over by then was not worth a message.
SETTLING = timedelta(seconds=5)

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class AlertState:
    """`size` counts the stores in its scope, of an alert without stores its occurrences."""

    is_open: bool
    severity: Severity
    size: int
    # The loudest notification that rang for it.
    rung: Priority = Priority.LOW
    # Resolved by nobody.
    has_healed: bool = False
    # Until then it is being opened.
    settles_at: datetime | None = None

    @property
    def priority(self) -> Priority:
        return _priority(self.severity, self.rung)


@dataclass(frozen=True, slots=True)
class Told:
    """The alert as it was when something was last told of it."""

    is_open: bool
    severity: Severity
    size: int
    rung: Priority = Priority.LOW

    @property
    def priority(self) -> Priority:
        return _priority(self.severity, self.rung)


@dataclass(frozen=True, slots=True)
class Tell:
    kind: MessageKind
    reason: str


@dataclass(frozen=True, slots=True)
class Quiet:
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It is to be decided once more, then."""

    until: datetime
    reason: str


def what_to_tell(now: AlertState, told: Told | None) -> Tell | Wait | Quiet:
    """The one message that the alert's change is worth, or why it is worth none."""
    if told is None or not told.is_open:
        return _of_unknown(now, told)
    if not now.is_open:
        kind = MessageKind.ALERT_HEALED if now.has_healed else MessageKind.ALERT_RESOLVED
        return Tell(kind, "it is over")
    if (worse := _worse(now, told)) is not None:
        return Tell(MessageKind.ALERT_ESCALATED, worse)
    if told.size == TO_BE_TOLD_ANEW:
        return Tell(MessageKind.RETURNED, "it was put off, and returned under a silence")
    if now.size >= told.size * GROWTH_THAT_IS_TOLD:
        return Tell(MessageKind.ALERT_GREW, f"it grew from {told.size} to {now.size}")
    return Quiet(f"it is known; the next message comes at {told.size * GROWTH_THAT_IS_TOLD} or when it is over")


def _of_unknown(now: AlertState, told: Told | None) -> Tell | Wait | Quiet:
    if now.is_open and now.settles_at is not None and now.priority is not Priority.CRITICAL:
        return Wait(now.settles_at, "it is only just being opened")
    if now.is_open:
        return Tell(MessageKind.ALERT_OPENED, "it is new" if told is None else "it was reopened")
    return Quiet("it was over before it was told of" if told is None else "its end was told")


def _worse(now: AlertState, told: Told) -> str | None:
    """How it got worse, if it did: by itself, or because somebody rang for it with more than was told."""
    if _RANK[now.severity] > _RANK[told.severity]:
        return f"it went from {told.severity} to {now.severity}"
    if PRIORITY_RANK[now.priority] > PRIORITY_RANK[told.priority]:
        return f"its notification is {now.priority}, and {told.priority} was told"
    return None


def _priority(severity: Severity, rung: Priority) -> Priority:
    return max(PRIORITY_OF[severity], rung, key=PRIORITY_RANK.__getitem__)
