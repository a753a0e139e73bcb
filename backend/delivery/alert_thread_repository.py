from datetime import datetime

from sqlalchemy import and_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.fields import JsonObject
from backend.delivery.arrived import HAS_ARRIVED
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import PERSONAL, DeliveryStatus, Reason
from backend.delivery.models import AlertThread, Delivery, Destination, Message

_REACHED = (
    DeliveryStatus.PENDING,
    DeliveryStatus.HELD,
    DeliveryStatus.SENDING,
    DeliveryStatus.SENT,
    DeliveryStatus.FOLDED,
)
_TOLD = text(f"""
select d.destination_id from deliveries d join delivery_messages m on m.id = d.message_id
where m.alert_id = :alert_id and (d.status = any(:reached) or {HAS_ARRIVED})
""")  # noqa: S608 - a constant of our own


class AlertThreadRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def locked(self, alert_id: int) -> AlertThread:
        """The alert's thread, made when there is none, and held until the transaction ends."""
        await self._session.execute(
            insert(AlertThread)
            .values(alert_id=alert_id, is_open=False, severity="", size=0, message_count=0)
            .on_conflict_do_nothing(index_elements=["alert_id"])
        )
        found = await self._session.scalars(
            select(AlertThread)
            .where(AlertThread.alert_id == alert_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return found.one()

    async def told(self, alert_id: int) -> frozenset[int]:
        """The destinations that something about the alert has reached, or is on its way to."""
        found = await self._session.scalars(_TOLD, {"alert_id": alert_id, "reached": list(_REACHED)})
        return frozenset(found.all())

    async def drop_unsent(self, alert_id: int, now: datetime) -> None:
        """Nobody needs to read of an alert that is over before its message is sent; programs still get all of them.

        What somebody asked for once more goes nevertheless.
        """
        is_of_it = Delivery.message_id.in_(select(Message.id).where(Message.alert_id == alert_id))
        is_unsent = and_(
            Delivery.status.in_((DeliveryStatus.PENDING, DeliveryStatus.HELD)),
            Delivery.reason.is_distinct_from(Reason.ASKED_FOR),
        )
        # Destinations are locked before deliveries, as by every claim.
        people = await self._session.scalars(
            select(Destination.id)
            .where(
                Destination.kind.in_(PERSONAL),
                Destination.id.in_(select(Delivery.destination_id).where(is_of_it, is_unsent)),
            )
            .order_by(Destination.id)
            .with_for_update(key_share=True)
        )
        await self._session.execute(
            update(Delivery)
            .where(is_of_it, is_unsent, Delivery.destination_id.in_(people.all()))
            .values(status=DeliveryStatus.DROPPED, reason=DetailCode.OVER_BEFORE_SENT, finished_at=now)
        )

    async def first_words(self, alert_id: int) -> JsonObject:
        """How the thread's first message was called, for subjects that belong together."""
        row = (
            await self._session.execute(
                select(Message.title, Message.priority)
                .where(Message.alert_id == alert_id)
                .order_by(Message.id)
                .limit(1)
            )
        ).one_or_none()
        return {"first_title": row.title, "first_priority": row.priority} if row else {}
