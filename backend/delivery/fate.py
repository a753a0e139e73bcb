"""What became of a delivery, and the reason for it where it did not arrive: pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import DeliveryStatus, Reason

# What was given up, or was dropped before it was sent.
LOST = (DeliveryStatus.DEAD, DeliveryStatus.DROPPED)

# By the code that the delivery's row says (`reason`): see retrying.py, admission.py and outdated.py.
_LOST_BY: dict[str, Reason] = {
    DetailCode.REFUSED: Reason.CHANNEL,
    DetailCode.BOUNCED: Reason.CHANNEL,
    DetailCode.RECEIVER_GONE: Reason.CHANNEL,
    DetailCode.TRIES_FAILED: Reason.CHANNEL,
    DetailCode.BURIED_SWITCHED_OFF: Reason.CHANNEL,
    DetailCode.WORKER_DIED: Reason.CHANNEL,
    DetailCode.DESTINATION_DELETED: Reason.CHANNEL,
    DetailCode.ADDRESS_REMOVED: Reason.CHANNEL,
    DetailCode.OVER_BEFORE_SENT: Reason.THREAD,
    DetailCode.SETTLED_BEFORE_SENT: Reason.THREAD,
    DetailCode.OVERTAKEN: Reason.THREAD,
    DetailCode.ATTENDED: Reason.THREAD,
    DetailCode.ACCOUNT_DISABLED: Reason.ROLE,
    DetailCode.ROLE_LOST: Reason.ROLE,
    DetailCode.NO_LONGER_WANTED: Reason.PREFERENCE,
}


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
    if fate.reason in _LOST_BY:
        code = DetailCode(fate.reason)
        return _LOST_BY[code], Detail(code, _how_often(code, fate))
    if fate.status is DeliveryStatus.DEAD:
        return Reason.CHANNEL, Detail(DetailCode.GIVEN_UP)
    return Reason.THREAD, Detail(DetailCode.DROPPED)


def _how_often(code: DetailCode, fate: Fate) -> DetailArgs:
    return DetailArgs(tries=fate.tries) if code is DetailCode.TRIES_FAILED else DetailArgs()


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
