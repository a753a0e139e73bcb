"""A priority as word, shape and colour, as the pages show it."""

from dataclasses import dataclass

from backend.delivery.kinds import GOOD_NEWS, MessageKind
from backend.delivery.texts import Wording
from backend.notifications import Priority


@dataclass(frozen=True, slots=True)
class Badge:
    """`level` names its colours, and its shape where the client can draw one; `sign` is for text."""

    level: str
    word: str
    sign: str


def badge(priority: Priority, words: Wording) -> Badge:
    return Badge(priority.value, words.priorities[priority], _SIGNS[priority])


def badge_of_kind(kind: MessageKind, priority: Priority, words: Wording) -> Badge:
    """What is over has no priority any more."""
    return Badge("resolved", words.resolved, "✓") if kind in GOOD_NEWS else badge(priority, words)


_SIGNS = {Priority.CRITICAL: "!!", Priority.HIGH: "!", Priority.NORMAL: "i", Priority.LOW: "-"}
