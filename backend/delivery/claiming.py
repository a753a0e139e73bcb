"""Taking what goes next: of the candidates those that their destinations let through (docs/decisions/0010).

A claim is one short transaction. Rows are locked in one order everywhere: destinations, by id, then their deliveries.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

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
from backend.delivery.asking_again import ask_again
from backend.delivery.candidates import Connection, candidates
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import Channel, MessageKind, Reason
from backend.delivery.outdated import Drop, PutOff
from backend.delivery.places import Free
from backend.delivery.throttle import Buckets

# Seconds. What is older, or was kept back, is asked whether it still holds.
HAS_WAITED_AFTER = 30

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

# What was held alone, what somebody asked for once more, and the first critical of each store for a while: no flood of
# another's keeps that back.
_IS_LET_THROUGH = f"""(
    coalesce(d.reason in ('{Reason.THROTTLE}', '{Reason.ASKED_FOR}'), false)
    or (d.priority_rank >= {CRITICAL_RANK} and not exists (
        select from deliveries other
        where other.destination_id = d.destination_id and other.store_key = d.store_key
          and other.priority_rank >= {CRITICAL_RANK} and other.id < d.id
          and other.created_at > d.created_at - interval '10 minutes')))
"""
_WAITING = f"""
select d.id, d.destination_id, d.priority_rank, d.tries, m.kind,
    d.reason is not null or d.created_at < tocsin_now() - make_interval(secs => {HAS_WAITED_AFTER}) as has_waited,
    {_IS_LET_THROUGH} as is_let_through
from deliveries d join delivery_messages m on m.id = d.message_id
where d.id = any($1::bigint[]) and d.status = 'pending' and d.next_attempt_at <= tocsin_now()
  and d.destination_id = any($2::bigint[])
order by array_position($1::bigint[], d.id)
for update of d skip locked
"""  # noqa: S608 - a constant of our own
_DROP = """
update deliveries d set status = 'dropped', reason = other.reason, finished_at = tocsin_now()
from unnest($1::bigint[], $2::text[]) as other (id, reason)
where d.id = other.id
"""
_PUT_OFF = f"""
update deliveries d set next_attempt_at = later.at, reason = '{Reason.QUIET_HOURS}'
from unnest($1::bigint[], $2::timestamptz[]) as later (id, at)
where d.id = later.id
"""  # noqa: S608 - a constant of our own
_BURY = """
update deliveries d set status = 'dead', reason = other.reason, finished_at = tocsin_now()
from unnest($1::bigint[], $2::text[]) as other (id, reason)
where d.id = other.id
"""
# One that is throttled keeps its whole backlog back at once, so that it is in nobody's way.
_HOLD_THE_REST = f"""
update deliveries set status = 'held', reason = '{Reason.THROTTLE}', next_attempt_at = $3
where id in (
    select d.id from deliveries d join delivery_messages m on m.id = d.message_id
    where d.destination_id = $1 and d.status = 'pending' and d.tries = 0 and d.next_attempt_at <= tocsin_now()
      and (d.priority_rank >= {CRITICAL_RANK}) = $2 and m.kind <> all($4::text[]) and not {_IS_LET_THROUGH}
    order by d.id for update of d skip locked)
"""  # noqa: S608 - a constant of our own
# However often it is tried, it is what somebody asked for.
_BEGIN = f"""
with begun as (
    update deliveries set
        status = 'sending', claims = claims + 1, tries = tries + 1,
        reason = case when reason = '{Reason.ASKED_FOR}' then reason end,
        lease_until = tocsin_now() + make_interval(secs => $2)
    where id = any($1::bigint[]) returning id, destination_id, claims
)
insert into delivery_attempts (delivery_id, number, started_at)
select id, claims, tocsin_now() from begun
returning delivery_id, number
"""  # noqa: S608 - a constant of our own
_GIVE_BACK = """
update deliveries set status = 'pending', lease_until = null
where id in (
    select id from deliveries where status = 'sending' and lease_until < tocsin_now()
    order by id for update skip locked)
"""


class Claimed(NamedTuple):
    """A delivery whose attempt `number` has begun."""

    delivery_id: int
    destination_id: int
    number: int
    channel: Channel


class Turn(NamedTuple):
    """What one claim took; `has_moved` when anything else may be found now that it is out of the way."""

    claimed: list[Claimed]
    has_moved: bool


async def claim(
    reads: Reads,
    *,
    limit: int,
    free: Mapping[Channel, Free],
    taken: Mapping[int, int],
    lease: float,
    timezone: str,
) -> Turn:
    """Take up to `limit` deliveries that may go now, each with an attempt begun; `lease` is in seconds.

    What its destination does not let through is kept back or given up in the same transaction. Destinations that
    somebody else works on at the moment are left to the next claim.
    """
    async with reads.acquire() as connection, connection.transaction():
        found = await candidates(connection, limit=limit, free=free, taken=taken)
        if not found:
            return Turn([], has_moved=False)
        gates = await _gates(connection, {row["destination_id"] for row in found})
        waiting = await connection.fetch(_WAITING, [row["id"] for row in found], list(gates))
        now: datetime = await connection.fetchval("select tocsin_now()")
        outdated = await ask_again(connection.fetch, [row["id"] for row in waiting if row["has_waited"]], now, timezone)
        await _set_aside(connection, outdated)
        waiting = [row for row in waiting if row["id"] not in outdated]
        admissions, after = _admit(waiting, gates, now)
        await _keep_gates(connection, {key: gate for key, gate in after.items() if gate != gates[key]})
        await _put_off(connection, waiting, admissions)
        going = {row["id"]: row["destination_id"] for row in waiting if isinstance(admissions[row["id"]], Go)}
        begun = await connection.fetch(_BEGIN, list(going), lease)
        numbers = {row["delivery_id"]: row["number"] for row in begun}
        claimed = [
            Claimed(delivery_id, destination_id, numbers[delivery_id], gates[destination_id].channel)
            for delivery_id, destination_id in going.items()
        ]
        has_moved = bool(outdated) or any(not isinstance(admission, Postpone) for admission in admissions.values())
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
        delivery = Waiting(
            MessageKind(row["kind"]), row["priority_rank"], row["tries"], is_let_through=row["is_let_through"]
        )
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


async def _set_aside(connection: Connection, outdated: Mapping[int, Drop | PutOff]) -> None:
    dropped = [(delivery_id, answer.reason) for delivery_id, answer in outdated.items() if isinstance(answer, Drop)]
    put_off = [(delivery_id, answer.until) for delivery_id, answer in outdated.items() if isinstance(answer, PutOff)]
    if dropped:
        await connection.execute(_DROP, *map(list, zip(*dropped, strict=True)))
    if put_off:
        await connection.execute(_PUT_OFF, *map(list, zip(*put_off, strict=True)))


async def _put_off(
    connection: Connection, waiting: Sequence[asyncpg.Record], admissions: Mapping[int, Admission]
) -> None:
    """Write down what does not go; what is postponed waits as it is, because its destination is passed over now."""
    held: dict[tuple[int, bool], datetime] = {}
    buried: list[tuple[int, DetailCode]] = []
    for row in waiting:
        match admissions[row["id"]]:
            case Hold(until):
                held[row["destination_id"], row["priority_rank"] >= CRITICAL_RANK] = until
            case Bury(reason):
                buried.append((row["id"], reason))
            case Go() | Postpone():
                pass
    for (destination_id, is_critical), until in held.items():
        await connection.execute(_HOLD_THE_REST, destination_id, is_critical, until, list(UNTHROTTLED))
    if buried:
        await connection.execute(_BURY, *map(list, zip(*buried, strict=True)))
