"""What was raised of late for no alert, in batches: for those who look at all of it, as a silence's preview does."""

from collections.abc import AsyncIterator, Collection, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from backend.db.batches import in_batches
from backend.db.reads import Reads
from backend.db.where import Condition, one_of, where_clause

# In the order of Raised.
_COLUMNS = "id, type, priority, store_id, title, message, created_at, not is_read and settled_at is null"
_SINCE = """
select {columns} from admin_notifications
where alert_id is null and deleted_at is null and {where} and created_at >= {since}::timestamptz
  and (created_at, id) < ({at}::timestamptz, {id}::bigint)
order by created_at desc, id desc limit {limit}::bigint
"""
_UNREAD_BEFORE = """
select {columns} from admin_notifications
where alert_id is null and not is_read and settled_at is null and deleted_at is null and {where}
  and created_at < {since}::timestamptz
  and id < {id}::bigint
order by id desc limit {limit}::bigint
"""
_LAST_ID = 2**63 - 1
_LAST_TIME = datetime(9999, 1, 1, tzinfo=UTC)

Row = Any  # Any: a database row, read by column name


class Raised(NamedTuple):
    id: int
    type: str
    priority: str
    store_id: int | None
    title: str
    message: str
    created_at: datetime
    is_unread: bool


async def raised_since(
    reads: Reads,
    since: datetime,
    *,
    types: Collection[str] = (),
    priorities: Collection[str] = (),
    store_ids: Collection[int] | None = None,
) -> AsyncIterator[list[Raised]]:
    """All notifications since then, newest first, and after them those that are older and still unread.

    One that rang for an alert is told with it, and is left out. Empty `types` and `priorities` limit nothing, nor does
    `store_ids` when it is None.
    """
    where, values = where_clause(_conditions(types, priorities, store_ids))
    parameters = [f"${len(values) + number}" for number in range(1, 5)]
    since_at, first, second, third = parameters
    recent = _SINCE.format(columns=_COLUMNS, where=where, since=since_at, at=first, id=second, limit=third)
    async for rows in in_batches(
        reads.fetch,
        recent,
        [*values, since],
        after=(_LAST_TIME, _LAST_ID),
        key=lambda row: (row["created_at"], row["id"]),
    ):
        yield [Raised(*row) for row in rows]
    older = _UNREAD_BEFORE.format(columns=_COLUMNS, where=where, since=since_at, id=first, limit=second)
    async for rows in in_batches(reads.fetch, older, [*values, since], after=(_LAST_ID,), key=lambda row: (row["id"],)):
        yield [Raised(*row) for row in rows]


def _conditions(
    types: Collection[str], priorities: Collection[str], store_ids: Collection[int] | None
) -> Iterable[Condition]:
    yield from one_of("type", "text", sorted(types))
    yield from one_of("priority", "text", sorted(priorities))
    if store_ids is not None:
        yield "store_id = any($?::bigint[])", sorted(store_ids)
