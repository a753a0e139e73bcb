"""The circuit breaker of one far end: after some failures in a row nobody waits for it, until one probe succeeds.

Pure decisions over the far end's row (an endpoint, a destination); the times are the database's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# Calls that failed one after the other, whoever made them, until the circuit opens.
FAILURES_THAT_OPEN = 3
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Circuit:
    """Open from `opened_at` on; one call may probe at `probe_at`."""

    failures: int = 0
    opened_at: datetime | None = None
    probe_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """The call may be made; a probe is the only one for now."""

    is_probe: bool = False


@dataclass(frozen=True, slots=True)
class Refuse:
    since: datetime
    until: datetime


def admit(circuit: Circuit, *, now: datetime) -> Pass | Refuse:
    """Whether a call may be made."""
    if circuit.opened_at is None or circuit.probe_at is None:
        return Pass()
    if circuit.probe_at > now:
        return Refuse(circuit.opened_at, circuit.probe_at)
    return Pass(is_probe=True)


def probing(circuit: Circuit, *, now: datetime) -> Circuit:
    """The circuit while one probe is out: whoever else comes is refused until the probe's own pause is over."""
    return replace(circuit, probe_at=now + _pause(circuit.failures))


def after_failure(circuit: Circuit, *, now: datetime) -> Circuit:
    failures = circuit.failures + 1
    if failures < FAILURES_THAT_OPEN:
        return replace(circuit, failures=failures)
    return Circuit(failures, circuit.opened_at or now, now + _pause(failures))


def _pause(failures: int) -> timedelta:
    """Doubles with each failure since it opened."""
    doublings = min(max(failures - FAILURES_THAT_OPEN, 0), 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
