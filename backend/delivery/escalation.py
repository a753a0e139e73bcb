"""When a critical alert that nobody acknowledges goes to whom next: pure."""

from collections.abc import Callable, Sequence
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
    """Go up to step `number`, counted from 1: to everybody of `steps`, none of which was taken before.

    Of the steps `unreached`, by their numbers, nobody can be reached.
    """

    number: int
    steps: tuple[Step, ...]
    unreached: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stranded:
    """Nobody of these steps can be reached; the first has the number `number`. Whoever can be later is told then."""

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


def onward(policy: Sequence[Step], due: PassOn, can_be_reached: Callable[[Step], bool]) -> PassOn | Stranded:
    """What is due, and while nobody of its last step can be reached the next one at once.

    Steps after the last one that reaches somebody are not taken yet.
    """
    first = due.number - len(due.steps) + 1
    last = due.number
    while last < len(policy) and not can_be_reached(policy[last - 1]):
        last += 1
    numbers = range(first, last + 1)
    unreached = [number for number in numbers if not can_be_reached(policy[number - 1])]
    if len(unreached) == len(numbers):
        return Stranded(first, tuple(policy[first - 1 : last]))
    reached = max(set(numbers) - set(unreached))
    return PassOn(
        reached, tuple(policy[first - 1 : reached]), tuple(number for number in unreached if number < reached)
    )
