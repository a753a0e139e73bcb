"""How long it can be proved what was sent to whom."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_REMOVE = text(
    """
    delete from delivery_messages where id = any (array(
        select m.id from delivery_messages m
        where m.created_at < :before
          and not exists (
              select from deliveries d where d.message_id = m.id and d.status in ('pending', 'sending', 'held'))
        order by m.created_at limit :limit for update skip locked))
    returning id
    """
)


async def remove_old(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete up to `limit` messages written before, of which nothing is on its way; how many went."""
    removed = await session.execute(_REMOVE, {"before": before, "limit": limit})
    return len(removed.all())
