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


def after_failure(
    circuit: Circuit, *, now: datetime, begun_at: datetime | None = None, wait: timedelta | None = None
) -> Circuit:
    """The circuit after a call that began at `begun_at` failed; the far end asked to be left alone for `wait`.

    One that was on its way already when the circuit opened says nothing new: many may fail in the same blink.
    """
    quiet_until = None if wait is None else now + wait
    if circuit.opened_at is not None and begun_at is not None and begun_at <= circuit.opened_at:
        return replace(circuit, probe_at=_later(circuit.probe_at, quiet_until))
    failures = circuit.failures + 1
    is_due = failures >= FAILURES_THAT_OPEN
    if not is_due and quiet_until is None:
        return replace(circuit, failures=failures)
    return Circuit(failures, circuit.opened_at or now, _later(now + _pause(failures) if is_due else None, quiet_until))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


def _pause(failures: int) -> timedelta:
    """Doubles with each failure since it opened."""
    doublings = min(max(failures - FAILURES_THAT_OPEN, 0), 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
