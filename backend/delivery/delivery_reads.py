"""Deliveries as the API shows them: the list, and one with every try."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend.auth import names_of_users, person
from backend.core.fields import JsonObject
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.reads import Fetch, Reads
from backend.db.where import where_clause
from backend.delivery.arrived import HAS_ARRIVED
from backend.delivery.delivery_errors import DeliveryNotFoundError
from backend.delivery.delivery_filters import DeliveryFilters, conditions, switches
from backend.delivery.delivery_schemas import (
    AttemptOut,
    DeliveryDetailOut,
    DeliveryOut,
    TriedDeliveryOut,
    VerdictOut,
)
from backend.delivery.detail_names import named
from backend.delivery.kinds import UNFINISHED, Channel, DeliveryStatus, MessageKind, Outcome
from backend.delivery.verdict import Verdict
from backend.notifications import Priority
from backend.tenancy import names_of_stores

_COLUMNS = """
d.id, d.message_id, d.destination_id, d.status, d.reason, d.tries, d.claims as attempt_count, d.next_attempt_at,
d.last_error, d.folded_into_id, d.created_at, d.finished_at,
m.kind, m.category, m.priority, m.title, m.store_id, m.notification_id, m.alert_id,
t.kind as channel, t.name as destination_name, t.user_id, t.deleted_at
"""
_FROM = """
from deliveries d
join delivery_messages m on m.id = d.message_id
join delivery_destinations t on t.id = d.destination_id
"""
_ONE = f"select {_COLUMNS}, m.body, m.action_url, m.payload, m.verdicts {_FROM} where d.id = $1::bigint"
_THESE = f"""
select {_COLUMNS}, t.probe_at, tocsin_now() as now,
    {HAS_ARRIVED} as has_arrived
{_FROM} where d.id = any($1::bigint[]) order by d.id
"""
_OWN = "select id from delivery_destinations where user_id = all($1::bigint[])"
_ATTEMPTS = """
select delivery_id, number, started_at, finished_at, outcome, status_code, error, excerpt
from delivery_attempts where delivery_id = any($1::bigint[]) order by delivery_id, number
"""
# Columns that are shown under their own name.
_PLAIN = {field.name for field in msgspec.structs.fields(DeliveryOut)} - {
    "kind", "priority", "channel", "status", "user", "store_name", "next_attempt_at",
}  # fmt: skip

Row = Any  # Any: a database row, read by column name
Fields = dict[str, Any]  # Any: the fields of DeliveryOut


async def delivery_page(reads: Reads, filters: DeliveryFilters, *, limit: int, cursor: str | None) -> Page[DeliveryOut]:
    """One page, newest first."""
    scope = ("deliveries", msgspec.to_builtins(filters))
    own = await _own_destinations(reads, filters)
    limits = conditions(filters, decode_cursor(cursor, int, scope=scope), own=own)
    where, values = where_clause(limits, switches(filters))
    sql = f"select {_COLUMNS} {_FROM} where {where} order by d.id desc limit ${len(values) + 1}::bigint"
    rows = await reads.fetch(sql, *values, limit + 1)
    shown = [DeliveryOut(**fields) for fields in await _fields(reads, rows)]
    return page_of(shown, limit, lambda item: item.id, scope=scope)


async def _own_destinations(reads: Reads, filters: DeliveryFilters) -> list[int] | None:
    """Asked for first: with the ids themselves, the few of a person are found by an index and not by walking all.

    Of two people at once nobody has any. None when no person is asked for.
    """
    people = [user_id for user_id in (filters.user_id, filters.whose) if user_id is not None]
    return [row["id"] for row in await reads.fetch(_OWN, people)] if people else None


async def one_delivery(reads: Reads, delivery_id: int, *, within: Fetch | None = None) -> DeliveryDetailOut:
    """One delivery, `within` a transaction that changed it; DeliveryNotFoundError."""
    fetch: Fetch = within or reads.fetch
    rows = await fetch(_ONE, delivery_id)
    if not rows:
        raise DeliveryNotFoundError(delivery_id)
    (fields,) = await _fields(reads, rows)
    attempts = await _attempts(fetch, [delivery_id])
    return DeliveryDetailOut(
        **fields,
        attempts=attempts.get(delivery_id, []),
        body=rows[0]["body"],
        action_url=rows[0]["action_url"],
        payload=_payload(rows[0]["payload"]),
        verdict=await _verdict(reads, rows[0]),
    )


async def tried_deliveries(reads: Reads, rows: Sequence[Row]) -> list[TriedDeliveryOut]:
    """Rows of `delivery_rows` with every try."""
    attempts = await _attempts(reads.fetch, [row["id"] for row in rows])
    return [
        TriedDeliveryOut(**fields, attempts=attempts.get(fields["id"], [])) for fields in await _fields(reads, rows)
    ]


async def delivery_rows(reads: Reads, delivery_ids: Collection[int]) -> Sequence[Row]:
    """These deliveries, oldest first, with their messages and destinations."""
    return await reads.fetch(_THESE, list(delivery_ids))


async def _fields(reads: Reads, rows: Sequence[Row]) -> list[Fields]:
    stores = await names_of_stores(reads, {row["store_id"] for row in rows if row["store_id"] is not None})
    people = await names_of_users(reads, {row["user_id"] for row in rows if row["user_id"] is not None})
    return [_shown(row, stores, people) for row in rows]


def _shown(row: Row, stores: Mapping[int, str], people: Mapping[int, str]) -> Fields:
    return {name: row[name] for name in _PLAIN} | {
        "kind": MessageKind(row["kind"]),
        "priority": Priority(row["priority"]),
        "channel": Channel(row["channel"]),
        "status": DeliveryStatus(row["status"]),
        "user": person(people, row["user_id"]),
        "store_name": stores.get(row["store_id"]),
        "next_attempt_at": row["next_attempt_at"] if row["status"] in UNFINISHED else None,
    }


async def _attempts(fetch: Fetch, delivery_ids: Sequence[int]) -> dict[int, list[AttemptOut]]:
    """By delivery."""
    found: dict[int, list[AttemptOut]] = {}
    for row in await fetch(_ATTEMPTS, delivery_ids):
        found.setdefault(row["delivery_id"], []).append(_attempt(row))
    return found


def _attempt(row: Row) -> AttemptOut:
    return AttemptOut(
        number=row["number"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        status_code=row["status_code"],
        error=row["error"],
        excerpt=row["excerpt"],
        duration_ms=_milliseconds(row["started_at"], row["finished_at"]),
    )


def _milliseconds(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else round((end - start) / timedelta(milliseconds=1))


async def _verdict(reads: Reads, row: Row) -> VerdictOut | None:
    """The one about the delivery's destination."""
    for verdict in verdicts_of(row["verdicts"]):
        if verdict.destination_id == row["destination_id"]:
            (args,) = await named(reads, [verdict.detail_args])
            return VerdictOut(verdict.decision, verdict.reason, verdict.detail, verdict.detail_code, args, verdict.at)
    return None


def verdicts_of(stored: object) -> list[Verdict]:
    """A message's verdicts; jsonb comes decoded within a session, and as its text from the pool."""
    if isinstance(stored, str):
        return msgspec.json.decode(stored, type=list[Verdict])
    return msgspec.convert(stored, list[Verdict])


def _payload(stored: object) -> JsonObject:
    if isinstance(stored, str):
        return msgspec.json.decode(stored, type=JsonObject)
    return msgspec.convert(stored, JsonObject)
