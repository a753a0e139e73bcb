"""What a person wants to hear of, by which channel and when: a document of their own, and what it says of a message."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from backend.core.fields import Id
from backend.core.settings import DEFAULT_TIMEZONE
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.digest_window import Digest, Frequency
from backend.delivery.kinds import CATEGORIES, PERSONAL, PRIORITY_RANK, Channel
from backend.delivery.quiet_hours import QuietHours
from backend.notifications import NotificationType, Priority


class Language(StrEnum):
    EN = "en"
    FR = "fr"
    DE = "de"


class Threshold(StrEnum):
    """From which priority on somebody wants to be told."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"
    NEVER = "never"


_RANK = {threshold: rank for rank, threshold in enumerate(Threshold)}

Matrix = dict[str, dict[str, Threshold]]
# A store and its merchant, as far as known.
Place = tuple[int | None, int | None]


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """Another threshold for one store, or for all stores of one merchant; without a category for all of them."""

    channel: Literal["email", "chat"]
    min_priority: Threshold
    store_id: Id | None = None
    merchant_id: Id | None = None
    category: str | None = None

    @property
    def has_one_place(self) -> bool:
        return (self.store_id is None) != (self.merchant_id is None)


def default_threshold(category: str, channel: str) -> Threshold:
    """Orders with exceptions are many: by mail they are for the digest."""
    if category == NotificationType.ORDER_EXCEPTION and channel == Channel.EMAIL:
        return Threshold.CRITICAL
    return Threshold.HIGH


def default_matrix() -> Matrix:
    return {
        category: {channel.value: default_threshold(category, channel) for channel in PERSONAL}
        for category in CATEGORIES
    }


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """`matrix` has every category and personal channel; `timezone` is the name of one that exists."""

    language: Language = Language.EN
    timezone: str = DEFAULT_TIMEZONE.key
    matrix: Matrix = msgspec.field(default_factory=default_matrix)
    overrides: tuple[Override, ...] = ()
    quiet_hours: QuietHours = QuietHours()
    digest: Digest = Digest()

    @property
    def has_digest(self) -> bool:
        return self.digest.frequency is not Frequency.NONE


class Rule(NamedTuple):
    """What something was chosen for: a store, all stores of a merchant, or without either in the matrix."""

    channel: str
    category: str | None
    store_id: int | None = None
    merchant_id: int | None = None

    def says(self, chosen: Threshold, priority: Priority) -> DetailArgs:
        """The choice, as it is told to whoever asks why."""
        return DetailArgs(
            channel=Channel(self.channel),
            category=self.category,
            store_id=self.store_id,
            merchant_id=self.merchant_id,
            threshold=None if chosen is Threshold.NEVER else Priority(chosen.value),
            priority=priority,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """`rule` is what decided."""

    rule: Detail


@dataclass(frozen=True, slots=True)
class BelowThreshold:
    """`is_never` when no priority at all would be enough."""

    rule: Detail
    is_never: bool = False


def wants(
    preferences: Preferences,
    *,
    category: str,
    channel: Channel,
    priority: Priority,
    stores: Mapping[int, int | None],
) -> Wanted | BelowThreshold:
    """Whether a message is wanted; of several stores, each with its merchant, one that it is wanted of is enough."""
    places: Collection[Place] = stores.items() if stores and preferences.overrides else [(None, None)]
    special = _special(preferences)
    found = [_threshold(preferences, special, category, channel, place) for place in places]
    least, rule = min(found, key=lambda one: _RANK[one[0]])
    said = rule.says(least, priority)
    if PRIORITY_RANK[priority] >= _RANK[least]:
        return Wanted(Detail(DetailCode.WANTED, said))
    if least is Threshold.NEVER:
        return BelowThreshold(Detail(DetailCode.NEVER_WANTED, said), is_never=True)
    return BelowThreshold(Detail(DetailCode.BELOW_THRESHOLD, said))


def threshold(
    preferences: Preferences,
    *,
    category: str,
    channel: Channel,
    store_id: int | None = None,
    merchant_id: int | None = None,
) -> tuple[Threshold, Rule]:
    """The choice that holds, and which it is: a store's before its merchant's, a category's before that for all."""
    return _threshold(preferences, _special(preferences), category, channel, (store_id, merchant_id))


def rule_of(override: Override) -> Rule:
    return Rule(override.channel, override.category, override.store_id, override.merchant_id)


def _special(preferences: Preferences) -> dict[Rule, Threshold]:
    return {rule_of(override): override.min_priority for override in preferences.overrides}


def _threshold(
    preferences: Preferences,
    special: Mapping[Rule, Threshold],
    category: str,
    channel: Channel,
    place: Place,
) -> tuple[Threshold, Rule]:
    store_id, merchant_id = place
    for rule in (
        Rule(channel, category, store_id),
        Rule(channel, None, store_id),
        Rule(channel, category, None, merchant_id),
        Rule(channel, None, None, merchant_id),
    ):
        if rule in special:
            return special[rule], rule
    chosen = preferences.matrix.get(category, {}).get(channel)
    return chosen or default_threshold(category, channel), Rule(channel, category)
