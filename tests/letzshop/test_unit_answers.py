from hypothesis import given
from hypothesis import strategies as st

from backend.letzshop.unit_answers import shortfall
from backend.letzshop.wire import UnitError

UNITS = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.sampled_from(["confirmed", "declined"]))


def test_a_unit_in_another_state_than_asked_is_named_with_both() -> None:
    asked = {"iu_1": "declined", "iu_2": "confirmed"}
    assert shortfall(asked, {"iu_1": "confirmed", "iu_2": "confirmed"}, [UnitError(message="It is confirmed.")]) == (
        "Letzshop did not do what was asked with 1 of 2 units: iu_1 is confirmed, not declined."
        " Letzshop says: It is confirmed."
    )


def test_a_unit_that_is_left_out_is_not_done() -> None:
    assert shortfall({"iu_1": "confirmed"}, {}, []) == (
        "Letzshop did not do what was asked with 1 of 1 unit: iu_1 was left out."
    )


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    asked = {f"iu_{number}": "confirmed" for number in range(8)}
    said = shortfall(asked, {}, [])
    assert said is not None
    assert said.endswith("iu_4 was left out; and 3 more.")


def test_a_long_answer_is_cut_and_storable() -> None:
    said = shortfall({"iu_1": "confirmed"}, {"iu_1": "\x00"}, [UnitError(message="m" * 1_000)])
    assert said is not None
    assert len(said) == 500
    assert "\x00" not in said


@given(asked=UNITS, errors=st.lists(st.just(UnitError(code="invalid_state")), max_size=3))
def test_what_is_as_asked_is_done_whatever_is_said_beside_it(asked: dict[str, str], errors: list[UnitError]) -> None:
    assert shortfall(asked, {**asked, "another": "declined"}, errors) is None


@given(asked=UNITS, states=UNITS)
def test_nothing_but_the_state_that_was_asked_for_is_done(asked: dict[str, str], states: dict[str, str]) -> None:
    is_done = all(states.get(unit) == state for unit, state in asked.items())
    assert (shortfall(asked, states, []) is None) is is_done
