"""When a local time of day is: what quiet hours and digests agree on."""

from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from backend.core.patterns import pattern

_TIME_OF_DAY = pattern(r"^(?:[01][0-9]|2[0-3]):[0-5][0-9](?![\s\S])", "is not a time of day, as in 08:00")
TimeOfDay = Annotated[str, msgspec.Meta(pattern=_TIME_OF_DAY, examples=["08:00"])]
# As in ISO 8601: Monday is 1.
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]


def is_timezone(name: str) -> bool:
    """Whether there is a time zone of this name here."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def instant_of(day: date, at: str, timezone: ZoneInfo) -> datetime:
    """The first instant, in UTC, at which the local clocks of that day show `at` or, having jumped over it, later.

    So a later local time is never an earlier instant, and periods that touch on paper touch on each day.
    """
    wanted = datetime.combine(day, time.fromisoformat(at))
    # Of a local time that occurs twice (clocks going back) fold=0 is the first.
    instant = wanted.replace(tzinfo=timezone).astimezone(UTC)
    if instant.astimezone(timezone).replace(tzinfo=None) == wanted:
        return instant
    return _jump(wanted, timezone)


def _jump(skipped: datetime, timezone: ZoneInfo) -> datetime:
    """The instant at which the clocks jump over a local time that does not exist."""
    before = skipped.replace(tzinfo=timezone, fold=1).astimezone(UTC)
    after = skipped.replace(tzinfo=timezone, fold=0).astimezone(UTC)
    while after - before > datetime.resolution:
        middle = before + (after - before) // 2
        if middle.astimezone(timezone).replace(tzinfo=None) < skipped:
            before = middle
        else:
            after = middle
    return after
