from hypothesis import given
from hypothesis import strategies as st

from backend.alerts.kinds import Severity
from backend.alerts.occurrence import Occurrence, fold

OCCURRENCES = st.builds(
    Occurrence,
    alert_type=st.sampled_from(["system", "capacity"]),
    severity=st.sampled_from(Severity),
    title=st.sampled_from(["Disk is full", "Feed is late"]),
    affected_stores=st.lists(st.integers(1, 4)).map(tuple),
    affected_systems=st.lists(st.sampled_from(["api", "worker"])).map(tuple),
)


@given(st.lists(OCCURRENCES))
def test_folding_loses_no_occurrence_and_doubles_none(occurrences: list[Occurrence]) -> None:
    assert sum(entry.count for entry in fold(occurrences)) == len(occurrences)


@given(st.lists(OCCURRENCES))
def test_folded_batches_are_sorted_so_that_two_of_them_lock_in_one_order(occurrences: list[Occurrence]) -> None:
    keys = [entry.fingerprint for entry in fold(occurrences)]
    assert keys == sorted(set(keys))


@given(st.lists(OCCURRENCES, min_size=1))
def test_each_entry_has_the_first_words_the_worst_severity_and_the_united_scope(occurrences: list[Occurrence]) -> None:
    for entry in fold(occurrences):
        mine = [found for found in occurrences if found.fingerprint == entry.fingerprint]
        assert entry.first is mine[0]
        assert entry.severity == max((found.severity for found in mine), key=list(Severity).index)
        assert set(entry.stores) == {store for found in mine for store in found.affected_stores}
        assert set(entry.systems) == {system for found in mine for system in found.affected_systems}


def test_a_store_named_twice_by_one_occurrence_counts_once() -> None:
    (entry,) = fold([Occurrence(alert_type="system", severity=Severity.INFO, title="x", affected_stores=(7, 7))])
    assert entry.stores[7] == 1
