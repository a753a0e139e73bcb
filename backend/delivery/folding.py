"""What a throttle kept back goes as one message: "12 more", with what they are."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy import ARRAY, BigInteger, any_, cast, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.core.secrets import random_token
from backend.db.away import is_away
from backend.db.database import Database
from backend.db.reads import Reads
from backend.delivery.kinds import DeliveryStatus, MessageKind, Reason
from backend.delivery.models import Delivery, Destination, Message
from backend.tenancy import names_of_stores

# Most that the message names; the others it counts.
MOST_NAMED = 20

log = structlog.get_logger()

_DUE = """
select distinct destination_id from deliveries where status = 'held' and next_attempt_at <= tocsin_now() order by 1
"""

Held = Any  # Any: a delivery's id, priority_rank and store_key
Told = Any  # Any: its message's title, category, priority, store_id and created_at


async def fold_held_back(database: Database, clock: Clock) -> int:
    """Give each destination whose throttle lets something through again what it kept back; how many destinations."""
    due = [row["destination_id"] for row in await database.reads.fetch(_DUE)]
    for destination_id in due:
        try:
            await database.retrying(partial(_fold, database.reads, clock, destination_id))
        except Exception as error:
            if is_away(error):
                raise
            # Whatever is wrong with one destination holds up no other.
            log.exception("fold_failed", destination_id=destination_id)
    return len(due)


async def _fold(reads: Reads, clock: Clock, destination_id: int, session: AsyncSession) -> None:
    """All of a destination's, those included that were kept back a moment ago: they are read together."""
    # Destinations are locked before deliveries, as by every claim.
    await session.get(Destination, destination_id, with_for_update={"key_share": True})
    held = in_turn(
        (
            await session.execute(
                # There may be many: what they say is read of those that are named.
                select(Delivery.id, Delivery.priority_rank, Delivery.store_key)
                .where(Delivery.destination_id == destination_id, Delivery.status == DeliveryStatus.HELD)
                .order_by(Delivery.id)
                .with_for_update()
            )
        ).all()
    )
    now: datetime = (await session.execute(select(func.tocsin_now()))).scalar_one()
    if len(held) == 1:
        # By its reason it is let through: kept back once more it could wait for ever.
        await _change(session, held, status=DeliveryStatus.PENDING, next_attempt_at=now)
    elif held:
        delivery_id = await _write(session, reads, clock, destination_id, held, now)
        await _change(session, held, status=DeliveryStatus.FOLDED, folded_into_id=delivery_id, finished_at=now)


async def _change(session: AsyncSession, held: Sequence[Held], **values: object) -> None:
    ids = cast([row.id for row in held], ARRAY(BigInteger))
    await session.execute(update(Delivery).where(Delivery.id == any_(ids)).values(**values))


def in_turn(held: Sequence[Held]) -> Sequence[Held]:
    """Criticals first, and between stores in turn, so that each store's first is named before another's second."""
    count_of = Counter[tuple[int, int]]()

    def place(row: Held) -> tuple[int, int, int]:
        turn = (row.priority_rank, row.store_key)
        count_of[turn] += 1
        return -row.priority_rank, count_of[turn], row.id

    return sorted(held, key=place)


async def _write(
    session: AsyncSession, reads: Reads, clock: Clock, destination_id: int, held: Sequence[Held], now: datetime
) -> int:
    """The one message for all of them; its delivery's id."""
    named = await _told(session, held[:MOST_NAMED])
    message = Message(
        # A replay may hold back again what was folded before: no row names this message for good.
        event_key=random_token(f"held_back:{destination_id}:"),
        kind=MessageKind.HELD_BACK,
        category=named[0].category,
        priority=named[0].priority,
        title=f"{len(held)} more messages",
        body="\n".join(told.title for told in named),
        payload=await _payload(reads, named, count=len(held)),
        created_at=clock.now(),
    )
    session.add(message)
    await session.flush()
    delivery = Delivery(
        message_id=message.id,
        destination_id=destination_id,
        priority_rank=held[0].priority_rank,
        # It has waited: it is asked about before it goes.
        reason=Reason.THROTTLE,
        next_attempt_at=now,
        created_at=now,
    )
    session.add(delivery)
    await session.flush()
    return delivery.id


async def _told(session: AsyncSession, held: Sequence[Held]) -> Sequence[Told]:
    """What they say, in their order."""
    found = await session.execute(
        select(Delivery.id, Message.title, Message.category, Message.priority, Message.store_id, Message.created_at)
        .join(Message, Message.id == Delivery.message_id)
        .where(Delivery.id.in_([row.id for row in held]))
    )
    by_id = {row.id: row for row in found}
    return [by_id[row.id] for row in held]


async def _payload(reads: Reads, named: Sequence[Told], *, count: int) -> JsonObject:
    stores = await names_of_stores(reads, {told.store_id for told in named if told.store_id is not None})
    return {
        "count": count,
        "items": [
            {
                "title": told.title,
                "priority": told.priority,
                "store_name": stores.get(told.store_id),
                "created_at": told.created_at.isoformat(),
            }
            for told in named
        ],
        "more": count - len(named),
    }
