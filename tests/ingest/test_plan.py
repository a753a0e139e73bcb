"""Every firing signal counts, and the last one of a key says whether it is over."""

from hypothesis import given
from hypothesis import strategies as st

from backend.core.fields import MOST_TEXT
from backend.ingest.plan import codes_of, planned
from backend.ingest.signal import Signal, SignalState


def signal(key: str = "a", *, is_over: bool = False, source: str = "Test", **fields: object) -> Signal:
    state = SignalState.RESOLVED if is_over else SignalState.FIRING
    return Signal(source=source, state=state, dedup_key=key, title="Disk is full", **fields)  # type: ignore[arg-type]  # fields are the test's own


class TestWhatIsOver:
    def test_it_is_what_was_last_said_of_a_key(self) -> None:
        plan = planned([signal("a"), signal("a", is_over=True), signal("b", is_over=True), signal("b")], {})
        assert plan.over == {"Test": ["a"]}
        assert [occurrence.dedup_key for occurrence in plan.occurrences] == ["a", "b"]

    def test_each_source_answers_for_its_own(self) -> None:
        plan = planned([signal("a", is_over=True, source="One"), signal("b", is_over=True, source="Other")], {})
        assert plan.over == {"One": ["a"], "Other": ["b"]}

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans())))
    def test_no_firing_signal_is_lost_and_no_key_is_over_that_fires(self, said: list[tuple[str, bool]]) -> None:
        plan = planned([signal(key, is_over=is_over) for key, is_over in said], {})
        assert [occurrence.dedup_key for occurrence in plan.occurrences] == [
            key for key, is_over in said if not is_over
        ]
        assert set(plan.over.get("Test", [])) == {key for key, is_over in dict(said).items() if is_over}


class TestStores:
    def test_ids_and_known_codes_are_its_scope(self) -> None:
        (occurrence,) = planned([signal(store_ids=(7,), store_codes=("A",))], {"A": 3}).occurrences
        assert (occurrence.affected_stores, occurrence.description) == ((7, 3), "")

    def test_unknown_codes_are_kept_in_the_description(self) -> None:
        (occurrence,) = planned([signal(description="Full.", store_codes=("A", "B"))], {"A": 3}).occurrences
        assert (occurrence.affected_stores, occurrence.description) == ((3,), "Full.\nUnknown store: B")

    def test_a_long_description_makes_room_for_them(self) -> None:
        (occurrence,) = planned([signal(description="x" * MOST_TEXT, store_codes=("b" * 300,))], {}).occurrences
        assert len(occurrence.description) <= MOST_TEXT
        assert occurrence.description.endswith("b" * 300)

    def test_only_those_of_what_fires_are_looked_up(self) -> None:
        assert codes_of([signal(store_codes=("A",)), signal(is_over=True, store_codes=("B",))]) == {"A"}
