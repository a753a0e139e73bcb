"""Lines become stores with three groups, weightiest first and in bounds."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.summary import MOST_ITEMS, Group, Line, SummaryMore, shortened
from backend.notifications import Priority
from tests.factories.delivery import item, summary_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

lines = st.lists(
    st.builds(
        lambda store_id, group, number, priority: Line(store_id, group, item(number, priority=priority)),
        st.none() | st.integers(1, 3),
        st.sampled_from(Group),
        st.integers(1, 40),
        st.sampled_from(Priority),
    ),
    unique_by=lambda line: (line.store_id, line.group, line.item.id),
)


def test_nothing_is_an_empty_summary() -> None:
    summary = summary_of([])
    assert summary.is_empty
    assert (summary.open_count, summary.healed_count, summary.handled_count) == (0, 0, 0)


def test_each_store_has_its_own_groups_and_the_platform_has_no_store() -> None:
    summary = summary_of(
        [Line(1, Group.OPEN, item(1)), Line(1, Group.HEALED, item(2)), Line(None, Group.HANDLED, item(3))]
    )
    moulin, platform = summary.stores
    assert (moulin.store_id, moulin.store_name) == (1, "Moulin")
    assert ([one.id for one in moulin.open], [one.id for one in moulin.healed], moulin.handled) == ([1], [2], [])
    assert (platform.store_id, platform.store_name) == (None, None)
    assert [one.id for one in platform.handled] == [3]


def test_the_weightiest_comes_first_and_of_these_the_newest() -> None:
    old, new = item(1, at=NOON), item(2, at=NOON + timedelta(hours=1))
    critical = item(3, priority=Priority.CRITICAL, at=NOON - timedelta(days=1))
    (store,) = summary_of([Line(1, Group.OPEN, one) for one in (old, critical, new)]).stores
    assert store.open == [critical, new, old]


def test_stores_with_the_worst_open_things_come_first() -> None:
    told = [
        Line(3, Group.HEALED, item(1, priority=Priority.CRITICAL)),
        Line(2, Group.OPEN, item(2, priority=Priority.LOW)),
        Line(1, Group.OPEN, item(3, priority=Priority.HIGH)),
    ]
    assert [store.store_id for store in summary_of(told).stores] == [1, 2, 3]


def test_of_a_store_that_is_gone_its_number_is_left() -> None:
    (store,) = summary_of([Line(9, Group.OPEN, item())]).stores
    assert store.store_name == "#9"


def test_an_alert_over_two_stores_counts_once() -> None:
    alert = item(1, kind="alert")
    summary = summary_of([Line(1, Group.OPEN, alert), Line(2, Group.OPEN, alert), Line(1, Group.OPEN, item(1))])
    assert summary.open_count == 2


def test_what_is_not_listed_is_counted() -> None:
    told = [Line(1, Group.OPEN, item(number)) for number in range(MOST_ITEMS + 3)]
    summary = summary_of(told, unlisted={(1, Group.OPEN): 100})
    (store,) = summary.stores
    assert len(store.open) == MOST_ITEMS
    assert store.more == SummaryMore(open=103, healed=0, handled=0)
    assert summary.open_count == MOST_ITEMS + 103


@given(lines, st.integers(1, 5), st.integers(1, 5))
def test_nothing_is_lost_however_it_is_cut(told: list[Line], most: int, fewer: int) -> None:
    summary = shortened(summary_of(told, most=most), fewer)
    expected = Counter((line.store_id, line.group) for line in told)
    for store in summary.stores:
        for group in Group:
            listed = getattr(store, group)
            assert len(listed) <= min(most, fewer)
            assert len(listed) + getattr(store.more, group) == expected.pop((store.store_id, group), 0)
    assert not expected
