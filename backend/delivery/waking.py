"""Giving back what was dropped because it was put off, once somebody wakes it by hand: nothing else tells of it.

What returns at its time is told anew instead. What was overtaken since is dropped again when it is asked (outdated.py).
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.delivery.detail import DetailCode

_DROPPED = f"d.status = 'dropped' and d.reason = '{DetailCode.SETTLED_BEFORE_SENT}'"

# Destinations are locked before deliveries, as by every claim.
_GIVE_BACK = text(f"""
with dropped as (
    select d.id, d.destination_id from deliveries d join delivery_messages m on m.id = d.message_id
    where {_DROPPED} and (m.alert_id = :alert_id or (m.alert_id is null and m.notification_id = :notification_id))
), gates as materialized (
    select id from delivery_destinations
    where id in (select destination_id from dropped) and is_enabled and deleted_at is null
    order by id for no key update
)
update deliveries d set status = 'pending', reason = null, finished_at = null, next_attempt_at = tocsin_now()
where {_DROPPED} and d.id in (select id from dropped) and d.destination_id = any (array(select id from gates))
""")  # noqa: S608 - constants of our own


async def give_back_of_alert(session: AsyncSession, alert_id: int) -> None:
    """Whoever calls holds the alert's thread, so that it is not over meanwhile."""
    await session.execute(_GIVE_BACK, {"alert_id": alert_id, "notification_id": None})


async def give_back_of_notification(session: AsyncSession, notification_id: int) -> None:
    """One that rang for no alert."""
    await session.execute(_GIVE_BACK, {"alert_id": None, "notification_id": notification_id})
