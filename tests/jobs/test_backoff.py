from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.jobs.backoff import BASE, CAP, delay_after

failures = st.integers(min_value=1, max_value=100_000)
chances = st.floats(min_value=0, max_value=1, exclude_max=True)


@given(failures, chances)
def test_a_delay_is_between_half_its_step_and_its_step(count: int, chance: float) -> None:
    step = min(CAP, BASE * 2 ** min(count - 1, 30))
    assert step / 2 <= delay_after(count, chance=chance) <= step


@given(failures, chances)
def test_a_later_failure_never_waits_less_with_the_same_dice(count: int, chance: float) -> None:
    assert delay_after(count, chance=chance) <= delay_after(count + 1, chance=chance)


def test_the_first_delays_double_from_two_seconds() -> None:
    full = [delay_after(count, chance=0.5) / 0.75 for count in (1, 2, 3, 4)]
    assert full == [timedelta(seconds=seconds) for seconds in (2, 4, 8, 16)]


def test_jitter_spreads_jobs_that_failed_together() -> None:
    assert len({delay_after(3, chance=chance / 10) for chance in range(10)}) == 10


def test_a_delay_without_a_failure_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="follows a failure"):
        delay_after(0, chance=0)
