"""Who may be told: people with channels of their own, and shared destinations."""

from dataclasses import dataclass

from backend.core.roles import Role
from backend.delivery.detail import Detail
from backend.delivery.kinds import Channel
from backend.delivery.preferences import Preferences
from backend.notifications import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalChannel:
    """`why_not` says why it cannot be used; then `destination_id` may be missing."""

    channel: Channel
    destination_id: int | None = None
    why_not: Detail | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person."""

    user_id: int
    role: Role
    is_active: bool
    preferences: Preferences
    channels: tuple[PersonalChannel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDestination:
    """Empty `types` and `store_ids` take everything; `why_not` says why it cannot be used."""

    destination_id: int
    channel: Channel
    why_not: Detail | None = None
    types: frozenset[str] = frozenset()
    min_priority: Priority = Priority.LOW
    store_ids: frozenset[int] = frozenset()
