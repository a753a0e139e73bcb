from datetime import UTC, datetime, timedelta

import pytest

from backend.auth.throttle import (
    FORGET_FAILURES_AFTER,
    FREE_FAILURES,
    LONGEST_DELAY,
    Admit,
    Count,
    Refuse,
    Scope,
    account_subject,
    address_subject,
    decide,
    delay_after,
    known_subject,
    network_of,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACCOUNT = account_subject("anne@example.com")
ADDRESS = address_subject("198.51.100.7")


def count(failures: int = 0, *, blocked_for: float = 0, age: timedelta = timedelta(0)) -> Count:
    until = NOW + timedelta(seconds=blocked_for) if blocked_for else None
    return Count(failures=failures, blocked_until=until, updated_at=NOW - age)


class TestDelay:
    def test_the_first_failures_are_free(self) -> None:
        assert delay_after(Scope.ACCOUNT, FREE_FAILURES[Scope.ACCOUNT] - 1) == timedelta(0)

    def test_then_it_doubles(self) -> None:
        free = FREE_FAILURES[Scope.ACCOUNT]
        seconds = [delay_after(Scope.ACCOUNT, free + more).total_seconds() for more in range(5)]
        assert seconds == [1, 2, 4, 8, 16]

    @pytest.mark.parametrize("failures", [11, 100, 10**9])
    def test_it_never_becomes_a_lock_out(self, failures: int) -> None:
        assert delay_after(Scope.ACCOUNT, failures) == LONGEST_DELAY

    def test_an_address_is_given_more_tries_than_an_account(self) -> None:
        assert FREE_FAILURES[Scope.ADDRESS] > FREE_FAILURES[Scope.ACCOUNT]


class TestDecide:
    def test_admits_and_counts_the_attempt_as_failed(self) -> None:
        decision = decide([ACCOUNT, ADDRESS], [count(0), count(3)], now=NOW)
        assert isinstance(decision, Admit)
        assert [found.failures for found in decision.counts] == [1, 4]
        assert [found.blocked_until for found in decision.counts] == [None, None]

    def test_blocks_the_next_attempt_when_the_free_ones_are_used_up(self) -> None:
        decision = decide([ACCOUNT], [count(4)], now=NOW)
        assert isinstance(decision, Admit)
        assert decision.counts[0].blocked_until == NOW + timedelta(seconds=1)

    def test_refuses_while_any_subject_is_blocked_and_says_for_how_long(self) -> None:
        decision = decide([ACCOUNT, ADDRESS], [count(6, blocked_for=1.5), count(30, blocked_for=40)], now=NOW)
        assert isinstance(decision, Refuse)
        assert decision.retry_after == 41
        assert "address" in decision.reason

    def test_admits_again_once_the_wait_is_over(self) -> None:
        assert isinstance(decide([ACCOUNT], [count(9, blocked_for=-1)], now=NOW), Admit)

    def test_forgets_failures_of_yesterday(self) -> None:
        old = count(50, age=FORGET_FAILURES_AFTER + timedelta(seconds=1))
        decision = decide([ACCOUNT], [old], now=NOW)
        assert isinstance(decision, Admit)
        assert decision.counts[0].failures == 1


class TestSubjects:
    def test_do_not_store_what_was_typed(self) -> None:
        assert "anne" not in ACCOUNT.key
        assert "198" not in ADDRESS.key

    def test_a_known_address_is_counted_apart(self) -> None:
        assert len({known_subject("a@example.com", "198.51.100.7").key, ACCOUNT.key, ADDRESS.key}) == 3

    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("198.51.100.7", "198.51.100.7"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
            ("testclient", "unknown"),
            (None, "unknown"),
        ],
    )
    def test_an_ipv6_owner_has_a_whole_network(self, address: str | None, network: str) -> None:
        assert network_of(address) == network
