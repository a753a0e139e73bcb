from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.local_time import instant_of, is_timezone

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
# Half an hour of summer time, a day that was left out, and clocks that change at midnight.
ZONES = ["Europe/Luxembourg", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"]

days = st.dates(date(2010, 1, 1), date(2035, 1, 1))
times = st.times().map(lambda at: f"{at:%H:%M}")


@given(days, times, st.sampled_from(ZONES))
def test_the_clocks_show_the_time_or_have_jumped_over_it_at_that_instant(day: date, at: str, name: str) -> None:
    zone = ZoneInfo(name)
    instant = instant_of(day, at, zone)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.fromisoformat(f"{day}T{at}")
    before = (instant - datetime.resolution).astimezone(zone).replace(tzinfo=None)
    assert before < wanted <= shown


@given(days, times, times, st.sampled_from(ZONES))
def test_a_later_local_time_is_never_an_earlier_instant(day: date, one: str, other: str, name: str) -> None:
    early, late = sorted([one, other])
    assert instant_of(day, early, ZoneInfo(name)) <= instant_of(day, late, ZoneInfo(name))


def test_a_time_that_does_not_exist_is_when_the_clocks_jump_over_it() -> None:
    # On 29 March 2026 the clocks of Luxembourg go from 02:00 to 03:00.
    for at in ("02:00", "02:30", "02:59", "03:00"):
        assert instant_of(date(2026, 3, 29), at, LUXEMBOURG) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_of_a_time_that_occurs_twice_the_first_counts() -> None:
    # On 25 October 2026 the clocks of Luxembourg go from 03:00 back to 02:00.
    assert instant_of(date(2026, 10, 25), "02:30", LUXEMBOURG) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant_of(date(2026, 10, 25), "03:00", LUXEMBOURG) == datetime(2026, 10, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Europe/Luxembourg", "UTC", "America/New_York"])
def test_names_of_time_zones_are_known(name: str) -> None:
    assert is_timezone(name)


@pytest.mark.parametrize(
    "name", ["", "Europe", "Europe/Luxemburg", "../../etc/passwd", "/etc/passwd", "a\x00b", "x" * 300]
)
def test_what_names_no_time_zone_is_refused(name: str) -> None:
    assert not is_timezone(name)
