"""Instants as people write them, in their language and time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.core.settings import DEFAULT_TIMEZONE
from backend.delivery.texts import Wording


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; the installation's default when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return DEFAULT_TIMEZONE


def _day(local: datetime, words: Wording) -> str:
    return words.first_of_month if local.day == 1 else str(local.day)


def date(instant: datetime, words: Wording, timezone: ZoneInfo) -> str:
    """`Sunday 22 November 2026`."""
    local = _local(instant, timezone)
    return words.date.format(
        weekday=words.weekdays[local.weekday()],
        day=_day(local, words),
        month=words.months[local.month - 1],
        year=local.year,
    )


def date_and_time(instant: datetime, words: Wording, timezone: ZoneInfo) -> str:
    """`Sunday 22 November 2026, 14:05`."""
    return words.date_and_time.format(date=date(instant, words, timezone), time=f"{_local(instant, timezone):%H:%M}")


def short(instant: datetime, words: Wording, timezone: ZoneInfo) -> str:
    """`22 November, 14:05`."""
    local = _local(instant, timezone)
    return words.short.format(day=_day(local, words), month=words.months[local.month - 1], time=f"{local:%H:%M}")


def _local(instant: datetime, timezone: ZoneInfo) -> datetime:
    try:
        return instant.astimezone(timezone)
    except OverflowError:
        # The first or the last day there is.
        return instant
