"""When a schedule is due next: a pure function of its rhythm and the last tick."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Every:
    period: timedelta

    def __post_init__(self) -> None:
        if self.period < timedelta(seconds=1):
            raise ValueError("schedules are ticked once a second")


@dataclass(frozen=True, slots=True)
class DailyAt:
    at: time
    timezone: ZoneInfo


Rhythm = Every | DailyAt


def next_tick(rhythm: Rhythm, *, last: datetime, now: datetime) -> datetime:
    """The first tick after `now`, in step with the last one: missed ticks are one catch-up run, not many."""
    match rhythm:
        case Every(period):
            missed = max(0, (now - last) // period)
            return last + (missed + 1) * period
        case DailyAt(at, timezone):
            return _next_daily(at, timezone, now)


def _next_daily(at: time, timezone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(timezone).date()
    for offset in range(3):
        # Of a local time that occurs twice (clocks going back) the first counts; one that does not exist
        # (clocks going forward) comes as much later as the gap is wide: both are what fold=0 means.
        tick = datetime.combine(day + timedelta(days=offset), at, tzinfo=timezone).astimezone(UTC)
        if tick > now:
            return tick
    raise AssertionError("one of three days in a row has a tick after now")
