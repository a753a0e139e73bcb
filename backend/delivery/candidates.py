"""Which deliveries are next in turn, of all that are due and for which there are places."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from backend.delivery.admission import CRITICAL_RANK
from backend.delivery.kinds import Channel
from backend.delivery.places import TO_ONE, Free

# Of each store and priority so many are looked at in one claim.
_A_TURN = 32

_CANDIDATES = f"""
with recursive turns as (
    -- The stores and priorities that anything waits for: one step in the index for each, however much waits.
    (select store_key, priority_rank from deliveries where status = 'pending' order by 1, 2 limit 1)
    union all
    select following.store_key, following.priority_rank
    from turns cross join lateral (
        select d.store_key, d.priority_rank from deliveries d
        where d.status = 'pending' and (d.store_key, d.priority_rank) > (turns.store_key, turns.priority_rank)
        order by 1, 2 limit 1
    ) following
),
channel as (
    select * from unnest($2::text[], $3::int[], $4::int[], $5::int[], $6::int[])
        as channel (kind, usual, critical, usual_to_one, critical_to_one)
),
room as materialized (
    -- How many may go to each destination: of what is less than critical, and of criticals. One whose circuit is open
    -- has none: what waits for it stays as it is, however much, and is nobody's turn.
    select d.id, d.kind,
        least(channel.usual, channel.usual_to_one - coalesce(taken.count, 0)) as usual,
        least(channel.critical, channel.critical_to_one - coalesce(taken.count, 0)) as critical
    from delivery_destinations d
    join channel on channel.kind = d.kind
    left join unnest($7::bigint[], $8::int[]) as taken (id, count) on taken.id = d.id
    where d.probe_at is null or d.probe_at <= tocsin_now()
),
full_up as materialized (
    select coalesce(array_agg(d.id) filter (where coalesce(room.usual, 0) <= 0), '{{}}') as for_usual,
        coalesce(array_agg(d.id) filter (where coalesce(room.critical, 0) <= 0), '{{}}') as for_critical
    from delivery_destinations d left join room on room.id = d.id
),
due as (
    select due.*, turns.priority_rank, turns.priority_rank >= {CRITICAL_RANK} as is_critical
    from turns cross join full_up cross join lateral (
        select d.id, d.destination_id, d.next_attempt_at, row_number() over (order by d.next_attempt_at, d.id) as place
        from deliveries d
        where d.status = 'pending' and d.store_key = turns.store_key and d.priority_rank = turns.priority_rank
          and d.next_attempt_at <= tocsin_now()
          and d.destination_id <> all (
              case when turns.priority_rank >= {CRITICAL_RANK} then full_up.for_critical else full_up.for_usual end)
        order by d.next_attempt_at, d.id limit {_A_TURN}
    ) due
),
to_one as (
    select due.*, row_number() over (partition by destination_id order by priority_rank desc, place, id) as place_there
    from due
),
in_channel as (
    select to_one.*, room.kind,
        row_number() over (partition by room.kind order by priority_rank desc, place, next_attempt_at, to_one.id)
            as place_in_channel
    from to_one join room on room.id = to_one.destination_id
    where place_there <= case when is_critical then room.critical else room.usual end
)
select in_channel.id, destination_id
from in_channel join channel using (kind)
where place_in_channel <= case when is_critical then channel.critical else channel.usual end
order by priority_rank desc, place, next_attempt_at, id
limit $1
"""  # noqa: S608 - a constant of our own

Connection = Any  # Any: asyncpg's pool proxies its connections


async def candidates(
    connection: Connection, *, limit: int, free: Mapping[Channel, Free], taken: Mapping[int, int]
) -> Sequence[asyncpg.Record]:
    """Criticals first, stores in turn; `free` are the places of each channel, `taken` those at each destination."""
    found: Sequence[asyncpg.Record] = await connection.fetch(
        _CANDIDATES,
        limit,
        list(free),
        [places.usual for places in free.values()],
        [places.critical for places in free.values()],
        [TO_ONE[channel].usual for channel in free],
        [TO_ONE[channel].all for channel in free],
        list(taken),
        list(taken.values()),
    )
    return found
