"""Hours in which a person wants to be left alone: a pure function of their own clock."""

from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from backend.delivery.local_time import TimeOfDay, Weekday, instant_of

_DAY = timedelta(days=1)
_PERIODS_A_WEEK = 7


class QuietHours(msgspec.Struct, frozen=True, kw_only=True):
    """From `start` to `end`, which may be on the next day; the same twice is a whole day."""

    is_on: bool = False
    start: TimeOfDay = "22:00"
    end: TimeOfDay = "07:00"
    # On which it begins.
    weekdays: Annotated[list[Weekday], msgspec.Meta(max_length=7)] = msgspec.field(
        default_factory=lambda: list(range(1, 8))
    )
    critical_ignores: bool = True


def quiet_until(quiet_hours: QuietHours, timezone: str, now: datetime, *, is_urgent: bool = False) -> datetime | None:
    """When, in UTC, it is quiet no longer; None when it is not quiet now, or not for what is urgent.

    Periods that touch are one; who chose to be left alone for ever is told after a week nevertheless.
    """
    if is_urgent and quiet_hours.critical_ignores:
        return None
    end = _end_of_period(quiet_hours, timezone, now)
    for _ in range(_PERIODS_A_WEEK):
        further = _end_of_period(quiet_hours, timezone, end) if end is not None else None
        if further is None:
            return end
        end = further
    return end


def _end_of_period(quiet_hours: QuietHours, timezone: str, now: datetime) -> datetime | None:
    if not quiet_hours.is_on:
        return None
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    for day in (today, today - _DAY):
        begin, end = _period(quiet_hours, day, zone)
        if begin <= now < end and day.isoweekday() in quiet_hours.weekdays:
            return end
    return None


def _period(quiet_hours: QuietHours, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The period that begins on a day; two of them never overlap."""
    # Spelled HH:MM, times sort as text.
    last_day = day + _DAY if quiet_hours.end <= quiet_hours.start else day
    return instant_of(day, quiet_hours.start, zone), instant_of(last_day, quiet_hours.end, zone)
