"""How sign-ins are slowed down (ASVS 6.1.1, 6.3.1): a pure decision over the counts of failures.

A stranger's attempt counts against the account and against the address it comes from. An attempt from an address that
has signed in to the account before counts only against that pair: whatever strangers do, they cannot delay it. The
first failures are free, then each doubles the wait, up to a minute; nobody is ever locked out. An attempt is counted
before the password is looked at, so that parallel guesses cannot slip through, and given back when it succeeds.
"""

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_DELAY = timedelta(minutes=1)
FORGET_FAILURES_AFTER = timedelta(hours=24)
TRUST_ADDRESS_FOR = timedelta(days=90)
# A burst is announced at these counts, not at every failure.
FLOOD_COUNTS = (10, 100, 1_000, 10_000)


class Scope(StrEnum):
    ACCOUNT = "account"
    ADDRESS = "address"
    KNOWN_ADDRESS = "known"  # an account at an address that it has succeeded from


# Many people may share one address, as an office does.
FREE_FAILURES = {Scope.ACCOUNT: 5, Scope.ADDRESS: 20, Scope.KNOWN_ADDRESS: 5}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose failures are counted; `key` is what the database stores."""

    scope: Scope
    key: str


@dataclass(frozen=True, slots=True)
class Count:
    """What is known of a subject so far."""

    failures: int
    blocked_until: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Refuse:
    retry_after: int  # whole seconds
    reason: str


@dataclass(frozen=True, slots=True)
class Admit:
    """The counts to store, in the order of the subjects."""

    counts: tuple[Count, ...]


def decide(subjects: Sequence[Subject], counts: Sequence[Count], *, now: datetime) -> Admit | Refuse:
    """Admit an attempt, counting it as failed until it succeeds, or refuse it for a while."""
    blocked = [
        (count.blocked_until, subject.scope)
        for subject, count in zip(subjects, counts, strict=True)
        if count.blocked_until is not None and count.blocked_until > now
    ]
    if blocked:
        until, scope = max(blocked)
        seconds = int((until - now) / timedelta(seconds=1)) + 1
        return Refuse(seconds, f"too many failed sign-ins of this {scope.value}")
    return Admit(
        tuple(_counted(subject.scope, count, now=now) for subject, count in zip(subjects, counts, strict=True))
    )


def delay_after(scope: Scope, failures: int) -> timedelta:
    """The wait after so many failures in a row."""
    beyond = failures - FREE_FAILURES[scope]
    return timedelta(0) if beyond < 0 else min(LONGEST_DELAY, timedelta(seconds=2 ** min(beyond, 10)))


def _counted(scope: Scope, count: Count, *, now: datetime) -> Count:
    is_forgotten = now - count.updated_at > FORGET_FAILURES_AFTER
    failures = 1 if is_forgotten else count.failures + 1
    delay = delay_after(scope, failures)
    return Count(failures=failures, blocked_until=now + delay if delay else None, updated_at=now)


def account_subject(email: str) -> Subject:
    return Subject(Scope.ACCOUNT, _key(Scope.ACCOUNT, email))


def address_subject(address: str | None) -> Subject:
    return Subject(Scope.ADDRESS, _key(Scope.ADDRESS, network_of(address)))


def known_subject(email: str, address: str | None) -> Subject:
    return Subject(Scope.KNOWN_ADDRESS, _key(Scope.KNOWN_ADDRESS, f"{email} {network_of(address)}"))


def network_of(address: str | None) -> str:
    """The address itself, or the /64 of an IPv6 one: its owner has all of them."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return str(parsed)


def _key(scope: Scope, value: str) -> str:
    # Hashed: people type passwords into the e-mail field.
    return f"{scope.value}:{hashlib.sha256(value.encode()).hexdigest()}"
