"""Whether what waited for its time is still worth sending: a pure decision, with its reason.

Only people are asked about: a program gets the whole story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backend.core.roles import Role
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import GOOD_NEWS, Channel, MessageKind
from backend.delivery.planner import is_for_role
from backend.delivery.preferences import BelowThreshold, Preferences, wants
from backend.delivery.quiet_hours import quiet_until
from backend.notifications import Priority

# What a person's choices decide about. The rest somebody asked for, or it was decided when it was written.
NEWS = (
    MessageKind.NOTIFICATION,
    MessageKind.RETURNED,
    MessageKind.ALERT_OPENED,
    MessageKind.ALERT_ESCALATED,
    MessageKind.ALERT_GREW,
    *GOOD_NEWS,
)


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
    # The notification was settled, deleted or put off.
    is_settled: bool = False
    # Something newer about the same alert was sent, or is about to be.
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
    """What becomes of it instead of a try; None when it goes."""
    if waited.owner is not None and not waited.owner.is_active:
        return Drop(DetailCode.ACCOUNT_DISABLED)
    if waited.kind not in NEWS:
        return None
    if waited.is_settled:
        return Drop(DetailCode.SETTLED_BEFORE_SENT)
    if waited.is_overtaken:
        return Drop(DetailCode.OVERTAKEN)
    return None if waited.owner is None else _by_owner(waited, waited.owner, now)


def _by_owner(waited: Waited, owner: Owner, now: datetime) -> Drop | PutOff | None:
    if not is_for_role(waited.category, owner.role):
        return Drop(DetailCode.ROLE_LOST)
    wanted = wants(
        owner.preferences,
        category=waited.category,
        channel=waited.channel,
        priority=waited.priority,
        stores=waited.stores,
    )
    if isinstance(wanted, BelowThreshold):
        return Drop(DetailCode.NO_LONGER_WANTED)
    is_urgent = waited.priority is Priority.CRITICAL and waited.kind not in GOOD_NEWS
    until = quiet_until(owner.preferences.quiet_hours, owner.preferences.timezone, now, is_urgent=is_urgent)
    return PutOff(until) if until is not None else None
