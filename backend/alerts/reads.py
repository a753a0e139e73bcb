"""The hot reads of alerts: the list, one alert whole, the figures; asyncpg rows to JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import msgspec

from backend.alerts.filters import AlertFilters, where_clause
from backend.alerts.schemas import (
    AlertDetailOut,
    AlertOut,
    AlertPerson,
    AlertStatsOut,
    AlertStoreOut,
    TimelineOut,
)
from backend.alerts.service import AlertNotFoundError
from backend.alerts.statistics import statistics
from backend.alerts.walk import Position, Walk, advance
from backend.auth import names_of_users
from backend.core.paging import Page, decode_cursor, encode_cursor
from backend.db.reads import Fetch, Reads
from backend.tenancy import names_of_stores

_COLUMNS = """
    a.id, a.alert_type, a.severity, a.title, a.description, a.fingerprint, a.affected_systems, a.occurrence_count,
    a.first_occurred_at, a.last_occurred_at, a.is_resolved, a.resolved_at, a.resolved_by_user_id, a.resolution_notes,
    a.acknowledged_at, a.acknowledged_by_user_id, a.assigned_to_user_id, a.auto_generated, a.regressed_from_id,
    a.created_at, a.updated_at,
    array(select s.store_id from alert_stores s where s.alert_id = a.id order by 1) as affected_stores,
    array(select s.store_id from alert_stores s
          where s.alert_id = a.id and s.healed_at is null order by 1) as open_stores
"""
_PEOPLE = ("resolved_by_user_id", "acknowledged_by_user_id", "assigned_to_user_id")

Row = Mapping[str, Any]  # Any: a database row


async def list_page(
    reads: Reads, filters: AlertFilters, *, now: datetime, limit: int, cursor: str | None
) -> Page[AlertOut]:
    """One page, newest occurrence first, of a walk that neither loses nor doubles alerts that move meanwhile."""
    scope = ("alerts", msgspec.to_builtins(filters))
    walk = decode_cursor(cursor, Walk, scope=scope)
    if walk is None:
        newest = await reads.fetchval("select coalesce(max(id), 0) from platform_alerts")
        walk = Walk(pinned_at=now, newest_id=newest, settled_before=None, shown=())
    movable = await _movable(reads, filters, walk, limit + 1)
    settled = await _settled(reads, filters, walk, limit + 1)
    rows = sorted([*movable, *settled], key=itemgetter("position_at", "id"), reverse=True)
    shown = rows[:limit]
    items = await _out(reads, shown)
    if len(rows) <= limit:
        return Page(items=items, next_cursor=None)
    following = advance(
        walk,
        last_shown=Position(shown[-1]["position_at"], shown[-1]["id"]),
        movable_shown={row["id"] for row in movable} & {row["id"] for row in shown},
    )
    return Page(items=items, next_cursor=encode_cursor(following, scope=scope))


async def _movable(reads: Reads, filters: AlertFilters, walk: Walk, limit: int) -> Sequence[asyncpg.Record]:
    """Alerts that were open at the start of the walk or are now, without those shown; few, so sorted on the fly."""
    where, values = where_clause(filters)
    n = len(values)
    # One that was reopened meanwhile has kept its old place, and may have been shown there.
    reopened = (
        f"and not (a.reopened_at > ${n + 1}::timestamptz and (a.settled_position_at, a.id) >= (${n + 5}, ${n + 6}))"
        if walk.settled_before
        else ""
    )
    before = (walk.settled_before.at, walk.settled_before.id) if walk.settled_before else ()
    return await reads.fetch(
        f"""
        select {_COLUMNS}, least(a.last_occurred_at, ${n + 1}::timestamptz) as position_at
        from platform_alerts a
        where (not a.is_resolved or (a.is_resolved and a.resolved_at > ${n + 1}))
          and a.id <= ${n + 2} and a.id <> all(${n + 3}::bigint[]) and {where} {reopened}
        order by position_at desc, a.id desc
        limit ${n + 4}
        """,  # noqa: S608 - fragments of our own, values bound
        *values,
        walk.pinned_at,
        walk.newest_id,
        walk.shown_ids(),
        limit,
        *before,
    )


async def _settled(reads: Reads, filters: AlertFilters, walk: Walk, limit: int) -> Sequence[asyncpg.Record]:
    """Alerts that were resolved when the walk began: they stand still, so a position is enough."""
    if filters.is_resolved is False:
        return []
    where, values = where_clause(filters)
    n = len(values)
    after = f"and (a.settled_position_at, a.id) < (${n + 3}, ${n + 4})" if walk.settled_before is not None else ""
    before = (walk.settled_before.at, walk.settled_before.id) if walk.settled_before else ()
    return await reads.fetch(
        f"""
        select {_COLUMNS}, a.settled_position_at as position_at
        from platform_alerts a
        where a.is_resolved and a.resolved_at <= ${n + 1} and {where} {after}
        order by a.settled_position_at desc, a.id desc
        limit ${n + 2}
        """,  # noqa: S608 - fragments of our own, values bound
        *values,
        walk.pinned_at,
        limit,
        *before,
    )


async def detail(reads: Reads, alert_id: int, *, within: Fetch | None = None) -> AlertDetailOut:
    """One alert with its stores and its timeline, `within` a transaction that changed it; AlertNotFoundError."""
    fetch: Fetch = within or reads.fetch
    rows = await fetch(f"select {_COLUMNS} from platform_alerts a where a.id = $1", alert_id)  # noqa: S608 - constant
    if not rows:
        raise AlertNotFoundError(alert_id)
    row = rows[0]
    stores = await fetch("select * from alert_stores where alert_id = $1 order by first_at, store_id", alert_id)
    timeline = await fetch("select * from alert_timeline where alert_id = $1 order by id", alert_id)
    store_names = await names_of_stores(reads, {store["store_id"] for store in stores})
    people = await names_of_users(reads, _people([row]) | _present(entry["user_id"] for entry in timeline))
    return AlertDetailOut(
        **_fields(row, people),
        stores=[
            AlertStoreOut(
                store_id=store["store_id"],
                store_name=store_names.get(store["store_id"]),
                first_at=store["first_at"],
                last_at=store["last_at"],
                count=store["count"],
                healed_at=store["healed_at"],
            )
            for store in stores
        ],
        timeline=[
            TimelineOut(
                id=entry["id"],
                at=entry["at"],
                kind=entry["kind"],
                user=_person(entry["user_id"], people),
                detail=_json(entry["detail"]),
            )
            for entry in timeline
        ],
    )


async def stats(reads: Reads, *, now: datetime, timezone: ZoneInfo) -> AlertStatsOut:
    return await statistics(reads.fetch, now=now, timezone=timezone)


async def out_of_ingested(reads: Reads, row: Row) -> AlertOut:
    """What create-or-increment answers, from the row that its statement returned."""
    people_ids = _people([row])
    people = await names_of_users(reads, people_ids) if people_ids else {}
    return AlertOut(**_fields(row, people))


async def _out(reads: Reads, rows: Sequence[Row]) -> list[AlertOut]:
    people = await names_of_users(reads, _people(rows))
    return [AlertOut(**_fields(row, people)) for row in rows]


def _fields(row: Row, people: dict[int, str]) -> dict[str, Any]:  # Any: the fields of AlertOut
    return {
        name: row[name]
        for name in AlertOut.__struct_fields__
        if name not in {"affected_systems", "resolved_by", "acknowledged_by", "assigned_to"}
    } | {
        "affected_systems": _json(row["affected_systems"]),
        "resolved_by": _person(row["resolved_by_user_id"], people),
        "acknowledged_by": _person(row["acknowledged_by_user_id"], people),
        "assigned_to": _person(row["assigned_to_user_id"], people),
    }


def _json(value: Any) -> Any:  # Any: JSON
    # The pool hands jsonb over as its text, which goes into the reply as it is; a session decodes it.
    return msgspec.Raw(value.encode()) if isinstance(value, str) else value


def _people(rows: Iterable[Row]) -> set[int]:
    return _present(row[name] for row in rows for name in _PEOPLE)


def _present(ids: Iterable[int | None]) -> set[int]:
    return {found for found in ids if found is not None}


def _person(user_id: int | None, people: dict[int, str]) -> AlertPerson | None:
    return AlertPerson(id=user_id, name=people.get(user_id, "")) if user_id is not None else None
