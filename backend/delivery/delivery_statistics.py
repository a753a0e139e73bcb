"""What waits, what is dead and what was sent of late: the head of the dead letters' page."""

from backend.db.reads import Reads
from backend.delivery.delivery_filters import SENT_LAST_24H
from backend.delivery.delivery_schemas import DeliveryStatsOut, DestinationStatsOut
from backend.delivery.kinds import Channel

_COUNTS = f"""
select
    count(*) filter (where status = 'pending') as pending,
    count(*) filter (where status = 'held') as held,
    count(*) filter (where status = 'sending') as sending,
    count(*) filter (where status = 'dead') as dead,
    (select count(*) from deliveries where {SENT_LAST_24H}) as sent_last_24h,
    count(*) filter (where status = 'pending' and tries = 0 and next_attempt_at > tocsin_now()) as scheduled,
    (
        select created_at from deliveries
        where status = 'pending' and not (tries = 0 and next_attempt_at > (select tocsin_now())) order by id limit 1
    ) as oldest_pending_at
from deliveries where status in ('pending', 'held', 'sending', 'dead')
"""  # noqa: S608 - a constant of our own
_BY_DESTINATION = """
select t.id as destination_id, t.name, t.kind, t.is_enabled, t.opened_at,
    coalesce(waiting.pending, 0) as pending, coalesce(waiting.dead, 0) as dead
from delivery_destinations t
left join (
    select destination_id,
        count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'dead') as dead
    from deliveries where status in ('pending', 'dead') group by destination_id
) waiting on waiting.destination_id = t.id
where waiting.destination_id is not null or (t.opened_at is not null and t.deleted_at is null)
order by dead desc, pending desc, t.id
"""


async def delivery_stats(reads: Reads) -> DeliveryStatsOut:
    (counts,) = await reads.fetch(_COUNTS)
    return DeliveryStatsOut(
        pending=counts["pending"],
        scheduled=counts["scheduled"],
        held=counts["held"],
        sending=counts["sending"],
        dead=counts["dead"],
        sent_last_24h=counts["sent_last_24h"],
        oldest_pending_at=counts["oldest_pending_at"],
        by_destination=[
            DestinationStatsOut(
                destination_id=row["destination_id"],
                name=row["name"],
                channel=Channel(row["kind"]),
                pending=row["pending"],
                dead=row["dead"],
                is_enabled=row["is_enabled"],
                opened_at=row["opened_at"],
            )
            for row in await reads.fetch(_BY_DESTINATION)
        ],
    )
