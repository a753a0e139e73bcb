"""Whether a delivery may go now that its turn has come: its destination's gate decides, and is changed by it."""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.core.circuit import Circuit, Refuse, admit, probing
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import PRIORITY_RANK, Channel, MessageKind
from backend.delivery.retrying import SCHEDULES
from backend.delivery.throttle import ALLOWANCES, Buckets, Held
from backend.delivery.throttle import admit as throttle
from backend.notifications import Priority

CRITICAL_RANK = PRIORITY_RANK[Priority.CRITICAL]
# What the throttle itself wrote, what somebody waits for, and what nobody has taken care of yet.
UNTHROTTLED = (MessageKind.HELD_BACK, MessageKind.TEST, MessageKind.DIGEST, MessageKind.ESCALATION)


@dataclass(frozen=True, slots=True)
class Gate:
    """What a destination lets through."""

    channel: Channel
    is_enabled: bool
    circuit: Circuit
    buckets: Buckets


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery whose time has come; `tries` counts those it has had since it was planned or replayed.

    `is_let_through`: no throttle keeps it back, the first critical of its store, what was kept back alone before, or
    what somebody asked for once more.
    """

    kind: MessageKind
    priority_rank: int
    tries: int
    is_let_through: bool = False


@dataclass(frozen=True, slots=True)
class Go:
    pass


@dataclass(frozen=True, slots=True)
class Postpone:
    """Its destination does not answer."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Kept back by the throttle, to go with the others that are."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Bury:
    reason: DetailCode


Admission = Go | Postpone | Hold | Bury


def decide(waiting: Waiting, gate: Gate, *, now: datetime) -> tuple[Admission, Gate]:
    """What becomes of the delivery, and the gate after it."""
    if not gate.is_enabled:
        return Bury(DetailCode.BURIED_SWITCHED_OFF), gate
    if waiting.tries > len(SCHEDULES[gate.channel]):
        return Bury(DetailCode.WORKER_DIED), gate
    passed = admit(gate.circuit, now=now)
    if isinstance(passed, Refuse):
        return Postpone(), gate
    admission, gate = _through_throttle(waiting, gate, now)
    if isinstance(admission, Go) and passed.is_probe:
        gate = replace(gate, circuit=probing(gate.circuit, now=now))
    return admission, gate


def _through_throttle(waiting: Waiting, gate: Gate, now: datetime) -> tuple[Admission, Gate]:
    """Each message is counted once, however often it is tried."""
    if waiting.tries or waiting.is_let_through or waiting.kind in UNTHROTTLED:
        return Go(), gate
    is_critical = waiting.priority_rank >= CRITICAL_RANK
    admitted = throttle(gate.buckets, ALLOWANCES[gate.channel], now, is_critical=is_critical)
    if isinstance(admitted, Held):
        return Hold(admitted.until), gate
    return Go(), replace(gate, buckets=admitted.buckets)
