"""A test of a destination: a message to it alone, on the way of all others."""

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.secrets import random_token
from backend.delivery.destination_errors import DestinationOffError
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import PRIORITY_RANK, Channel, Decision, DeliveryStatus, MessageKind, Reason
from backend.delivery.models import Delivery, Destination, Message
from backend.delivery.verdict import verdict
from backend.notifications import Priority

_CATEGORY = "test"
_PRIORITY = Priority.NORMAL


async def send_test(session: AsyncSession, clock: Clock, destination: Destination, *, asked_by: str) -> Delivery:
    """Write the message and its one delivery; DestinationOffError when nothing is sent there."""
    if not destination.is_enabled:
        raise DestinationOffError(destination.id)
    asked_for = verdict(
        Detail(DetailCode.ASKED_FOR, DetailArgs(name=asked_by)),
        channel=Channel(destination.kind),
        decision=Decision.SEND,
        reason=Reason.ASKED_FOR,
        destination_id=destination.id,
    )
    message = Message(
        event_key=f"test:{destination.id}:{random_token()}",
        kind=MessageKind.TEST.value,
        category=_CATEGORY,
        priority=_PRIORITY.value,
        title="Test message",
        payload={"by": asked_by},
        body=f"{asked_by} tests {_named(destination)}. If you read this, it works.",
        verdicts=[msgspec.to_builtins(asked_for)],
        created_at=clock.now(),
    )
    session.add(message)
    await session.flush()
    delivery = Delivery(
        message_id=message.id,
        destination_id=destination.id,
        status=DeliveryStatus.PENDING.value,
        priority_rank=PRIORITY_RANK[_PRIORITY],
    )
    session.add(delivery)
    await session.flush()
    return delivery


def _named(destination: Destination) -> str:
    """A person's own have no name that says anything."""
    return f"the destination {destination.name}" if destination.user_id is None else "whether messages reach you here"
