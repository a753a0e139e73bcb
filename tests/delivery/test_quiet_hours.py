from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.quiet_hours import QuietHours, quiet_until

LUXEMBOURG = "Europe/Luxembourg"
NIGHTS = QuietHours(is_on=True)
WEEKDAYS = QuietHours(is_on=True, weekdays=[1, 2, 3, 4, 5])

instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as Hypothesis wants its bounds
# The days on which clocks change, when most goes wrong.
changes = st.builds(
    lambda day, after: day + after,
    st.sampled_from([datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)]),
    st.timedeltas(timedelta(0), timedelta(days=2)),
)
times = st.times().map(lambda at: f"{at:%H:%M}")
quiet = st.builds(
    QuietHours,
    is_on=st.just(value=True),
    start=times,
    end=times,
    weekdays=st.lists(st.integers(1, 7), unique=True),
)
zones = st.sampled_from([LUXEMBOURG, "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "UTC"])


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LUXEMBOURG))


def until(quiet_hours: QuietHours, now: str) -> str | None:
    """The end by the clocks of Luxembourg."""
    end = quiet_until(quiet_hours, LUXEMBOURG, local(now).astimezone(UTC))
    return None if end is None else f"{end.astimezone(ZoneInfo(LUXEMBOURG)):%Y-%m-%dT%H:%M}"


@given(quiet, zones, instants | changes)
def test_the_end_is_after_now_and_within_eight_days_and_a_change_of_clocks(
    hours: QuietHours, zone: str, now: datetime
) -> None:
    end = quiet_until(hours, zone, now)
    assert end is None or now < end <= now + timedelta(days=8, hours=1)


@given(quiet, zones, instants | changes)
def test_at_its_end_it_is_not_quiet_but_for_who_is_never_to_be_told(
    hours: QuietHours, zone: str, now: datetime
) -> None:
    end = quiet_until(hours, zone, now)
    if end is not None and quiet_until(hours, zone, end) is not None:
        assert hours.start == hours.end
        assert end > now + timedelta(days=6)


def test_a_quiet_weekend_ends_on_monday() -> None:
    weekend = QuietHours(is_on=True, start="00:00", end="00:00", weekdays=[6, 7])
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert quiet_until(weekend, "UTC", saturday) == datetime(2026, 11, 23, tzinfo=UTC)


@given(quiet, zones, instants | changes)
def test_until_its_end_it_stays_quiet(hours: QuietHours, zone: str, now: datetime) -> None:
    end = quiet_until(hours, zone, now)
    if end is not None:
        assert quiet_until(hours, zone, end - datetime.resolution) is not None


@given(times, times, instants)
def test_away_from_changes_of_the_clocks_it_is_quiet_just_between_its_times(
    start: str, end: str, now: datetime
) -> None:
    found = quiet_until(QuietHours(is_on=True, start=start, end=end), "UTC", now)
    at = f"{now:%H:%M}"
    is_quiet = start <= at < end if start < end else at >= start or at < end
    assert (found is not None) == is_quiet
    assert found is None or f"{found:%H:%M:%S.%f}" == f"{end}:00.000000"


@given(instants)
def test_switched_off_it_is_never_quiet(now: datetime) -> None:
    assert quiet_until(QuietHours(start="00:00", end="00:00"), LUXEMBOURG, now) is None


@given(zones, instants | changes)
def test_the_same_time_twice_is_the_whole_day_every_day(zone: str, now: datetime) -> None:
    assert quiet_until(QuietHours(is_on=True, start="10:00", end="10:00"), zone, now) is not None


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-03-02T21:59", None),
        ("2026-03-02T22:00", "2026-03-03T07:00"),
        ("2026-03-03T00:00", "2026-03-03T07:00"),
        ("2026-03-03T06:59", "2026-03-03T07:00"),
        ("2026-03-03T07:00", None),
    ],
)
def test_a_night_spans_midnight(now: str, end: str | None) -> None:
    assert until(NIGHTS, now) == end


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-03-06T23:00", "2026-03-07T07:00"),  # Friday
        ("2026-03-07T06:00", "2026-03-07T07:00"),  # Saturday, of Friday's night
        ("2026-03-07T23:00", None),
        ("2026-03-09T06:00", None),  # Monday, of Sunday's night
        ("2026-03-09T22:00", "2026-03-10T07:00"),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(now: str, end: str | None) -> None:
    assert until(WEEKDAYS, now) == end


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    begin = local("2026-03-28T22:00").astimezone(UTC)
    assert quiet_until(NIGHTS, LUXEMBOURG, begin) == begin + timedelta(hours=8)


def test_the_night_in_which_clocks_go_back_is_an_hour_longer() -> None:
    begin = local("2026-10-24T22:00").astimezone(UTC)
    assert quiet_until(NIGHTS, LUXEMBOURG, begin) == begin + timedelta(hours=10)


def test_an_end_that_does_not_exist_is_when_the_clocks_jump_over_it() -> None:
    assert until(QuietHours(is_on=True, end="02:30"), "2026-03-29T01:00") == "2026-03-29T03:00"


def test_a_start_that_does_not_exist_is_when_the_clocks_jump_over_it() -> None:
    hours = QuietHours(is_on=True, start="02:30", end="03:15")
    assert until(hours, "2026-03-29T01:59") is None
    assert until(hours, "2026-03-29T03:00") == "2026-03-29T03:15"


def test_an_end_that_occurs_twice_is_the_first_one() -> None:
    hours = QuietHours(is_on=True, end="02:30")
    assert quiet_until(hours, LUXEMBOURG, datetime(2026, 10, 25, 0, 29, tzinfo=UTC)) is not None
    assert quiet_until(hours, LUXEMBOURG, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) is None
    assert quiet_until(hours, LUXEMBOURG, datetime(2026, 10, 25, 1, 15, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "bad", [{"start": "24:00"}, {"end": "7:00"}, {"start": "07:00\n"}, {"weekdays": [0]}, {"weekdays": [8]}]
)
def test_times_and_weekdays_are_within_their_bounds(bad: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(bad, QuietHours)
