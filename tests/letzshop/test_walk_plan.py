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
    what_to_skip,
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


def test_a_page_may_be_followed_by_one_further_on() -> None:
    first = Position("confirmed", 1, None)
    assert next_in_phase(first, "a", has_next_page=True, skip_to="k") == Position("confirmed", 2, "k")
    assert next_in_phase(first, "a", has_next_page=False, skip_to="k") is None


def test_a_sync_leaves_out_what_is_known() -> None:
    skipping = what_to_skip("c", walked_at=RECENTLY, vanished=set(), is_on_demand=False, now=NOW)
    assert skipping.to == "c"


@pytest.mark.parametrize(
    ("walked_at", "vanished", "is_on_demand", "reason"),
    [
        (None, set(), False, "the first time"),
        (RECENTLY, {"shp_1", "shp_2"}, False, "2 left the list of unconfirmed ones"),
        (RECENTLY, None, False, "the run was resumed"),
        (RECENTLY, set(), True, "somebody asked"),
        (NOW - WALK_ALL_EVERY, set(), False, "once a day"),
    ],
)
def test_a_sync_reads_all_when_something_may_have_changed_in_between(
    walked_at: datetime | None, vanished: set[str] | None, is_on_demand: bool, reason: str
) -> None:
    skipping = what_to_skip("c", walked_at=walked_at, vanished=vanished, is_on_demand=is_on_demand, now=NOW)
    assert (skipping.to, skipping.reason) == (None, reason)
