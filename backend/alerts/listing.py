"""The alert list: one page of a walk that neither loses nor doubles alerts that move meanwhile (walk.py)."""

from collections.abc import Sequence
from typing import Any

import msgspec

from backend.alerts.filters import AlertFilters, where_clause
from backend.alerts.reads import COLUMNS, with_people
from backend.alerts.schemas import AlertOut
from backend.alerts.walk import Position, Walk, advance
from backend.core.errors import InvalidInputError
from backend.core.paging import Page, decode_cursor, encode_cursor
from backend.db.reads import Reads

Row = Any  # Any: a database row, read by column name

_FIRST = """
select {columns}, a.last_occurred_at as position_at, not a.is_resolved as was_open,
    -- In the same snapshot as the page: what comes after belongs to no page of this walk.
    (select max(id) from platform_alerts) as newest_id,
    (select coalesce(max(id), 0) from alert_timeline) as told_id
from (
    (select * from platform_alerts a where not a.is_resolved and {where}
     order by a.last_occurred_at desc, a.id desc limit {limit})
    union all
    (select * from platform_alerts a where a.is_resolved and {where}
     order by a.settled_position_at desc, a.id desc limit {limit})
) a
order by position_at desc, a.id desc limit {limit}
"""

_NEXT = """
with switched as materialized (
    -- Those that changed sides since the walk began, and how each stood then.
    select s.alert_id as id, stood.kind = 'resolved' as was_resolved,
        (stood.detail ->> 'last_occurred_at')::timestamptz as position_at
    from (select distinct alert_id from alert_timeline
          where id > {told} and kind in ('resolved', 'reopened')) s
    left join lateral (
        select t.kind, t.detail from alert_timeline t
        where t.alert_id = s.alert_id and t.id <= {told} and t.kind in ('resolved', 'reopened')
        order by t.id desc limit 1) stood on true
)
select {columns}, page.position_at, page.was_open
from (
    (select a.id, a.last_occurred_at as position_at, true as was_open
     from platform_alerts a
     where not a.is_resolved and a.id <= {newest} and a.id <> all({shown}) and {where}
       and not exists (select from switched where switched.id = a.id)
       -- Reopened by a transaction that was under way when the walk began: it was shown where it had settled.
       and (a.settled_position_at is null or (a.settled_position_at, a.id) < {before})
     order by a.last_occurred_at desc, a.id desc limit {limit})
    union all
    (select a.id, a.settled_position_at, false
     from platform_alerts a
     where a.is_resolved and (a.settled_position_at, a.id) < {before} and a.id <= {newest} and {where}
       and not exists (select from switched where switched.id = a.id)
     order by a.settled_position_at desc, a.id desc limit {limit})
    union all
    (select a.id, coalesce(case when switched.was_resolved then switched.position_at end, a.last_occurred_at),
         switched.was_resolved is not true
     from switched join platform_alerts a on a.id = switched.id
     where a.id <= {newest} and {where}
       and case when switched.was_resolved then (switched.position_at, a.id) < {before}
                else a.id <> all({shown}) end)
) page
join platform_alerts a on a.id = page.id
order by page.position_at desc, a.id desc limit {limit}
"""


async def list_page(reads: Reads, filters: AlertFilters, *, limit: int, cursor: str | None) -> Page[AlertOut]:
    """One page, newest occurrence first."""
    scope = ("alerts", msgspec.to_builtins(filters))
    walk = decode_cursor(cursor, Walk, scope=scope)
    rows = await _first(reads, filters, limit + 1) if walk is None else await _next(reads, filters, walk, limit + 1)
    shown = rows[:limit]
    items = await with_people(reads, shown)
    if len(rows) <= limit:
        return Page(items=items, next_cursor=None)
    following = advance(
        walk,
        newest_id=walk.newest_id if walk else shown[0]["newest_id"],
        told_id=walk.told_id if walk else shown[0]["told_id"],
        last_shown=Position(shown[-1]["position_at"], shown[-1]["id"]),
        open_shown=[row["id"] for row in shown if row["was_open"]],
    )
    return Page(items=items, next_cursor=encode_cursor(following, scope=scope))


async def _first(reads: Reads, filters: AlertFilters, limit: int) -> Sequence[Row]:
    where, values = where_clause(filters)
    sql = _FIRST.format(columns=COLUMNS, where=where, limit=f"${len(values) + 1}::bigint")
    return await reads.fetch(sql, *values, limit)


async def _next(reads: Reads, filters: AlertFilters, walk: Walk, limit: int) -> Sequence[Row]:
    where, values = where_clause(filters)
    n = len(values)
    sql = _NEXT.format(
        columns=COLUMNS,
        where=where,
        told=f"${n + 1}::bigint",
        newest=f"${n + 2}::bigint",
        shown=f"${n + 3}::bigint[]",
        before=f"(${n + 4}::timestamptz, ${n + 5}::bigint)",
        limit=f"${n + 6}::bigint",
    )
    before = walk.settled_before
    try:
        shown = walk.shown_ids()
    except ValueError as error:
        raise InvalidInputError.field("cursor", "not a cursor of this list") from error
    return await reads.fetch(sql, *values, walk.told_id, walk.newest_id, shown, before.at, before.id, limit)
