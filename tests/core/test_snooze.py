from datetime import UTC, datetime, timedelta

import pytest

from backend.core.errors import InvalidInputError
from backend.core.snooze import LONGEST, snooze_end

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def test_an_end_within_reach_is_taken_and_none_ends_it() -> None:
    assert snooze_end(NOW + INSTANT, now=NOW) == NOW + INSTANT
    assert snooze_end(NOW + LONGEST, now=NOW) == NOW + LONGEST
    assert snooze_end(None, now=NOW) is None


@pytest.mark.parametrize("offset", [timedelta(0), timedelta(days=-1), LONGEST + timedelta(seconds=1)])
def test_one_that_is_past_or_too_far_is_named(offset: timedelta) -> None:
    with pytest.raises(InvalidInputError) as refused:
        snooze_end(NOW + offset, now=NOW)
    assert refused.value.errors[0].path == "until"


def test_a_time_without_an_offset_is_named() -> None:
    with pytest.raises(InvalidInputError, match="until"):
        snooze_end(NOW.replace(tzinfo=None), now=NOW)
