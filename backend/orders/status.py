"""What an order's status becomes when its marketplace speaks: what is known here may be later than that."""

from enum import StrEnum
from typing import NamedTuple

from backend.orders.incoming import OrderStatus

_FORWARD = (
    OrderStatus.PENDING,
    OrderStatus.PROCESSING,
    OrderStatus.SHIPPED,
    OrderStatus.DELIVERED,
    OrderStatus.REFUNDED,
)
# Once goods have left, nothing is cancelled any more; they are refunded.
_MAY_BE_CANCELLED = {OrderStatus.PENDING, OrderStatus.PROCESSING}


class StatusReason(StrEnum):
    SAME = "same"
    FOLLOWED = "followed"
    LATER_HERE = "later_here"


class StatusDecision(NamedTuple):
    status: OrderStatus
    reason: StatusReason


def status_after(present: OrderStatus, incoming: OrderStatus) -> StatusDecision:
    """`incoming`, unless it would move the order back to what it was before."""
    if present is incoming:
        return StatusDecision(present, StatusReason.SAME)
    if _is_later(present, incoming):
        return StatusDecision(incoming, StatusReason.FOLLOWED)
    return StatusDecision(present, StatusReason.LATER_HERE)


def _is_later(present: OrderStatus, incoming: OrderStatus) -> bool:
    if incoming is OrderStatus.CANCELLED:
        return present in _MAY_BE_CANCELLED
    if present is OrderStatus.CANCELLED:
        # Some piece can be had after all; that it waits is what was so before it was declined here.
        return incoming is not OrderStatus.PENDING
    return _FORWARD.index(incoming) > _FORWARD.index(present)
