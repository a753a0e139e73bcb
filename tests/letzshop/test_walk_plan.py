from datetime import UTC, datetime, timedelta

import pytest

from backend.letzshop.run_kinds import RunKind
from backend.letzshop.walk_plan import (
    WALK_ALL_EVERY,
    EndlessListError,
    Position,
    first_position,
    next_in_phase,
    phase_after,
    where_to_begin,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RECENTLY = NOW - timedelta(hours=1)


def test_history_goes_through_the_confirmed_ones_first_and_a_sync_through_those_that_wait() -> None:
    assert first_position(RunKind.HISTORY) == Position("confirmed", 1, None)
    assert (phase_after(RunKind.HISTORY, "confirmed"), phase_after(RunKind.HISTORY, "unconfirmed")) == (
        "unconfirmed",
        None,
    )
    assert first_position(RunKind.SYNC) == Position("unconfirmed", 1, None)
    assert phase_after(RunKind.SYNC, "unconfirmed") == "confirmed"


def test_pages_follow_each_other_until_there_are_no_more() -> None:
    first = Position("confirmed", 1, None)
    assert next_in_phase(first, "a", has_next_page=True) == Position("confirmed", 2, "a")
    assert next_in_phase(first, "a", has_next_page=False) is None
    assert next_in_phase(first, None, has_next_page=True) is None


def test_a_list_that_repeats_its_cursor_is_an_error_and_not_an_endless_run() -> None:
    with pytest.raises(EndlessListError, match="repeats its page 7"):
        next_in_phase(Position("confirmed", 7, "a"), "a", has_next_page=True)


def test_a_sync_goes_on_after_the_last_one() -> None:
    assert where_to_begin("c", walked_at=RECENTLY, vanished=set(), now=NOW).cursor == "c"


@pytest.mark.parametrize(
    ("cursor", "walked_at", "vanished", "reason"),
    [
        (None, None, set(), "the first time"),
        (None, RECENTLY, set(), "the first time"),
        ("c", RECENTLY, {"shp_1", "shp_2"}, "2 left the list of unconfirmed ones"),
        ("c", RECENTLY, None, "the run was resumed"),
        ("c", NOW - WALK_ALL_EVERY, set(), "once a day"),
    ],
)
def test_a_sync_begins_anew_when_something_may_have_changed_further_back(
    cursor: str | None, walked_at: datetime | None, vanished: set[str] | None, reason: str
) -> None:
    begin = where_to_begin(cursor, walked_at=walked_at, vanished=vanished, now=NOW)
    assert (begin.cursor, begin.reason) == (None, reason)
