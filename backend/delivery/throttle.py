"""How many messages a destination is sent at most: token buckets, as a pure decision.

A bucket holds a burst and fills again with time. Criticals have a bucket of their own: no flood of lesser messages
uses it up. The state is what a destination's row keeps: the tokens of both as they stood at one instant.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from backend.delivery.kinds import Channel

# Clocks of several machines differ by less. What comes from further ahead was written by a clock that has been put
# right since: it counts as full, or nothing would pass until then.
_SKEW = timedelta(minutes=1)
# Whole, but for what dividing loses: who comes back at `until` is let in.
_WHOLE = 1 - 1e-6


@dataclass(frozen=True, slots=True)
class Allowance:
    """A burst at once, and one more each `refill_seconds`."""

    burst: int
    refill_seconds: float


@dataclass(frozen=True, slots=True)
class Allowances:
    usual: Allowance
    critical: Allowance


@dataclass(frozen=True, slots=True)
class Buckets:
    """The tokens that were left at `tokens_at`; None is a full bucket."""

    tokens: float | None = None
    critical_tokens: float | None = None
    tokens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """`buckets` are to be stored: one has a token less."""

    buckets: Buckets


@dataclass(frozen=True, slots=True)
class Held:
    """Not before `until`; the buckets stay as they are."""

    until: datetime


_FOR_PEOPLE = Allowances(usual=Allowance(5, 120), critical=Allowance(10, 30))

# Without limit where programs read.
ALLOWANCES: dict[Channel, Allowances | None] = {
    Channel.EMAIL: _FOR_PEOPLE,
    Channel.CHAT: _FOR_PEOPLE,
    Channel.WEBHOOK: None,
}


def admit(buckets: Buckets, allowances: Allowances | None, now: datetime, *, is_critical: bool) -> Admitted | Held:
    """Let one message pass, at the cost of one token, or hold it until there is one."""
    if allowances is None:
        return Admitted(buckets)
    at = _counted_from(buckets, now)
    elapsed = (max(at, now) - at).total_seconds() if at else None
    usual = _level(buckets.tokens, allowances.usual, elapsed)
    critical = _level(buckets.critical_tokens, allowances.critical, elapsed)
    left, allowance = (critical, allowances.critical) if is_critical else (usual, allowances.usual)
    stands_at = max(at or now, now)
    if left < _WHOLE:
        return Held(stands_at + timedelta(seconds=(1 - left) * allowance.refill_seconds))
    stand = Buckets(usual, critical, stands_at)
    return Admitted(replace(stand, critical_tokens=left - 1) if is_critical else replace(stand, tokens=left - 1))


def _counted_from(buckets: Buckets, now: datetime) -> datetime | None:
    """A clock that goes back a little fills nothing, and what it went back over is not counted twice."""
    at = buckets.tokens_at
    return None if at is None or at - now > _SKEW else at


def _level(tokens: float | None, allowance: Allowance, elapsed: float | None) -> float:
    if tokens is None or elapsed is None:
        return float(allowance.burst)
    return min(float(allowance.burst), tokens + elapsed / allowance.refill_seconds)
