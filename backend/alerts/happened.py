"""What became of the alerts of a while, with their stores: as they stood at its end."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from backend.alerts.kinds import TimelineKind
from backend.db.reads import Fetch

# More of the same is not worse; ten times as much is (REPEATED). A store that joins is told by the store's own row.
# What was put off is news when it is back, and until then it is left out.
_WORSE = (TimelineKind.ESCALATED, TimelineKind.REPEATED, TimelineKind.REOPENED, TimelineKind.RETURNED)

_COLUMNS = """
    a.id, a.severity, a.title, a.occurrence_count, a.first_occurred_at, a.resolved_by_user_id, a.resolution_notes,
    (select max(t.at) from alert_timeline t
     where t.alert_id = a.id and t.kind = any($3::text[])
       and t.at >= $1::timestamptz and t.at < $2::timestamptz) as worse_at
"""
# Whatever happens to an open alert moves its `updated_at`, increments too.
_BETWEEN = f"""
select {_COLUMNS}, null::timestamptz as resolved_at from platform_alerts a
where not a.is_resolved and a.snoozed_until is null
  and a.updated_at >= $1::timestamptz and a.first_occurred_at < $2::timestamptz
union all
select {_COLUMNS}, case when a.resolved_at < $2::timestamptz then a.resolved_at end as resolved_at
from platform_alerts a
where a.is_resolved and a.resolved_at >= $1::timestamptz and a.first_occurred_at < $2::timestamptz
"""  # noqa: S608 - a constant of our own
_STORES = """
select s.alert_id, s.store_id, s.first_at, case when s.healed_at < $2::timestamptz then s.healed_at end as healed_at
from alert_stores s where s.alert_id = any($1::bigint[]) and s.first_at < $2::timestamptz
order by s.alert_id, s.store_id
"""
_HEALERS = """
select t.alert_id, (t.detail ->> 'store_id')::bigint as store_id, t.detail ->> 'by' as healed_by from alert_timeline t
where t.alert_id = any($1::bigint[]) and t.kind = 'store_healed'
  and t.at >= $2::timestamptz and t.at < $3::timestamptz
order by t.id
"""

Row = Any  # Any: a database row, read by column name


class StoreThen(NamedTuple):
    """One store of an alert; `healed_by` names the run, as far as it is known."""

    store_id: int
    first_at: datetime
    healed_at: datetime | None
    healed_by: str | None


class AlertThen(NamedTuple):
    """`worse_at` is when it last escalated, grew tenfold, was reopened or came back within the time asked for."""

    id: int
    severity: str
    title: str
    occurrence_count: int
    first_occurred_at: datetime
    worse_at: datetime | None
    resolved_at: datetime | None
    resolved_by_user_id: int | None
    resolution_notes: str | None
    stores: tuple[StoreThen, ...]


async def alerts_between(fetch: Fetch, start: datetime, end: datetime) -> list[AlertThen]:
    """Those that were opened, touched or resolved from `start` on, as they stood at `end`.

    Later ones are left out, and those that are put off.
    """
    rows = await fetch(_BETWEEN, start, end, [kind.value for kind in _WORSE])
    ids = [row["id"] for row in rows]
    stores = _by_alert(await fetch(_STORES, ids, end), await fetch(_HEALERS, ids, start, end))
    return [
        AlertThen(
            id=row["id"],
            severity=row["severity"],
            title=row["title"],
            occurrence_count=row["occurrence_count"],
            first_occurred_at=row["first_occurred_at"],
            worse_at=row["worse_at"],
            resolved_at=row["resolved_at"],
            resolved_by_user_id=row["resolved_by_user_id"],
            resolution_notes=row["resolution_notes"],
            stores=tuple(stores[row["id"]]),
        )
        for row in rows
    ]


def _by_alert(stores: Sequence[Row], healers: Sequence[Row]) -> Mapping[int, list[StoreThen]]:
    healed_by = {(row["alert_id"], row["store_id"]): row["healed_by"] for row in healers}
    found: defaultdict[int, list[StoreThen]] = defaultdict(list)
    for row in stores:
        by = healed_by.get((row["alert_id"], row["store_id"]))
        found[row["alert_id"]].append(StoreThen(row["store_id"], row["first_at"], row["healed_at"], by))
    return found
