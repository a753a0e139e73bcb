from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.core.circuit import (
    FAILURES_THAT_OPEN,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Circuit,
    Pass,
    Refuse,
    admit,
    after_failure,
    probing,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def failing(times: int, *, now: datetime = NOW) -> Circuit:
    circuit = Circuit()
    for _ in range(times):
        circuit = after_failure(circuit, now=now)
    return circuit


@given(st.integers(0, FAILURES_THAT_OPEN - 1))
def test_a_few_failures_keep_nobody_away(times: int) -> None:
    assert admit(failing(times), now=NOW) == Pass()


def test_failures_in_a_row_open_it_and_say_since_when_and_until_when() -> None:
    assert admit(failing(FAILURES_THAT_OPEN), now=NOW) == Refuse(NOW, NOW + FIRST_PAUSE)


def test_after_its_pause_one_may_probe_and_the_next_is_refused() -> None:
    later = NOW + FIRST_PAUSE
    circuit = failing(FAILURES_THAT_OPEN)
    assert admit(circuit, now=later) == Pass(is_probe=True)
    assert isinstance(admit(probing(circuit, now=later), now=later), Refuse)


def test_a_probe_that_never_comes_back_does_not_keep_it_open_for_ever() -> None:
    later = NOW + FIRST_PAUSE
    circuit = probing(failing(FAILURES_THAT_OPEN), now=later)
    assert admit(circuit, now=later + FIRST_PAUSE) == Pass(is_probe=True)


@given(st.integers(FAILURES_THAT_OPEN, 30))
def test_each_failure_lengthens_the_pause_up_to_a_bound_and_the_outage_keeps_its_beginning(times: int) -> None:
    circuit = after_failure(failing(times), now=NOW + timedelta(hours=1))
    assert circuit.opened_at == NOW
    assert circuit.probe_at is not None
    pause = circuit.probe_at - NOW - timedelta(hours=1)
    assert FIRST_PAUSE <= pause <= LONGEST_PAUSE
    assert pause == min(FIRST_PAUSE * 2 ** (times + 1 - FAILURES_THAT_OPEN), LONGEST_PAUSE)


def test_even_a_year_of_failures_is_no_more_than_the_longest_pause() -> None:
    assert admit(Circuit(10_000, NOW, NOW), now=NOW) == Pass(is_probe=True)
    assert probing(Circuit(10_000, NOW, NOW), now=NOW).probe_at == NOW + LONGEST_PAUSE


def test_what_was_on_its_way_when_it_opened_does_not_lengthen_the_pause() -> None:
    circuit = failing(FAILURES_THAT_OPEN)
    for _ in range(29):
        circuit = after_failure(circuit, now=NOW + timedelta(seconds=3), begun_at=NOW - timedelta(seconds=1))
    assert circuit == failing(FAILURES_THAT_OPEN)


def test_the_probes_failure_lengthens_the_pause() -> None:
    later = NOW + FIRST_PAUSE
    circuit = after_failure(failing(FAILURES_THAT_OPEN), now=later + timedelta(seconds=5), begun_at=later)
    assert circuit.probe_at == later + timedelta(seconds=5) + FIRST_PAUSE * 2


@given(st.integers(0, 5), st.integers(1, 86_400))
def test_a_far_end_that_asks_to_be_left_alone_is_left_alone_for_so_long(times: int, seconds: int) -> None:
    wait = timedelta(seconds=seconds)
    circuit = after_failure(failing(times), now=NOW, begun_at=NOW - timedelta(seconds=1), wait=wait)
    assert circuit.probe_at is not None
    assert circuit.probe_at >= NOW + wait
    assert isinstance(admit(circuit, now=NOW + wait - timedelta(seconds=1)), Refuse)
    assert isinstance(admit(circuit, now=circuit.probe_at), Pass)
