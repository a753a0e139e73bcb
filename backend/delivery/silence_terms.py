"""What a silence may be: its state, its matchers and its time. Pure; what is wrong names its field."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from backend.core.errors import InvalidInputError
from backend.delivery.kinds import CATEGORIES
from backend.delivery.silence_matching import NEVER_SILENCED, Matcher
from backend.notifications import Priority

LONGEST = timedelta(days=90)


class SilenceState(StrEnum):
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    ENDED = "ended"


def state_of(starts_at: datetime, ends_at: datetime, ended_at: datetime | None, now: datetime) -> SilenceState:
    if ended_at is not None or ends_at <= now:
        return SilenceState.ENDED
    return SilenceState.SCHEDULED if starts_at > now else SilenceState.ACTIVE


def checked_matcher(
    *,
    store_ids: Collection[int],
    merchant_ids: Collection[int],
    types: Sequence[str],
    priorities: Collection[Priority],
    text: str | None,
) -> Matcher:
    """Raises InvalidInputError for a type that is not known, and for matchers that would take everything."""
    for number, category in enumerate(types):
        _check_type(category, f"matchers.types.{number}")
    matcher = Matcher(
        store_ids=frozenset(store_ids),
        merchant_ids=frozenset(merchant_ids),
        types=frozenset(types),
        priorities=frozenset(priority.value for priority in priorities),
        phrase=text.strip() if text else None,
    )
    if matcher.is_empty:
        raise InvalidInputError.field("matchers", "say what is silenced; empty matchers would silence everything")
    return matcher


def checked_period(starts_at: datetime | None, ends_at: datetime, now: datetime) -> tuple[datetime, datetime]:
    """From now on when there is no start; raises InvalidInputError."""
    start = starts_at if starts_at is not None else now
    if ends_at <= now:
        raise InvalidInputError.field("ends_at", "must be in the future")
    if ends_at <= start:
        raise InvalidInputError.field("ends_at", "must be after starts_at")
    if ends_at - start > LONGEST:
        raise InvalidInputError.field("ends_at", f"at most {LONGEST.days} days after the start")
    return start, ends_at


def _check_type(category: str, path: str) -> None:
    if category in NEVER_SILENCED:
        raise InvalidInputError.field(path, f"{category} is never silenced")
    if category not in CATEGORIES:
        raise InvalidInputError.field(path, f"there is no type {category}")
