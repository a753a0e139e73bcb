from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.kinds import Channel
from backend.delivery.throttle import ALLOWANCES, Admitted, Allowance, Allowances, Buckets, Held, admit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MAIL = ALLOWANCES[Channel.EMAIL]
YEAR = timedelta(days=365)

allowances = st.builds(Allowance, st.integers(1, 12), st.floats(0.5, 600))
pairs = st.builds(Allowances, allowances, allowances)
steps = st.lists(st.timedeltas(timedelta(0), timedelta(minutes=10)) | st.just(timedelta(0)), max_size=60)
# Back and forth, together by less than clocks may differ.
trembling = st.lists(st.timedeltas(timedelta(seconds=-30), timedelta(seconds=30)), max_size=60)
tokens = st.none() | st.floats(0, 12)
instants = st.none() | st.timedeltas(-YEAR, YEAR).map(lambda ago: NOW - ago)
states = st.builds(Buckets, tokens, tokens, instants)


def admitted_at(times: list[datetime], allowance: Allowances, *, is_critical: bool = False) -> list[datetime]:
    """When messages that come at these times are let through."""
    buckets, passed = Buckets(), []
    for now in times:
        decision = admit(buckets, allowance, now, is_critical=is_critical)
        if isinstance(decision, Admitted):
            buckets = decision.buckets
            passed.append(now)
    return passed


def running(steps: list[timedelta]) -> list[datetime]:
    times = [NOW]
    for step in steps:
        times.append(times[-1] + step)
    return times


@given(allowances, steps, st.booleans())
def test_no_interval_ever_lets_more_pass_than_a_burst_and_what_refills_in_it(
    allowance: Allowance, steps: list[timedelta], is_critical: bool
) -> None:
    passed = admitted_at(running(steps), Allowances(allowance, allowance), is_critical=is_critical)
    for first, begin in enumerate(passed):
        for last, end in enumerate(passed[first:], first):
            refilled = (end - begin).total_seconds() / allowance.refill_seconds
            assert last - first + 1 <= allowance.burst + refilled + 1e-3


@given(allowances, trembling)
def test_clocks_that_differ_a_little_fill_nothing_twice(allowance: Allowance, offsets: list[timedelta]) -> None:
    times = [NOW + offset for offset in offsets]
    spread = (max(times, default=NOW) - min(times, default=NOW)).total_seconds()
    passed = admitted_at(times, Allowances(allowance, allowance))
    assert len(passed) <= allowance.burst + spread / allowance.refill_seconds + 1e-3


def test_machines_whose_clocks_differ_share_one_burst() -> None:
    allowance = Allowance(10, 50)
    times = [NOW + timedelta(seconds=50 if turn % 2 else 0) for turn in range(1, 40)]
    assert len(admitted_at(times, Allowances(allowance, allowance))) == 10


@given(states, pairs, st.booleans())
def test_nobody_is_held_longer_than_one_refill_and_a_difference_of_clocks(
    state: Buckets, pair: Allowances, is_critical: bool
) -> None:
    decision = admit(state, pair, NOW, is_critical=is_critical)
    if isinstance(decision, Held):
        refill = (pair.critical if is_critical else pair.usual).refill_seconds
        assert NOW < decision.until <= NOW + timedelta(seconds=refill, minutes=1)


@given(states, pairs, st.booleans())
def test_who_comes_back_when_told_to_is_let_in_and_not_before(
    state: Buckets, pair: Allowances, is_critical: bool
) -> None:
    decision = admit(state, pair, NOW, is_critical=is_critical)
    if isinstance(decision, Held):
        assert isinstance(admit(state, pair, decision.until, is_critical=is_critical), Admitted)
        just_before = decision.until - timedelta(milliseconds=10)
        assert isinstance(admit(state, pair, just_before, is_critical=is_critical), Held)


@given(states, pairs, steps)
def test_whatever_passes_takes_nothing_from_the_bucket_of_the_others(
    state: Buckets, pair: Allowances, steps: list[timedelta]
) -> None:
    """Nor does storing it again and again with the other one's time lose what it has filled since."""
    now, used = NOW, state
    for step in steps:
        now += step
        decision = admit(used, pair, now, is_critical=False)
        used = decision.buckets if isinstance(decision, Admitted) else used
    alone = admit(state, pair, now, is_critical=True)
    beside = admit(used, pair, now, is_critical=True)
    if state.tokens_at is None or state.tokens_at <= NOW:
        assert type(alone) is type(beside)
        if isinstance(alone, Admitted) and isinstance(beside, Admitted):
            assert beside.buckets.critical_tokens == pytest.approx(alone.buckets.critical_tokens)


def test_a_new_destination_takes_a_burst_at_once_and_then_one_each_two_minutes() -> None:
    assert MAIL is not None
    times = [NOW + timedelta(seconds=seconds) for seconds in range(601)]
    passed = [(at - NOW).total_seconds() for at in admitted_at(times, MAIL)]
    assert passed == [0, 1, 2, 3, 4, 120, 240, 360, 480, 600]


def test_criticals_have_a_greater_burst_and_one_each_half_minute() -> None:
    assert MAIL is not None
    times = [NOW + timedelta(seconds=seconds) for seconds in range(61)]
    passed = [(at - NOW).total_seconds() for at in admitted_at(times, MAIL, is_critical=True)]
    assert passed == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 60]


def test_an_empty_bucket_says_when_there_is_a_token() -> None:
    state = Buckets(0.25, 0.5, NOW)
    assert admit(state, MAIL, NOW, is_critical=False) == Held(NOW + timedelta(seconds=90))
    assert admit(state, MAIL, NOW, is_critical=True) == Held(NOW + timedelta(seconds=15))


def test_a_clock_that_was_far_ahead_holds_nothing_up_once_it_is_right() -> None:
    assert admit(Buckets(0, 0, NOW + YEAR), MAIL, NOW, is_critical=False) == Admitted(Buckets(4, 10, NOW))


def test_people_are_not_flooded_by_any_channel_of_theirs_and_webhooks_have_no_limit() -> None:
    assert ALLOWANCES[Channel.CHAT] == MAIL
    assert ALLOWANCES[Channel.WEBHOOK] is None
    assert admit(Buckets(0, 0, NOW), None, NOW, is_critical=False) == Admitted(Buckets(0, 0, NOW))
