from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.core.circuit import Circuit
from backend.delivery.admission import Admission, Bury, Gate, Go, Hold, Postpone, Waiting, decide
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.retrying import SCHEDULES
from backend.delivery.throttle import ALLOWANCES, Buckets

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
USUAL, CRITICAL = 2, 3
OPEN = Gate(channel=Channel.EMAIL, is_enabled=True, circuit=Circuit(), buckets=Buckets())


def waiting(*, rank: int = USUAL, tries: int = 0, kind: MessageKind = MessageKind.NOTIFICATION) -> Waiting:
    return Waiting(kind, rank, tries)


def decided(gate: Gate, *items: Waiting) -> list[Admission]:
    admissions = []
    for item in items:
        admission, gate = decide(item, gate, now=NOW)
        admissions.append(admission)
    return admissions


def test_what_nothing_stands_against_goes() -> None:
    assert decided(OPEN, waiting()) == [Go()]


def test_after_its_burst_a_destination_keeps_the_rest_back() -> None:
    allowances = ALLOWANCES[Channel.EMAIL]
    assert allowances is not None

    admissions = decided(OPEN, *[waiting()] * (allowances.usual.burst + 2))

    assert admissions[: allowances.usual.burst] == [Go()] * allowances.usual.burst
    refilled = NOW + timedelta(seconds=allowances.usual.refill_seconds)
    assert admissions[allowances.usual.burst :] == [Hold(refilled)] * 2


def test_a_flood_does_not_keep_a_critical_back() -> None:
    *_, last = decided(OPEN, *[waiting()] * 50, waiting(rank=CRITICAL))

    assert last == Go()


def test_a_program_is_not_throttled() -> None:
    assert decided(replace(OPEN, channel=Channel.WEBHOOK), *[waiting()] * 50) == [Go()] * 50


def test_what_was_counted_once_is_not_counted_at_its_next_try() -> None:
    *_, again = decided(OPEN, *[waiting()] * 50, waiting(tries=1))

    assert again == Go()


def test_what_the_throttle_itself_wrote_and_what_somebody_waits_for_go_at_once() -> None:
    kinds = (MessageKind.HELD_BACK, MessageKind.TEST, MessageKind.DIGEST)
    *_, first, second, third = decided(OPEN, *[waiting()] * 50, *(waiting(kind=kind) for kind in kinds))

    assert [first, second, third] == [Go()] * 3


def test_a_destination_that_does_not_answer_is_asked_by_one_at_a_time() -> None:
    probe_at = NOW - timedelta(seconds=1)
    broken = replace(OPEN, circuit=Circuit(failures=3, opened_at=NOW - timedelta(minutes=1), probe_at=probe_at))

    first, second = decided(broken, waiting(), waiting(rank=CRITICAL))

    assert first == Go()
    assert second == Postpone()


def test_until_its_probe_nothing_goes() -> None:
    probe_at = NOW + timedelta(seconds=20)
    broken = replace(OPEN, circuit=Circuit(failures=3, opened_at=NOW, probe_at=probe_at))

    assert decided(broken, waiting()) == [Postpone()]


def test_what_has_nowhere_to_go_is_given_up() -> None:
    assert decided(replace(OPEN, is_enabled=False), waiting()) == [Bury(DetailCode.BURIED_SWITCHED_OFF)]


def test_one_whose_worker_died_at_every_try_is_given_up() -> None:
    tries = len(SCHEDULES[Channel.EMAIL]) + 1

    assert decided(OPEN, waiting(tries=tries - 1)) == [Go()]
    assert decided(OPEN, waiting(tries=tries)) == [Bury(DetailCode.WORKER_DIED)]


GATES = st.builds(
    Gate,
    channel=st.sampled_from(Channel),
    is_enabled=st.booleans(),
    circuit=st.builds(
        Circuit,
        failures=st.integers(0, 9),
        opened_at=st.none() | st.just(NOW - timedelta(hours=1)),
        probe_at=st.none() | st.integers(-90, 90).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    ),
    buckets=st.builds(Buckets, tokens=st.floats(0, 5), critical_tokens=st.floats(0, 10), tokens_at=st.just(NOW)),
)


@given(GATES, st.builds(Waiting, st.sampled_from(MessageKind), st.integers(0, 3), st.integers(0, 12)))
def test_whatever_is_kept_back_has_a_later_time(gate: Gate, item: Waiting) -> None:
    admission, _ = decide(item, gate, now=NOW)

    match admission:
        case Hold(until):
            assert until > NOW
        case Go() | Bury() | Postpone():
            pass
