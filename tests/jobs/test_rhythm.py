from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.jobs.rhythm import DailyAt, Every, next_tick

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")

instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as Hypothesis wants its bounds
periods = st.timedeltas(timedelta(seconds=1), timedelta(days=40))
times_of_day = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(instants, instants, periods)
def test_every_ticks_in_step_and_after_now(last: datetime, now: datetime, period: timedelta) -> None:
    tick = next_tick(Every(period), last=last, now=now)
    assert tick > now or now < last
    assert tick > last
    assert (tick - last) % period == timedelta(0)


@given(instants, st.timedeltas(timedelta(0), timedelta(days=400)), periods)
def test_every_misses_no_step_before_the_next_one(last: datetime, late: timedelta, period: timedelta) -> None:
    now = last + late
    assert next_tick(Every(period), last=last, now=now) - period <= now


@given(instants, times_of_day)
def test_a_daily_tick_is_after_now_and_within_25_hours_and_a_gap(now: datetime, at: time) -> None:
    tick = next_tick(DailyAt(at, LUXEMBOURG), last=now, now=now)
    assert now < tick <= now + timedelta(hours=26)


@given(instants, times_of_day)
def test_a_daily_tick_shows_its_local_time_unless_that_does_not_exist(now: datetime, at: time) -> None:
    local = next_tick(DailyAt(at, LUXEMBOURG), last=now, now=now).astimezone(LUXEMBOURG)
    in_the_gap = local.month == 3 and time(2) <= at < time(3) and local.time() == at.replace(hour=3)
    assert local.time() == at or in_the_gap


@given(instants, times_of_day)
def test_daily_ticks_come_once_a_local_day(now: datetime, at: time) -> None:
    rhythm = DailyAt(at, LUXEMBOURG)
    first = next_tick(rhythm, last=now, now=now)
    second = next_tick(rhythm, last=first, now=first)
    assert second.astimezone(LUXEMBOURG).date() - first.astimezone(LUXEMBOURG).date() == timedelta(days=1)


def test_a_local_time_that_does_not_exist_comes_an_hour_later() -> None:
    # On 29 March 2026 the clocks of Luxembourg go from 02:00 to 03:00.
    now = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    tick = next_tick(DailyAt(time(2, 30), LUXEMBOURG), last=now, now=now)
    assert tick == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_local_time_that_occurs_twice_ticks_at_the_first_one_only() -> None:
    # On 25 October 2026 the clocks of Luxembourg go from 03:00 back to 02:00.
    rhythm = DailyAt(time(2, 30), LUXEMBOURG)
    now = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    first = next_tick(rhythm, last=now, now=now)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_tick(rhythm, last=first, now=first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_worker_down_for_a_weekend_catches_up_once() -> None:
    last = datetime(2026, 3, 6, 18, 0, tzinfo=UTC)
    now = datetime(2026, 3, 9, 8, 10, tzinfo=UTC)
    assert next_tick(Every(timedelta(minutes=15)), last=last, now=now) == datetime(2026, 3, 9, 8, 15, tzinfo=UTC)


def test_a_rhythm_faster_than_the_tick_is_refused() -> None:
    with pytest.raises(ValueError, match="once a second"):
        Every(timedelta(milliseconds=500))
