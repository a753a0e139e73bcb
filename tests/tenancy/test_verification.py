from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tenancy.verification import (
    EAGER_FOR,
    MOST_DNS_FAILURES,
    Answer,
    CheckOutcome,
    Standing,
    Verdict,
    after_check,
    is_due,
    judge,
    record_value,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEW = Standing(is_verified=False, dns_failures=0, is_failure_told=False)
VERIFIED = Standing(is_verified=True, dns_failures=0, is_failure_told=False)
DEFINITE = (CheckOutcome.RECORD_MISSING, CheckOutcome.WRONG_VALUE, CheckOutcome.NO_SUCH_DOMAIN)

outcomes = st.sampled_from(CheckOutcome)


class TestJudge:
    @pytest.mark.parametrize(
        ("answer", "outcome", "word"),
        [
            (Answer(values=["v=spf1 -all", "tocsin-verify=abc"]), CheckOutcome.VERIFIED, None),
            (Answer(values=[" tocsin-verify=abc "]), CheckOutcome.VERIFIED, None),
            (Answer(values=["tocsin-verify=abcd"]), CheckOutcome.WRONG_VALUE, "tocsin-verify=abcd"),
            (Answer(values=["TOCSIN-VERIFY=ABC"]), CheckOutcome.WRONG_VALUE, "another value"),
            (Answer(values=[]), CheckOutcome.RECORD_MISSING, "_tocsin-verify.shop.lu"),
            (Answer(is_domain_unknown=True), CheckOutcome.NO_SUCH_DOMAIN, "does not exist"),
            (Answer(failure="timed out"), CheckOutcome.DNS_FAILURE, "timed out"),
        ],
    )
    def test_each_answer_has_an_outcome_and_a_sentence(
        self, answer: Answer, outcome: CheckOutcome, word: str | None
    ) -> None:
        checked = judge("shop.lu", "abc", answer)
        assert checked.outcome is outcome
        assert (checked.explanation is None) == (word is None)
        assert word is None or word in (checked.explanation or "")

    def test_a_strangers_long_record_is_shown_in_part(self) -> None:
        checked = judge("shop.lu", "abc", Answer(values=["x" * 60_000]))
        assert len(checked.explanation or "") < 300

    def test_the_value_of_another_domain_does_not_verify(self) -> None:
        assert judge("shop.lu", "abc", Answer(values=[record_value("xyz")])).outcome is CheckOutcome.WRONG_VALUE


class TestAfterCheck:
    @pytest.mark.parametrize("outcome", DEFINITE)
    def test_a_verified_domain_whose_record_is_gone_is_lost_and_told(self, outcome: CheckOutcome) -> None:
        verdict = after_check(VERIFIED, outcome, is_asked=False)
        assert verdict == Verdict(Standing(is_verified=False, dns_failures=0, is_failure_told=True), tells=True)

    def test_a_verified_domain_outlives_two_dns_failures_and_not_three(self) -> None:
        standing, told = VERIFIED, []
        for _ in range(MOST_DNS_FAILURES):
            assert standing.is_verified
            standing, tells = after_check(standing, CheckOutcome.DNS_FAILURE, is_asked=False)
            told.append(tells)
        assert not standing.is_verified
        assert told == [False, False, True]

    def test_dns_failures_count_only_in_a_row(self) -> None:
        standing = Standing(is_verified=True, dns_failures=2, is_failure_told=False)
        standing, _ = after_check(standing, CheckOutcome.VERIFIED, is_asked=False)
        assert after_check(standing, CheckOutcome.DNS_FAILURE, is_asked=False).standing.is_verified

    @pytest.mark.parametrize("outcome", [*DEFINITE, CheckOutcome.DNS_FAILURE])
    def test_a_first_check_that_fails_is_told_to_who_asked_for_it_only(self, outcome: CheckOutcome) -> None:
        assert after_check(NEW, outcome, is_asked=True).tells
        assert not after_check(NEW, outcome, is_asked=False).tells

    def test_asking_about_a_verified_domain_while_dns_fails_tells_nothing_yet(self) -> None:
        verdict = after_check(VERIFIED, CheckOutcome.DNS_FAILURE, is_asked=True)
        assert (verdict.standing.is_verified, verdict.tells) == (True, False)

    @given(st.lists(st.tuples(outcomes, st.booleans()), max_size=30))
    def test_a_streak_of_failures_is_told_at_most_once(self, checks: list[tuple[CheckOutcome, bool]]) -> None:
        standing, told_in_streak = NEW, 0
        for outcome, is_asked in checks:
            standing, tells = after_check(standing, outcome, is_asked=is_asked)
            told_in_streak = 0 if outcome is CheckOutcome.VERIFIED else told_in_streak + tells
            assert told_in_streak <= 1
            assert standing.is_failure_told == (told_in_streak == 1)

    @given(st.lists(outcomes, max_size=30))
    def test_a_domain_is_never_verified_before_its_record_was_seen(self, checks: list[CheckOutcome]) -> None:
        standing, was_seen = NEW, False
        for outcome in checks:
            standing, _ = after_check(standing, outcome, is_asked=False)
            was_seen = was_seen or outcome is CheckOutcome.VERIFIED
            assert was_seen or not standing.is_verified
            assert standing.is_verified or outcome is not CheckOutcome.VERIFIED


class TestIsDue:
    @pytest.mark.parametrize(
        ("is_verified", "checked_hours_ago", "age", "due"),
        [
            (False, None, timedelta(days=30), True),
            (False, 6, timedelta(hours=6), True),
            (False, 6, EAGER_FOR, False),
            (False, 24, EAGER_FOR, True),
            (True, 6, timedelta(hours=6), False),
            (True, 18, timedelta(days=30), False),
            # A round later the same time of day: the check of yesterday was a moment after its round.
            (True, 23.99, timedelta(days=30), True),
        ],
    )
    def test_new_ones_are_checked_at_every_round_and_others_daily(
        self, is_verified: bool, checked_hours_ago: float | None, age: timedelta, due: bool
    ) -> None:
        checked_at = None if checked_hours_ago is None else NOW - timedelta(hours=checked_hours_ago)
        created_at = NOW - age
        assert is_due(is_verified=is_verified, last_checked_at=checked_at, created_at=created_at, now=NOW) is due
