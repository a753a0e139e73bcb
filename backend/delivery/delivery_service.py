"""Sending once more what has finished, within the caller's transaction.

Destinations are locked before their deliveries, as by every claim.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.reads import fetch_within
from backend.delivery.delivery_errors import (
    DeliveryNotFoundError,
    DeliveryUnfinishedError,
    DestinationDeletedError,
)
from backend.delivery.delivery_schemas import ReplayedOut
from backend.delivery.destination_errors import DestinationOffError
from backend.delivery.kinds import UNFINISHED, Channel, DeliveryStatus, Reason
from backend.delivery.models import Delivery, Destination

# Both sets of destinations are arrays, so that all locks are taken, by id, before the first delivery is touched.
_REPLAY_DEAD = """
with gates as materialized (
    select id, is_enabled and deleted_at is null as is_open from delivery_destinations t
    where ($1::bigint is null or id = $1) and ($2::text is null or kind = $2)
      and exists (select from deliveries d where d.destination_id = t.id and d.status = 'dead')
    order by id for no key update
),
replayed as (
    update deliveries set
        status = 'pending', tries = 0, reason = null, last_error = null, finished_at = null,
        next_attempt_at = tocsin_now()
    where status = 'dead' and destination_id = any (array(select id from gates where is_open))
      and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at < $4)
    returning 1
)
select
    (select count(*) from replayed) as replayed_count,
    (
        select count(*) from deliveries
        where status = 'dead' and destination_id = any (array(select id from gates where not is_open))
          and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at < $4)
    ) as skipped_count
"""


class DeliveryService:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def replay(self, delivery_id: int) -> Delivery:
        """Send one that has finished once more, whatever it was about, with a fresh budget of tries.

        DeliveryNotFoundError, DeliveryUnfinishedError, DestinationOffError, DestinationDeletedError.
        """
        destination_id = await self._destination_of(delivery_id)
        destination = await self._session.get(
            Destination, destination_id, with_for_update={"key_share": True}, populate_existing=True
        )
        delivery = await self._session.get(Delivery, delivery_id, with_for_update=True, populate_existing=True)
        if destination is None or delivery is None:
            raise DeliveryNotFoundError(delivery_id)
        if delivery.status in UNFINISHED:
            raise DeliveryUnfinishedError(delivery_id, delivery.status)
        _refuse_closed(destination)
        await self._begin_anew(delivery)
        return delivery

    async def replay_dead(
        self,
        *,
        destination_id: int | None = None,
        channel: Channel | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> ReplayedOut:
        """Send all dead ones that are still worth it once more, in one statement; those of closed destinations stay."""
        (counts,) = await fetch_within(self._session)(_REPLAY_DEAD, destination_id, channel, since, until)
        return ReplayedOut(counts["replayed_count"], counts["skipped_count"])

    async def _destination_of(self, delivery_id: int) -> int:
        found: int | None = await self._session.scalar(
            select(Delivery.destination_id).where(Delivery.id == delivery_id)
        )
        if found is None:
            raise DeliveryNotFoundError(delivery_id)
        return found

    async def _begin_anew(self, delivery: Delivery) -> None:
        now: datetime = (await self._session.execute(select(func.tocsin_now()))).scalar_one()
        delivery.status, delivery.tries, delivery.next_attempt_at = DeliveryStatus.PENDING.value, 0, now
        delivery.reason, delivery.last_error, delivery.finished_at = Reason.ASKED_FOR.value, None, None
        # A held-back one goes by itself now.
        delivery.folded_into_id = None
        await self._session.flush()


def _refuse_closed(destination: Destination) -> None:
    if destination.deleted_at is not None:
        raise DestinationDeletedError(destination.id)
    if not destination.is_enabled:
        raise DestinationOffError(destination.id)
