"""What became of the notifications of a while: how many of each store and state, and the weightiest of them as rows."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from backend.db.reads import Fetch
from backend.notifications.kinds import NotificationType

# What rang for an alert is the alert's own story. An end is the first of being read and being settled.
# One that is put off is told when it is back, also by hand: nobody was told of it meanwhile.
_BETWEEN = """
with happened as (
    select id, priority, title, store_id, read_by_user_id, settled_reason, snoozed_until,
        case when back_at < $2::timestamptz then back_at else created_at end as began_at,
        least(read_at, settled_at) as ended_at,
        case when least(read_at, settled_at) < $2::timestamptz then
            case when read_at <= settled_at or settled_at is null then 'read'
                 when settled_reason = any($3::text[]) then 'settled_by_hand'
                 else 'settled' end
        else 'open' end as state
    from admin_notifications
    where deleted_at is null and alert_id is null and type <> all($4::text[])
      and ((created_at >= $1::timestamptz and created_at < $2::timestamptz)
        or (back_at >= $1::timestamptz and back_at < $2::timestamptz)
        or (least(read_at, settled_at) >= $1::timestamptz and least(read_at, settled_at) < $2::timestamptz))
),
placed as (
    select *, case when state = 'open' then began_at else ended_at end as at,
        count(*) over (partition by store_id, state) as total,
        row_number() over (
            partition by store_id, state
            order by array_position(array['critical', 'high', 'normal', 'low'], priority), id desc) as place
    from happened where state <> 'open' or snoozed_until is null
)
select * from placed where place <= $5::bigint
"""
_RUNG_BY = """
select distinct alert_id from admin_notifications where alert_id = any($1::bigint[]) and type = any($2::text[])
"""


class Became(StrEnum):
    OPEN = "open"
    READ = "read"
    SETTLED = "settled"
    SETTLED_BY_HAND = "settled_by_hand"


class Happened(NamedTuple):
    """`at` is when it ended, or else was raised or came back; `total` counts those of its store and state."""

    id: int
    priority: str
    title: str
    store_id: int | None
    became: Became
    at: datetime
    read_by_user_id: int | None
    settled_reason: str | None
    total: int


async def notifications_between(
    fetch: Fetch,
    start: datetime,
    end: datetime,
    *,
    reasons_by_hand: Collection[str] = (),
    without: Collection[NotificationType] = (),
    most: int,
) -> list[Happened]:
    """Those raised, back or ended from `start` on and before `end`, as they stood at `end`.

    What was settled for one of `reasons_by_hand` was settled by a person; types in `without` are left out, and what is
    put off. Of each store and state `most`.
    """
    rows = await fetch(_BETWEEN, start, end, list(reasons_by_hand), [kind.value for kind in without], most)
    return [
        Happened(
            id=row["id"],
            priority=row["priority"],
            title=row["title"],
            store_id=row["store_id"],
            became=Became(row["state"]),
            at=row["at"],
            read_by_user_id=row["read_by_user_id"],
            settled_reason=row["settled_reason"],
            total=row["total"],
        )
        for row in rows
    ]


async def alerts_rung_by(fetch: Fetch, alert_ids: Collection[int], types: Collection[NotificationType]) -> set[int]:
    """Those of these alerts for which a notification of one of the types rang."""
    rows = await fetch(_RUNG_BY, list(alert_ids), [kind.value for kind in types])
    return {row["alert_id"] for row in rows}
