from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.delivery.detail import DetailCode
from backend.delivery.kinds import Channel, DeliveryStatus, Reason
from backend.delivery.models import Delivery, Destination


class DestinationRepository:
    """Shared destinations that are not deleted, and what waits for any."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def shared(self, destination_id: int, *, for_update: bool = False) -> Destination | None:
        query = select(Destination).where(
            Destination.id == destination_id, Destination.user_id.is_(None), Destination.deleted_at.is_(None)
        )
        if for_update:
            # As strong as the sender's own lock, which comes before that of its deliveries, too.
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        found: Destination | None = await self._session.scalar(query)
        return found

    async def page(self, *, limit: int, before_id: int | None, kinds: Sequence[Channel] = ()) -> Sequence[Destination]:
        """Newest first."""
        query = select(Destination).where(Destination.user_id.is_(None), Destination.deleted_at.is_(None))
        if before_id is not None:
            query = query.where(Destination.id < before_id)
        if kinds:
            query = query.where(Destination.kind.in_([kind.value for kind in kinds]))
        return (await self._session.scalars(query.order_by(Destination.id.desc()).limit(limit))).all()

    async def hurry(self, destination_id: int) -> None:
        """What failed before is due now; what waits for quiet hours or a throttle still does."""
        await self._session.execute(
            update(Delivery)
            .where(
                Delivery.destination_id == destination_id,
                Delivery.status == DeliveryStatus.PENDING,
                Delivery.tries > 0,
                or_(Delivery.reason.is_(None), Delivery.reason == Reason.ASKED_FOR),
            )
            .values(next_attempt_at=func.tocsin_now())
        )

    async def end_waiting(self, destination_id: int, status: DeliveryStatus, reason: DetailCode, now: datetime) -> int:
        """What is not on its way yet ends unsent, dropped or dead; how many. Its history stays."""
        waiting = (DeliveryStatus.PENDING, DeliveryStatus.HELD)
        ended: CursorResult[Any] = await self._session.execute(  # type: ignore[assignment]  # an update gives a cursor; Any: no rows
            update(Delivery)
            .where(Delivery.destination_id == destination_id, Delivery.status.in_(waiting))
            .values(status=status.value, reason=reason, finished_at=now)
        )
        return ended.rowcount
