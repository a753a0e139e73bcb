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
from backend.delivery.kinds import DeliveryStatus, MessageKind
from backend.delivery.models import Delivery, Destination, Message
from backend.tenancy import names_of_stores

# Most that the message names; the others it counts.
MOST_NAMED = 20

log = structlog.get_logger()

_DUE = """
select distinct destination_id from deliveries where status = 'held' and next_attempt_at <= tocsin_now() order by 1
"""

Held = Any  # Any: a row of a delivery with its message


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
    held = (
        await session.execute(
            select(Delivery, Message)
            .join(Message, Message.id == Delivery.message_id)
            .where(Delivery.destination_id == destination_id, Delivery.status == DeliveryStatus.HELD)
            .order_by(Delivery.id)
            .with_for_update(of=Delivery)
        )
    ).all()
    held = in_turn(held)
    now: datetime = (await session.execute(select(func.tocsin_now()))).scalar_one()
    if len(held) == 1:
        # By its reason it is let through: kept back once more it could wait for ever.
        held[0].Delivery.status, held[0].Delivery.next_attempt_at = DeliveryStatus.PENDING, now
    elif held:
        await _write(session, await _payload(reads, held), clock, destination_id, held, now)


def in_turn(held: Sequence[Held]) -> Sequence[Held]:
    """Criticals first, and between stores in turn, so that each store's first is named before another's second."""
    count_of = Counter[tuple[int, int]]()

    def place(row: Held) -> tuple[int, int, int]:
        turn = (row.Delivery.priority_rank, row.Delivery.store_key)
        count_of[turn] += 1
        return -row.Delivery.priority_rank, count_of[turn], row.Delivery.id

    return sorted(held, key=place)


async def _write(
    session: AsyncSession,
    payload: JsonObject,
    clock: Clock,
    destination_id: int,
    held: Sequence[Held],
    now: datetime,
) -> None:
    first = held[0]
    message = Message(
        # A replay may hold back again what was folded before: no row names this message for good.
        event_key=random_token(f"held_back:{destination_id}:"),
        kind=MessageKind.HELD_BACK,
        category=first.Message.category,
        priority=first.Message.priority,
        title=f"{len(held)} more messages",
        body="\n".join(row.Message.title for row in held[:MOST_NAMED]),
        payload=payload,
        created_at=clock.now(),
    )
    session.add(message)
    await session.flush()
    delivery = Delivery(
        message_id=message.id,
        destination_id=destination_id,
        priority_rank=first.Delivery.priority_rank,
        next_attempt_at=now,
        created_at=now,
    )
    session.add(delivery)
    await session.flush()
    await session.execute(
        update(Delivery)
        .where(Delivery.id == any_(cast([row.Delivery.id for row in held], ARRAY(BigInteger))))
        .values(status=DeliveryStatus.FOLDED, folded_into_id=delivery.id, finished_at=now)
    )


async def _payload(reads: Reads, held: Sequence[Held]) -> JsonObject:
    named = held[:MOST_NAMED]
    store_ids = {row.Message.store_id for row in named if row.Message.store_id is not None}
    stores = await names_of_stores(reads, store_ids)
    return {
        "count": len(held),
        "items": [
            {
                "title": row.Message.title,
                "priority": row.Message.priority,
                "store_name": stores.get(row.Message.store_id),
                "created_at": row.Message.created_at.isoformat(),
            }
            for row in named
        ],
        "more": len(held) - len(named),
    }
