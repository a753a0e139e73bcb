from hypothesis import given
from hypothesis import strategies as st

from backend.letzshop.failure import LetzshopError, Outcome
from backend.letzshop.retrying import Again, GiveUp, Later, RetryPolicy, after_failure

POLICY = RetryPolicy(pauses=(1.0, 4.0), longest_pause=30.0, longest_delay=600.0)
chances = st.floats(min_value=0, max_value=1)


def failed(outcome: Outcome, wait: float | None = None) -> LetzshopError:
    return LetzshopError(outcome, "no", retry_after=wait)


@given(st.sampled_from([Outcome.REJECTED, Outcome.CREDENTIALS, Outcome.PARTIAL]), st.integers(1, 9), chances)
def test_what_was_refused_is_not_asked_again(outcome: Outcome, tried: int, chance: float) -> None:
    assert isinstance(after_failure(failed(outcome), tried, POLICY, chance=chance), GiveUp)


@given(chances)
def test_what_may_pass_is_tried_again_after_growing_pauses_and_then_no_more(chance: float) -> None:
    first, second, third = (
        after_failure(failed(Outcome.TRANSIENT), tried, POLICY, chance=chance) for tried in (1, 2, 3)
    )
    assert isinstance(first, Again)
    assert isinstance(second, Again)
    assert isinstance(third, GiveUp)
    assert 1.0 <= first.pause <= 1.5
    assert 4.0 <= second.pause <= 6.0


@given(st.floats(min_value=0, max_value=30), chances)
def test_a_wait_that_letzshop_asks_for_is_never_cut_short(wait: float, chance: float) -> None:
    following = after_failure(failed(Outcome.TRANSIENT, wait), 1, POLICY, chance=chance)
    assert isinstance(following, Again)
    assert following.pause >= wait


@given(st.floats(min_value=30.001, max_value=1e9), st.integers(1, 9), chances)
def test_a_long_wait_is_not_sat_through_and_is_bounded(wait: float, tried: int, chance: float) -> None:
    following = after_failure(failed(Outcome.TRANSIENT, wait), tried, POLICY, chance=chance)
    assert isinstance(following, Later)
    assert min(wait, 600.0) <= following.delay <= 601.0
