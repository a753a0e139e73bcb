from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.alerts.walk import Position, Walk, advance

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
IDS = st.sets(st.integers(1, 10**6), max_size=200)


def page(before: Walk | None, open_shown: set[int], position: Position | None = None) -> Walk:
    last_shown = position or Position(NOON, 1)
    return advance(before, newest_id=10**6, told_id=9, last_shown=last_shown, open_shown=open_shown)


@given(st.lists(IDS, min_size=1, max_size=4))
def test_a_walk_remembers_each_open_alert_that_it_showed_once(pages: list[set[int]]) -> None:
    walk = None
    for shown in pages:
        walk = page(walk, shown)
    assert walk is not None
    assert walk.shown_ids() == sorted(set().union(*pages))


def test_the_settled_ones_are_never_shown_again_when_an_open_alert_moved_up_meanwhile() -> None:
    first = page(None, set(), Position(NOON, 5))
    moved = page(first, {3}, Position(NOON + timedelta(hours=1), 3))
    assert moved.settled_before == Position(NOON, 5)


def test_a_walk_of_ten_thousand_open_alerts_still_fits_a_query_string() -> None:
    walk = page(None, set(range(1, 30_000, 3)))
    assert len(walk.shown) < 1_000


@pytest.mark.parametrize("made_up", [b"", b"not zlib", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_a_client_made_up_is_refused(made_up: bytes) -> None:
    walk = Walk(newest_id=1, told_id=1, settled_before=Position(NOON, 1), shown=made_up)
    with pytest.raises(ValueError, match="not the shown ids"):
        walk.shown_ids()
