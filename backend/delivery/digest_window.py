"""Which time the next digest covers: a pure function of its schedule and the end of the last one.

Each window begins where the one before ended, so nothing is told twice and nothing is left out, whatever restarts,
down times, changes of the schedule and of the clocks lie between.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from backend.delivery.local_time import TimeOfDay, Weekday, instant_of

_WEEK = 7


class Frequency(StrEnum):
    NONE = "none"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """When a digest is due, by the person's own clock; `weekday` counts for weekly ones only."""

    frequency: Frequency = Frequency.DAILY
    at: TimeOfDay = "08:00"
    weekday: Weekday = 1


class Window(NamedTuple):
    """From `start`, not after `end`: what happened at `end` itself is the next one's."""

    start: datetime
    end: datetime


def window(digest: Digest, timezone: str, now: datetime, *, last_end: datetime) -> Window | None:
    """The window that is due, after that which ended at `last_end`; None while there is none.

    What was missed is one window, not many.
    """
    end = last_boundary(digest, timezone, now)
    return Window(last_end, end) if end is not None and end > last_end else None


def last_boundary(digest: Digest, timezone: str, now: datetime) -> datetime | None:
    """The newest end of a window, in UTC, that is not after `now`; None for who wants no digest."""
    zone = ZoneInfo(timezone)
    match digest.frequency:
        case Frequency.NONE:
            return None
        case Frequency.HOURLY:
            return _full_hour(now, zone)
        case Frequency.DAILY:
            return _newest(range(1, _WEEK + 1), digest.at, zone, now)
        case Frequency.WEEKLY:
            return _newest((digest.weekday,), digest.at, zone, now)


def _full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """Counted in real time, so that an hour that occurs twice has two; not every zone is full hours from UTC."""
    local = now.astimezone(zone)
    into_hour = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return now.astimezone(UTC) - into_hour


def _newest(weekdays: range | tuple[int, ...], at: str, zone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(zone).date()
    for days_ago in range(_WEEK + 1):
        tried = day - timedelta(days=days_ago)
        if tried.isoweekday() in weekdays and (boundary := instant_of(tried, at, zone)) <= now:
            return boundary
    raise AssertionError("of eight days in a row one has a boundary that is past")
