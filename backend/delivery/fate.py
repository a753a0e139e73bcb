"""What became of a delivery, and the reason for it where it did not arrive: pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import DeliveryStatus, Reason
from backend.delivery.outdated import Outdated

# What was given up, or was dropped before it was sent.
LOST = (DeliveryStatus.DEAD, DeliveryStatus.DROPPED)

# By what the delivery's row says (`reason`), see retrying.py, admission.py, outdated.py and switching.py.
_LOST_WHY: dict[str, tuple[Reason, DetailCode]] = {
    "refused for good: trying again cannot help": (Reason.CHANNEL, DetailCode.REFUSED),
    "there is no such address": (Reason.CHANNEL, DetailCode.BOUNCED),
    "the receiver wants nothing any more": (Reason.CHANNEL, DetailCode.RECEIVER_GONE),
    "the destination is switched off": (Reason.CHANNEL, DetailCode.BURIED_SWITCHED_OFF),
    "the worker died at its last try": (Reason.CHANNEL, DetailCode.WORKER_DIED),
    "destination deleted": (Reason.CHANNEL, DetailCode.DESTINATION_DELETED),
    "no address is set up": (Reason.CHANNEL, DetailCode.ADDRESS_REMOVED),
    "it was over before it was sent": (Reason.THREAD, DetailCode.OVER_BEFORE_SENT),
    Outdated.SETTLED: (Reason.THREAD, DetailCode.SETTLED_BEFORE_SENT),
    Outdated.OVERTAKEN: (Reason.THREAD, DetailCode.OVERTAKEN),
    Outdated.DISABLED: (Reason.ROLE, DetailCode.ACCOUNT_DISABLED),
    Outdated.NOT_THEIRS: (Reason.ROLE, DetailCode.ROLE_LOST),
    Outdated.UNWANTED: (Reason.PREFERENCE, DetailCode.NO_LONGER_WANTED),
}
_TRIES_FAILED = "tries failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """As it stood at `now`; `silent_until` is set while the destination's circuit is open."""

    status: DeliveryStatus
    now: datetime
    next_attempt_at: datetime
    reason: str | None = None
    tries: int = 0
    silent_until: datetime | None = None
    # It was dropped because its destination was deleted.
    is_destination_gone: bool = False
    # The delivery that it was folded into, and that one's title.
    folded_into: Self | None = None
    folded_title: str | None = None

    @property
    def is_lost(self) -> bool:
        return self.status in LOST


def why_lost(fate: Fate) -> tuple[Reason, Detail]:
    """Why one that `is_lost` did not arrive."""
    if fate.is_destination_gone:
        return Reason.CHANNEL, Detail(DetailCode.DESTINATION_DELETED)
    said = fate.reason or ""
    if said in _LOST_WHY:
        reason, code = _LOST_WHY[said]
        return reason, Detail(code)
    if said.endswith(_TRIES_FAILED):
        return Reason.CHANNEL, Detail(DetailCode.TRIES_FAILED, DetailArgs(tries=fate.tries))
    if fate.status is DeliveryStatus.DEAD:
        return Reason.CHANNEL, Detail(DetailCode.GIVEN_UP)
    return Reason.THREAD, Detail(DetailCode.DROPPED)


def why_waiting(fate: Fate) -> tuple[Reason, Detail, datetime] | None:
    """Why one that is still to go does not go now, and when it will; None when its turn has come."""
    if fate.status is DeliveryStatus.HELD:
        detail = Detail(DetailCode.KEPT_BACK, DetailArgs(until=fate.next_attempt_at))
        return Reason.THROTTLE, detail, fate.next_attempt_at
    if fate.status is not DeliveryStatus.PENDING:
        return None
    if fate.reason == Reason.QUIET_HOURS and fate.next_attempt_at > fate.now:
        detail = Detail(DetailCode.QUIET_HOURS, DetailArgs(until=fate.next_attempt_at))
        return Reason.QUIET_HOURS, detail, fate.next_attempt_at
    if fate.silent_until is not None and fate.silent_until > fate.now:
        until = max(fate.silent_until, fate.next_attempt_at)
        return Reason.CHANNEL, Detail(DetailCode.NO_ANSWER, DetailArgs(until=until)), until
    if fate.next_attempt_at > fate.now:
        detail = Detail(DetailCode.TRIED_AGAIN, DetailArgs(until=fate.next_attempt_at))
        return Reason.CHANNEL, detail, fate.next_attempt_at
    return None
