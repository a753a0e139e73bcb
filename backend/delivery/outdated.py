"""Whether what waited for its time is still worth sending: a pure decision, with its reason.

Only people are asked about: a program gets the whole story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.core.roles import Role
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import GOOD_NEWS, Channel, MessageKind, Reason
from backend.delivery.planner import is_for_role
from backend.delivery.preferences import BelowThreshold, Preferences, wants
from backend.delivery.quiet_hours import quiet_until
from backend.notifications import Priority

# What a person's choices decide about. The rest is decided about when it is written.
NEWS = (
    MessageKind.NOTIFICATION,
    MessageKind.RETURNED,
    MessageKind.ALERT_OPENED,
    MessageKind.ALERT_ESCALATED,
    MessageKind.ALERT_GREW,
    *GOOD_NEWS,
)
# What comes due in quiet hours waits for their end: also what a throttle kept back until then.
_QUIET = (*NEWS, MessageKind.HELD_BACK)
# Whoever chose to be left alone for ever is told nevertheless.
_LONGEST_QUIET = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Owner:
    """The person whose channel it is."""

    is_active: bool
    role: Role
    preferences: Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """A delivery to people; `stores` as far as it matters, each with its merchant."""

    kind: MessageKind
    category: str
    priority: Priority
    channel: Channel
    created_at: datetime
    # Why it has waited, as its row says.
    reason: str | None = None
    # What it is about was settled, deleted or put off; of an escalation, somebody looks after it.
    is_over: bool = False
    # Something newer about the same was sent, or goes now.
    is_overtaken: bool = False
    # None of a shared destination.
    owner: Owner | None = None
    stores: Mapping[int, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drop:
    reason: DetailCode


@dataclass(frozen=True, slots=True)
class PutOff:
    """It has become quiet for the person until then."""

    until: datetime


def still_true(waited: Waited, now: datetime) -> Drop | PutOff | None:
    """What becomes of it instead of a try; None when it goes.

    What somebody asked for once more is asked about its account only.
    """
    refused = _refused(waited)
    if refused is not None or waited.reason == Reason.ASKED_FOR:
        return refused
    if waited.is_over:
        is_escalation = waited.kind is MessageKind.ESCALATION
        return Drop(DetailCode.ATTENDED if is_escalation else DetailCode.SETTLED_BEFORE_SENT)
    if waited.is_overtaken:
        return Drop(DetailCode.OVERTAKEN)
    return None if waited.owner is None else _by_owner(waited, waited.owner.preferences, now)


def _refused(waited: Waited) -> Drop | None:
    owner = waited.owner
    if owner is not None and not owner.is_active:
        return Drop(DetailCode.ACCOUNT_DISABLED)
    if owner is not None and waited.kind in NEWS and not is_for_role(waited.category, owner.role):
        return Drop(DetailCode.ROLE_LOST)
    return None


def _by_owner(waited: Waited, preferences: Preferences, now: datetime) -> Drop | PutOff | None:
    if waited.kind in NEWS and not _is_wanted(waited, preferences):
        return Drop(DetailCode.NO_LONGER_WANTED)
    if waited.kind not in _QUIET or _was_quiet_for_long(waited, now):
        return None
    is_urgent = waited.priority is Priority.CRITICAL and waited.kind not in GOOD_NEWS
    until = quiet_until(preferences.quiet_hours, preferences.timezone, now, is_urgent=is_urgent)
    return PutOff(until) if until is not None else None


def _is_wanted(waited: Waited, preferences: Preferences) -> bool:
    wanted = wants(
        preferences,
        category=waited.category,
        channel=waited.channel,
        priority=waited.priority,
        stores=waited.stores,
    )
    return not isinstance(wanted, BelowThreshold)


def _was_quiet_for_long(waited: Waited, now: datetime) -> bool:
    return waited.reason == Reason.QUIET_HOURS and now - waited.created_at >= _LONGEST_QUIET
