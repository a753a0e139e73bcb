from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from backend.alerts import Severity
from backend.delivery.alert_thread import TO_BE_TOLD_ANEW, AlertState, Quiet, Tell, Told, Wait, what_to_tell
from backend.delivery.kinds import MessageKind

STATES = st.builds(
    AlertState,
    is_open=st.booleans(),
    severity=st.sampled_from(Severity),
    size=st.integers(1, 5_000),
    has_healed=st.booleans(),
)


def told_as(state: AlertState) -> Told:
    return Told(state.is_open, state.severity, state.size)


def test_a_new_alert_is_told() -> None:
    assert what_to_tell(AlertState(True, Severity.ERROR, 1), None) == Tell(MessageKind.ALERT_OPENED, "it is new")


def test_one_that_is_being_opened_waits_unless_it_is_critical_or_known() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    opening = AlertState(True, Severity.ERROR, 1, settles_at=at)
    critical = AlertState(True, Severity.CRITICAL, 1, settles_at=at)

    assert what_to_tell(opening, None) == Wait(at, "it is only just being opened")
    assert isinstance(what_to_tell(critical, None), Tell)
    assert isinstance(what_to_tell(critical, Told(True, Severity.ERROR, 1)), Tell)


def test_one_that_is_over_before_anybody_was_told_is_not() -> None:
    assert isinstance(what_to_tell(AlertState(False, Severity.ERROR, 1), None), Quiet)


def test_more_of_the_same_is_told_only_when_it_is_ten_times_as_much() -> None:
    told = Told(True, Severity.ERROR, 20)

    quiet = what_to_tell(AlertState(True, Severity.ERROR, 199), told)
    grown = what_to_tell(AlertState(True, Severity.ERROR, 200), told)

    assert quiet == Quiet("it is known; the next message comes at 200 or when it is over")
    assert grown == Tell(MessageKind.ALERT_GREW, "it grew from 20 to 200")


def test_what_came_back_while_it_was_silenced_is_told_anew_and_its_end_as_that_of_any_other() -> None:
    told = Told(True, Severity.ERROR, TO_BE_TOLD_ANEW)

    back, worse, over = (
        what_to_tell(AlertState(is_open, severity, 5), told)
        for is_open, severity in ((True, Severity.ERROR), (True, Severity.CRITICAL), (False, Severity.ERROR))
    )

    assert back == Tell(MessageKind.RETURNED, "it was put off, and returned under a silence")
    assert worse == Tell(MessageKind.ALERT_ESCALATED, "it went from error to critical")
    assert over == Tell(MessageKind.ALERT_RESOLVED, "it is over")


def test_getting_worse_is_told_at_once_and_getting_better_is_not() -> None:
    told = Told(True, Severity.ERROR, 5)

    worse = what_to_tell(AlertState(True, Severity.CRITICAL, 5), told)
    better = what_to_tell(AlertState(True, Severity.WARNING, 5), told)

    assert worse == Tell(MessageKind.ALERT_ESCALATED, "it went from error to critical")
    assert isinstance(better, Quiet)


def test_its_end_says_whether_it_healed_or_somebody_resolved_it() -> None:
    told = Told(True, Severity.ERROR, 5)

    healed = what_to_tell(AlertState(False, Severity.ERROR, 5, has_healed=True), told)
    resolved = what_to_tell(AlertState(False, Severity.ERROR, 5), told)

    assert healed == Tell(MessageKind.ALERT_HEALED, "it is over")
    assert resolved == Tell(MessageKind.ALERT_RESOLVED, "it is over")


def test_one_that_was_reopened_is_told_again() -> None:
    again = what_to_tell(AlertState(True, Severity.INFO, 1), Told(False, Severity.ERROR, 5))

    assert again == Tell(MessageKind.ALERT_OPENED, "it was reopened")


@given(STATES, st.none() | STATES.map(told_as))
def test_what_was_just_told_is_not_told_again(state: AlertState, told: Told | None) -> None:
    first = what_to_tell(state, told)
    second = what_to_tell(state, told_as(state) if isinstance(first, Tell) else told)

    assert isinstance(second, Quiet)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40))
def test_stores_that_join_one_after_the_other_are_few_messages(joining: list[int]) -> None:
    told: Told | None = None
    size, count = 0, 0
    for more in joining:
        size += more
        state = AlertState(True, Severity.ERROR, size)
        if isinstance(what_to_tell(state, told), Tell):
            told, count = told_as(state), count + 1

    assert count <= len(str(size))
