from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.detail import DetailCode
from backend.delivery.envelope import Result
from backend.delivery.kinds import Channel, Outcome
from backend.delivery.retrying import (
    LONGEST_WAIT,
    Again,
    Delivered,
    GiveUp,
    after_attempt,
    is_to_be_disabled,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = 1.0, 60.0, 3600.0
EXPECTED = {
    Channel.WEBHOOK: (
        [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
    ),
    Channel.EMAIL: [1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 1 * HOUR, 4 * HOUR, 12 * HOUR],
    Channel.CHAT: [5 * SECOND, 1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR],
}
TRIES = [(channel, tries) for channel, delays in EXPECTED.items() for tries in range(1, len(delays) + 1)]

channels = st.sampled_from(Channel)
chances = st.floats(0, 1)
waits = st.none() | st.floats(0, 1e12) | st.just(float("inf"))


def failed(retry_after: float | None = None) -> Result:
    return Result(outcome=Outcome.FAILED, status_code=503, retry_after=retry_after)


def delay(channel: Channel, tries: int, *, chance: float = 0.5, retry_after: float | None = None) -> float:
    following = after_attempt(channel, failed(retry_after), tries, chance=chance)
    assert isinstance(following, Again)
    return following.delay


@pytest.mark.parametrize("channel", Channel)
def test_each_channel_is_tried_by_its_whole_table_and_then_no_more(channel: Channel) -> None:
    expected = EXPECTED[channel]
    assert [delay(channel, tries) for tries in range(1, len(expected) + 1)] == pytest.approx(expected)
    for tries in range(len(expected) + 1, len(expected) + 4):
        assert after_attempt(channel, failed(), tries, chance=0.5) == GiveUp(DetailCode.TRIES_FAILED)


def test_a_webhook_is_tried_for_three_days_before_it_is_given_up() -> None:
    assert sum(delay(Channel.WEBHOOK, tries) for tries in range(1, 10)) == pytest.approx(75.5 * HOUR + 5 * MINUTE + 5)


@given(st.sampled_from(TRIES), chances)
def test_chance_moves_a_delay_by_a_fifth_at_most(step: tuple[Channel, int], chance: float) -> None:
    channel, tries = step
    expected = EXPECTED[channel][tries - 1]
    assert expected * 0.799999 <= delay(channel, tries, chance=chance) <= expected * 1.200001


@given(channels, chances, waits)
def test_delays_never_shrink_from_try_to_try(channel: Channel, chance: float, wait: float | None) -> None:
    tries = range(1, len(EXPECTED[channel]) + 1)
    delays = [delay(channel, number, chance=chance, retry_after=wait) for number in tries]
    assert delays == sorted(delays)


@given(st.sampled_from(TRIES), chances, chances, waits)
def test_more_chance_is_never_a_shorter_delay(
    step: tuple[Channel, int], one: float, other: float, wait: float | None
) -> None:
    low, high = (delay(*step, chance=chance, retry_after=wait) for chance in sorted((one, other)))
    assert low <= high


@given(st.sampled_from(TRIES), chances, st.floats(0, 1e12))
def test_a_wait_that_the_receiver_asks_for_is_obeyed_when_longer_and_up_to_a_day(
    step: tuple[Channel, int], chance: float, wait: float
) -> None:
    own = delay(*step, chance=chance)
    assert delay(*step, chance=chance, retry_after=wait) == max(own, min(wait, LONGEST_WAIT))


@given(channels, st.integers(1, 20), chances)
def test_what_was_sent_is_done(channel: Channel, tries: int, chance: float) -> None:
    assert after_attempt(channel, Result(outcome=Outcome.SENT), tries, chance=chance) == Delivered()


@given(channels, st.integers(1, 20), chances, waits)
def test_what_was_refused_for_good_is_given_up_at_once_and_leaves_the_destination_alone(
    channel: Channel, tries: int, chance: float, wait: float | None
) -> None:
    following = after_attempt(channel, Result(outcome=Outcome.REJECTED, retry_after=wait), tries, chance=chance)
    assert isinstance(following, GiveUp)
    assert not following.disables


@given(channels, st.integers(1, 20), chances)
def test_a_receiver_that_wants_nothing_any_more_is_given_up_and_switched_off(
    channel: Channel, tries: int, chance: float
) -> None:
    following = after_attempt(channel, Result(outcome=Outcome.GONE, status_code=410), tries, chance=chance)
    assert isinstance(following, GiveUp)
    assert following.disables


@pytest.mark.parametrize(
    ("since", "disabled"),
    [
        (None, False),
        (NOW, False),
        (NOW - timedelta(days=5) + timedelta(seconds=1), False),
        (NOW - timedelta(days=5), True),
        (NOW - timedelta(days=50), True),
    ],
)
def test_five_days_of_only_failures_switch_a_destination_off(since: datetime | None, disabled: bool) -> None:
    assert is_to_be_disabled(since, NOW) is disabled
