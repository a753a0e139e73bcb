"""Which deliveries go next: criticals first, stores in turn, and none whose destination is busy (docs/decisions/0010).

A claim is one short transaction. Rows are locked in one order everywhere: destinations, by id, then their deliveries.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from backend.core.circuit import Circuit
from backend.db.reads import Reads
from backend.delivery.admission import (
    CRITICAL_RANK,
    UNTHROTTLED,
    Admission,
    Bury,
    Gate,
    Go,
    Hold,
    Postpone,
    Waiting,
    decide,
)
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.throttle import Buckets

# Of each store and priority so many are looked at in one claim.
_A_TURN = 32
# Of one claim so many go to one destination.
MOST_TO_ONE = 32

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
silent as (
    -- Their circuit is open: what waits for them stays as it is, however much, and is nobody's turn.
    select coalesce(array_agg(id), '{{}}') as ids from delivery_destinations where probe_at > tocsin_now()
)
select id, destination_id
from (
    select due.*, turns.priority_rank,
        row_number() over (partition by due.destination_id order by turns.priority_rank desc, due.place) as place_there
    from turns cross join lateral (
        select d.id, d.destination_id, d.next_attempt_at, row_number() over (order by d.next_attempt_at, d.id) as place
        from deliveries d
        where d.status = 'pending' and d.store_key = turns.store_key and d.priority_rank = turns.priority_rank
          and d.next_attempt_at <= tocsin_now() and d.destination_id <> all($1::bigint[] || (select ids from silent))
        order by d.next_attempt_at, d.id limit {_A_TURN}
    ) due
    where turns.priority_rank >= $3::smallint
) candidate
where place_there <= {MOST_TO_ONE}
order by priority_rank desc, place, next_attempt_at, id
limit $2
"""  # noqa: S608 - a constant of our own

_GATES = """
select id, kind, is_enabled, failures, opened_at, probe_at, tokens, critical_tokens, tokens_at
from delivery_destinations where id = any($1::bigint[]) order by id for no key update skip locked
"""
_KEEP_GATES = """
update delivery_destinations d set
    probe_at = gate.probe_at, tokens = gate.tokens, critical_tokens = gate.critical_tokens, tokens_at = gate.tokens_at
from unnest($1::bigint[], $2::timestamptz[], $3::float8[], $4::float8[], $5::timestamptz[])
    as gate (id, probe_at, tokens, critical_tokens, tokens_at)
where d.id = gate.id
"""

_WAITING = """
select d.id, d.destination_id, d.priority_rank, d.tries, m.kind
from deliveries d join delivery_messages m on m.id = d.message_id
where d.id = any($1::bigint[]) and d.status = 'pending' and d.next_attempt_at <= tocsin_now()
  and d.destination_id = any($2::bigint[])
order by array_position($1::bigint[], d.id)
for update of d skip locked
"""
_BURY = """
update deliveries d set status = 'dead', reason = other.reason, finished_at = tocsin_now()
from unnest($1::bigint[], $2::text[]) as other (id, reason)
where d.id = other.id
"""
# One that is throttled keeps its whole backlog back at once, so that it is in nobody's way.
_HOLD_THE_REST = """
update deliveries set status = 'held', reason = 'throttle', next_attempt_at = $3
where id in (
    select d.id from deliveries d join delivery_messages m on m.id = d.message_id
    where d.destination_id = $1 and d.status = 'pending' and d.tries = 0 and d.next_attempt_at <= tocsin_now()
      and (d.priority_rank >= $4::smallint) = $2 and m.kind <> all($5::text[])
    order by d.id for update of d skip locked)
"""
_BEGIN = """
with begun as (
    update deliveries set
        status = 'sending', reason = null, claims = claims + 1, tries = tries + 1,
        lease_until = tocsin_now() + make_interval(secs => $2)
    where id = any($1::bigint[]) returning id, destination_id, claims
)
insert into delivery_attempts (delivery_id, number, started_at)
select id, claims, tocsin_now() from begun
returning delivery_id, number
"""
_GIVE_BACK = """
update deliveries set status = 'pending', lease_until = null
where status = 'sending' and lease_until < tocsin_now()
"""

Connection = Any  # Any: asyncpg's pool proxies its connections


class Claimed(NamedTuple):
    """A delivery whose attempt `number` has begun."""

    delivery_id: int
    destination_id: int
    number: int


class Turn(NamedTuple):
    """What one claim took; `has_moved` when anything else may be found now that it is out of the way."""

    claimed: list[Claimed]
    has_moved: bool


async def claim(reads: Reads, *, limit: int, busy: Collection[int], lease: float, least_rank: int = 0) -> Turn:
    """Take up to `limit` deliveries that may go now, each with an attempt begun; `lease` is in seconds.

    What its destination does not let through is kept back or given up in the same transaction. Destinations that
    somebody else works on at the moment are left to the next claim.
    """
    async with reads.acquire() as connection, connection.transaction():
        found = await connection.fetch(_CANDIDATES, list(busy), limit, least_rank)
        if not found:
            return Turn([], has_moved=False)
        gates = await _gates(connection, {row["destination_id"] for row in found})
        waiting = await connection.fetch(_WAITING, [row["id"] for row in found], list(gates))
        now: datetime = await connection.fetchval("select tocsin_now()")
        admissions, after = _admit(waiting, gates, now)
        await _keep_gates(connection, {key: gate for key, gate in after.items() if gate != gates[key]})
        await _put_off(connection, waiting, admissions)
        going = {row["id"]: row["destination_id"] for row in waiting if isinstance(admissions[row["id"]], Go)}
        begun = await connection.fetch(_BEGIN, list(going), lease)
        numbers = {row["delivery_id"]: row["number"] for row in begun}
        claimed = [
            Claimed(delivery_id, destination_id, numbers[delivery_id]) for delivery_id, destination_id in going.items()
        ]
        has_moved = any(not isinstance(admission, Postpone) for admission in admissions.values())
        return Turn(claimed, has_moved)


async def give_back_abandoned(reads: Reads) -> None:
    """Deliveries whose worker died go again: nobody knows whether they arrived."""
    await reads.execute(_GIVE_BACK)


def _admit(
    waiting: Sequence[asyncpg.Record], gates: Mapping[int, Gate], now: datetime
) -> tuple[dict[int, Admission], dict[int, Gate]]:
    admissions: dict[int, Admission] = {}
    after = dict(gates)
    for row in waiting:
        delivery = Waiting(MessageKind(row["kind"]), row["priority_rank"], row["tries"])
        admissions[row["id"]], after[row["destination_id"]] = decide(delivery, after[row["destination_id"]], now=now)
    return admissions, after


async def _gates(connection: Connection, destination_ids: Collection[int]) -> dict[int, Gate]:
    rows = await connection.fetch(_GATES, list(destination_ids))
    return {
        row["id"]: Gate(
            channel=Channel(row["kind"]),
            is_enabled=row["is_enabled"],
            circuit=Circuit(row["failures"], row["opened_at"], row["probe_at"]),
            buckets=Buckets(row["tokens"], row["critical_tokens"], row["tokens_at"]),
        )
        for row in rows
    }


async def _keep_gates(connection: Connection, gates: Mapping[int, Gate]) -> None:
    if not gates:
        return
    buckets = [gate.buckets for gate in gates.values()]
    await connection.execute(
        _KEEP_GATES,
        list(gates),
        [gate.circuit.probe_at for gate in gates.values()],
        [bucket.tokens for bucket in buckets],
        [bucket.critical_tokens for bucket in buckets],
        [bucket.tokens_at for bucket in buckets],
    )


async def _put_off(
    connection: Connection, waiting: Sequence[asyncpg.Record], admissions: Mapping[int, Admission]
) -> None:
    """Write down what does not go; what is postponed waits as it is, because its destination is passed over now."""
    held: dict[tuple[int, bool], datetime] = {}
    buried: list[tuple[int, str]] = []
    for row in waiting:
        match admissions[row["id"]]:
            case Hold(until):
                held[row["destination_id"], row["priority_rank"] >= CRITICAL_RANK] = until
            case Bury(reason):
                buried.append((row["id"], reason))
            case Go() | Postpone():
                pass
    for (destination_id, is_critical), until in held.items():
        await connection.execute(_HOLD_THE_REST, destination_id, is_critical, until, CRITICAL_RANK, list(UNTHROTTLED))
    if buried:
        await connection.execute(_BURY, *map(list, zip(*buried, strict=True)))
