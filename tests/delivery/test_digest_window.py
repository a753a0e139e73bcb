from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.digest_window import Digest, Frequency, Window, last_boundary, window

LUXEMBOURG = "Europe/Luxembourg"
HOURLY = Digest(frequency=Frequency.HOURLY)
DAILY = Digest()
WEEKLY = Digest(frequency=Frequency.WEEKLY)
NONE = Digest(frequency=Frequency.NONE)

instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as Hypothesis wants its bounds
digests = st.builds(
    Digest,
    frequency=st.sampled_from([Frequency.HOURLY, Frequency.DAILY, Frequency.WEEKLY]),
    at=st.times().map(lambda at: f"{at:%H:%M}"),
    weekday=st.integers(1, 7),
)
zones = st.sampled_from([LUXEMBOURG, "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"])
# When somebody was first looked at.
BEGUN = datetime(2019, 12, 1, tzinfo=UTC)
steps = st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), max_size=30)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(instant: datetime | None) -> str:
    assert instant is not None
    return f"{instant.astimezone(ZoneInfo(LUXEMBOURG)):%Y-%m-%dT%H:%M}"


def made(digests: list[tuple[Digest, datetime]], zone: str) -> list[Window]:
    """The windows that a person gets who is looked at at these times."""
    windows: list[Window] = []
    for digest, now in digests:
        due = window(digest, zone, now, last_end=windows[-1].end if windows else BEGUN)
        if due is not None:
            windows.append(due)
    return windows


@given(st.lists(st.tuples(digests, instants), max_size=30), zones)
def test_windows_never_overlap_and_leave_no_gap_whatever_clocks_and_schedules_do(
    looks: list[tuple[Digest, datetime]], zone: str
) -> None:
    windows = made(looks, zone)
    assert all(one.start < one.end for one in windows)
    assert all(one.end == other.start for one, other in pairwise(windows))


@given(digests, zones, instants, steps)
def test_looking_again_makes_nothing_twice(digest: Digest, zone: str, now: datetime, steps: list[timedelta]) -> None:
    times = [now]
    for step in steps:
        times.append(times[-1] + step)
    once = made([(digest, at) for at in times], zone)
    assert made([(digest, at) for at in times for _ in range(2)], zone) == once


@given(digests, zones, instants)
def test_a_boundary_is_not_after_now_and_the_next_one_is(digest: Digest, zone: str, now: datetime) -> None:
    boundary = last_boundary(digest, zone, now)
    assert boundary is not None
    assert boundary <= now
    assert last_boundary(digest, zone, boundary) == boundary


@given(digests, zones, instants, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_boundaries_never_go_back_while_time_goes_on(
    digest: Digest, zone: str, now: datetime, later: timedelta
) -> None:
    first, second = last_boundary(digest, zone, now), last_boundary(digest, zone, now + later)
    assert first is not None
    assert second is not None
    assert first <= second


@given(digests, zones, instants, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_after_a_long_down_time_one_window_covers_all_that_was_missed(
    digest: Digest, zone: str, now: datetime, down: timedelta
) -> None:
    before = window(digest, zone, now, last_end=BEGUN)
    assert before is not None
    back = now + down
    missed = window(digest, zone, back, last_end=before.end)
    if missed is not None:
        assert missed == (before.end, last_boundary(digest, zone, back))
        assert window(digest, zone, back, last_end=missed.end) is None


@pytest.mark.parametrize(
    ("digest", "end"),
    [
        (HOURLY, "2026-03-04T10:00"),
        (DAILY, "2026-03-04T08:00"),
        (Digest(at="18:30"), "2026-03-03T18:30"),
        (WEEKLY, "2026-03-02T08:00"),
    ],
)
def test_windows_end_by_the_persons_own_clock(digest: Digest, end: str) -> None:
    assert shown(last_boundary(digest, LUXEMBOURG, utc("2026-03-04T09:20"))) == end


def test_a_window_is_due_right_at_its_end() -> None:
    end = utc("2026-03-04T07:00")
    assert window(DAILY, LUXEMBOURG, end - datetime.resolution, last_end=end - timedelta(days=1)) is None
    assert window(DAILY, LUXEMBOURG, end, last_end=end - timedelta(days=1)) == (end - timedelta(days=1), end)


def test_who_wants_no_digest_has_no_window() -> None:
    assert last_boundary(NONE, LUXEMBOURG, utc("2026-03-04T09:20")) is None
    assert window(NONE, LUXEMBOURG, utc("2026-03-04T09:20"), last_end=BEGUN) is None


def test_a_clock_that_goes_back_makes_nothing() -> None:
    assert window(DAILY, LUXEMBOURG, utc("2026-03-01T12:00"), last_end=utc("2026-03-04T07:00")) is None


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_a_daily_window_comes_at_the_same_local_time_when_clocks_change(day: str, hours: int) -> None:
    noon = utc(f"{day}T12:00")
    before = last_boundary(DAILY, LUXEMBOURG, noon - timedelta(days=1))
    assert before is not None
    due = window(DAILY, LUXEMBOURG, noon, last_end=before)
    assert due is not None
    assert shown(due.end) == f"{day}T08:00"
    assert due.end - due.start == timedelta(hours=hours)


def test_a_daily_time_that_does_not_exist_is_when_the_clocks_jump_over_it() -> None:
    assert shown(last_boundary(Digest(at="02:30"), LUXEMBOURG, utc("2026-03-29T12:00"))) == "2026-03-29T03:00"


def test_a_daily_time_that_occurs_twice_ends_one_window_only() -> None:
    digest, first = Digest(at="02:30"), utc("2026-10-25T00:30")
    assert last_boundary(digest, LUXEMBOURG, first) == first
    assert window(digest, LUXEMBOURG, utc("2026-10-25T01:45"), last_end=first) is None


def test_an_hour_that_occurs_twice_has_two_windows() -> None:
    looks = [(HOURLY, utc("2026-10-24T23:30") + timedelta(hours=passed)) for passed in range(4)]
    assert [f"{one.end:%H:%M}" for one in made(looks, LUXEMBOURG)] == ["23:00", "00:00", "01:00", "02:00"]


def test_hours_are_the_local_ones_where_the_zone_is_not_whole_hours_from_utc() -> None:
    assert last_boundary(HOURLY, "Asia/Kathmandu", utc("2026-03-04T09:20")) == utc("2026-03-04T09:15")
