from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.escalation import PassOn, Rest, Step, Stranded, Unattended, next_step, onward

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
POLICY = [Step(timedelta(minutes=10), (1,)), Step(timedelta(minutes=30), (2,), (7,)), Step(timedelta(hours=2), (3,))]


def waiting(minutes: float, *, gone: int = 0, is_open: bool = True, is_acknowledged: bool = False) -> Unattended:
    return Unattended(NOW - timedelta(minutes=minutes), gone, is_open, is_acknowledged)


def test_a_step_comes_when_its_time_is_over_and_not_before() -> None:
    assert next_step(POLICY, waiting(9.9), NOW) == Rest("no step is due")
    assert next_step(POLICY, waiting(10), NOW) == PassOn(1, (POLICY[0],))
    assert next_step(POLICY, waiting(12, gone=1), NOW) == Rest("no step is due")
    assert next_step(POLICY, waiting(30, gone=1), NOW) == PassOn(2, (POLICY[1],))


def test_steps_that_were_missed_come_together() -> None:
    assert next_step(POLICY, waiting(200), NOW) == PassOn(3, tuple(POLICY))


def test_whoever_acknowledges_it_stops_it_and_so_does_its_end() -> None:
    assert next_step(POLICY, waiting(200, is_acknowledged=True), NOW) == Rest("somebody looks after it")
    assert next_step(POLICY, waiting(200, is_open=False), NOW) == Rest("it is over")


def test_without_steps_nothing_is_passed_on() -> None:
    assert next_step([], waiting(10_000), NOW) == Rest("no step is due")


@given(st.lists(st.integers(1, 600), unique=True, max_size=10).map(sorted), st.lists(st.integers(0, 90), max_size=30))
def test_each_step_is_taken_once_however_often_one_looks(minutes: list[int], looks: list[int]) -> None:
    policy = [Step(timedelta(minutes=after), (after,)) for after in minutes]
    gone, waited, taken = 0, 0, list[Step]()
    for more in looks:
        waited += more
        decided = next_step(policy, waiting(waited, gone=gone), NOW)
        if isinstance(decided, PassOn):
            gone = decided.number
            taken += decided.steps

    assert taken == [step for step in policy if step.after <= timedelta(minutes=waited)]


def reaching(*numbers: int) -> Callable[[Step], bool]:
    return lambda step: POLICY.index(step) + 1 in numbers


def test_a_step_that_reaches_nobody_is_followed_by_the_next_at_once() -> None:
    due = PassOn(1, (POLICY[0],))
    assert onward(POLICY, due, reaching(1, 2, 3)) == due
    assert onward(POLICY, due, reaching(2, 3)) == PassOn(2, tuple(POLICY[:2]), unreached=(1,))
    assert onward(POLICY, due, reaching(3)) == PassOn(3, tuple(POLICY), unreached=(1, 2))
    assert onward(POLICY, due, reaching()) == Stranded(1, tuple(POLICY))


def test_what_reaches_nobody_after_the_last_that_does_is_not_taken() -> None:
    assert onward(POLICY, PassOn(3, tuple(POLICY)), reaching(2)) == PassOn(2, tuple(POLICY[:2]), unreached=(1,))
    assert onward(POLICY, PassOn(3, (POLICY[2],)), reaching(1, 2)) == Stranded(3, (POLICY[2],))
