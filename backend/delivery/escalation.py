"""When a critical alert that nobody acknowledges goes to whom next: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """Whom to tell `after` that long without an acknowledgement."""

    after: timedelta
    user_ids: tuple[int, ...] = ()
    destination_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unattended:
    """A critical alert: since when it is, and how many steps it has gone."""

    critical_since: datetime
    steps_gone: int
    is_open: bool
    is_acknowledged: bool


@dataclass(frozen=True, slots=True)
class PassOn:
    """Go up to step `number`, counted from 1: to everybody of `steps`, which were due since the last look."""

    number: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    reason: str


def next_step(policy: Sequence[Step], alert: Unattended, now: datetime) -> PassOn | Rest:
    """Steps that were missed while nothing ran are one, and not one message each."""
    if not alert.is_open:
        return Rest("it is over")
    if alert.is_acknowledged:
        return Rest("somebody looks after it")
    waited = now - alert.critical_since
    due = sum(step.after <= waited for step in policy)
    if due <= alert.steps_gone:
        return Rest("no step is due")
    return PassOn(due, tuple(policy[alert.steps_gone : due]))
