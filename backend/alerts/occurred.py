"""What occurred of late, as plain rows in batches: for those who look at all of it, as the preview of a silence."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from backend.db.batches import in_batches
from backend.db.reads import Reads
from backend.db.where import Condition, where_clause

# An alert that is resolved, or was reopened by hand, may have no open store: then it is about all of its stores.
_COLUMNS = """
    a.id, a.alert_type, a.severity, a.title, a.description, a.created_at, a.last_occurred_at,
    a.settled_position_at, not a.is_resolved as is_open,
    coalesce(
        nullif(array(select s.store_id from alert_stores s where s.alert_id = a.id and s.healed_at is null), '{}'),
        array(select s.store_id from alert_stores s where s.alert_id = a.id)) as store_ids
"""
_OPEN = """
select {columns} from platform_alerts a
where not a.is_resolved and {where} and a.id < {id}::bigint order by a.id desc limit {limit}::bigint
"""
_RESOLVED = """
select {columns} from platform_alerts a
where a.is_resolved and {where} and a.settled_position_at >= {since}::timestamptz
  and (a.settled_position_at, a.id) < ({at}::timestamptz, {id}::bigint)
order by a.settled_position_at desc, a.id desc limit {limit}::bigint
"""
_LAST_ID = 2**63 - 1
_LAST_TIME = datetime(9999, 1, 1, tzinfo=UTC)

Row = Any  # Any: a database row, read by column name


class Occurred(NamedTuple):
    """`store_ids` are those that are still affected; all of them when none is."""

    id: int
    alert_type: str
    severity: str
    title: str
    description: str
    store_ids: tuple[int, ...]
    created_at: datetime
    last_occurred_at: datetime
    is_open: bool


async def occurred_since(
    reads: Reads,
    since: datetime,
    *,
    store_ids: Collection[int] | None = None,
) -> AsyncIterator[list[Occurred]]:
    """All open alerts, newest first, and after them the resolved ones that last occurred since then.

    With `store_ids` it is those that affected one of them.
    """
    where, values = where_clause(_conditions(store_ids))
    first, second, third, fourth = (f"${len(values) + number}" for number in range(1, 5))
    is_open = _OPEN.format(columns=_COLUMNS, where=where, id=first, limit=second)
    async for rows in in_batches(reads.fetch, is_open, values, after=(_LAST_ID,), key=lambda row: (row["id"],)):
        yield _occurred(rows)
    resolved = _RESOLVED.format(columns=_COLUMNS, where=where, since=first, at=second, id=third, limit=fourth)
    async for rows in in_batches(
        reads.fetch,
        resolved,
        [*values, since],
        after=(_LAST_TIME, _LAST_ID),
        key=lambda row: (row["settled_position_at"], row["id"]),
    ):
        yield _occurred(rows)


def _conditions(store_ids: Collection[int] | None) -> Iterable[Condition]:
    if store_ids is not None:
        yield (
            "exists (select 1 from alert_stores s where s.alert_id = a.id and s.store_id = any($?::bigint[]))",
            sorted(store_ids),
        )


def _occurred(rows: Sequence[Row]) -> list[Occurred]:
    return [
        Occurred(
            id=row["id"],
            alert_type=row["alert_type"],
            severity=row["severity"],
            title=row["title"],
            description=row["description"],
            store_ids=tuple(row["store_ids"]),
            created_at=row["created_at"],
            last_occurred_at=row["last_occurred_at"],
            is_open=row["is_open"],
        )
        for row in rows
    ]
