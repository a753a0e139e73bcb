from datetime import UTC, datetime

import pytest

from backend.core.retry_after import retry_after

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_number_is_seconds_and_a_date_is_a_moment() -> None:
    assert retry_after(" 120 ", now=NOW) == 120
    assert retry_after("Sun, 22 Nov 2026 12:01:30 GMT", now=NOW) == 90
    assert retry_after(None, now=NOW) is None


@pytest.mark.parametrize(
    "value", ["soon", "", "-5", "Sun, 22 Nov 2026 99:01:30 GMT", "Sun, 22 Nov 2026 12:01:30 -0000"]
)
def test_what_cannot_be_read_is_none(value: str) -> None:
    assert retry_after(value, now=NOW) is None


def test_a_moment_that_has_passed_is_now() -> None:
    assert retry_after("Sun, 22 Nov 2026 11:00:00 GMT", now=NOW) == 0


def test_a_number_beyond_all_bounds_is_a_long_wait() -> None:
    assert retry_after("9" * 400, now=NOW) == float("inf")
