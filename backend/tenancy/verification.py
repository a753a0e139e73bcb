"""What a check of a domain's TXT record says, what becomes of the domain, and when it is checked again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

# Transient failures in a row after which a verified domain is no longer believed.
MOST_DNS_FAILURES = 3
# Unverified domains are checked at every round while somebody is probably still setting them up.
EAGER_FOR = timedelta(days=7)
# Less than a day: rounds come every six hours, and the check of the same round yesterday was a moment later.
_DAILY = timedelta(hours=23)
_SHOWN = 100


class CheckOutcome(StrEnum):
    VERIFIED = "verified"
    RECORD_MISSING = "record_missing"
    WRONG_VALUE = "wrong_value"
    NO_SUCH_DOMAIN = "no_such_domain"
    DNS_FAILURE = "dns_failure"


class Answer(NamedTuple):
    """What DNS said of the record: its values, or why there are none."""

    values: Sequence[str] = ()
    is_domain_unknown: bool = False
    failure: str | None = None


class Checked(NamedTuple):
    """An outcome and, unless it is verified, the sentence that an admin reads."""

    outcome: CheckOutcome
    explanation: str | None


class Standing(NamedTuple):
    """How a domain stands between two checks; the DNS failures are those in a row."""

    is_verified: bool
    dns_failures: int
    is_failure_told: bool


class Verdict(NamedTuple):
    standing: Standing
    tells: bool


def record_name(domain: str) -> str:
    return f"_tocsin-verify.{domain}"


def record_value(token: str) -> str:
    return f"tocsin-verify={token}"


def judge(domain: str, token: str, answer: Answer) -> Checked:
    if answer.failure is not None:
        return Checked(CheckOutcome.DNS_FAILURE, f"DNS could not be asked for {domain}: {answer.failure}")
    if answer.is_domain_unknown:
        return Checked(CheckOutcome.NO_SUCH_DOMAIN, f"The domain {domain} does not exist in DNS.")
    values = [value.strip() for value in answer.values]
    if record_value(token) in values:
        return Checked(CheckOutcome.VERIFIED, None)
    if not values:
        return Checked(CheckOutcome.RECORD_MISSING, f"There is no TXT record at {record_name(domain)}.")
    shown = values[0][:_SHOWN]
    return Checked(CheckOutcome.WRONG_VALUE, f"The TXT record at {record_name(domain)} has another value: {shown}")


def after_check(before: Standing, outcome: CheckOutcome, *, is_asked: bool) -> Verdict:
    """How the domain stands now; a streak of failures is told once.

    It is told when a verified domain loses its standing, and when somebody asked for the check.
    """
    if outcome is CheckOutcome.VERIFIED:
        return Verdict(Standing(is_verified=True, dns_failures=0, is_failure_told=False), tells=False)
    failures = before.dns_failures + 1 if outcome is CheckOutcome.DNS_FAILURE else 0
    is_believed = before.is_verified and 0 < failures < MOST_DNS_FAILURES
    is_lost = before.is_verified and not is_believed
    tells = not before.is_failure_told and (is_lost or (is_asked and not is_believed))
    told = before.is_failure_told or tells
    return Verdict(Standing(is_believed, failures, told), tells=tells)


def is_due(*, is_verified: bool, last_checked_at: datetime | None, created_at: datetime, now: datetime) -> bool:
    """Whether a round of re-checks takes this domain along."""
    if last_checked_at is None or (not is_verified and now - created_at < EAGER_FOR):
        return True
    return now - last_checked_at >= _DAILY
