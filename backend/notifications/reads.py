"""The hot reads: bell, badge and list, straight from asyncpg rows to JSON."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, bindparam, select

from backend.auth import names_of_users, person
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.hot_query import HotQuery
from backend.db.reads import Fetch, Reads
from backend.db.shared_read import shared
from backend.notifications.actions import LinkedAction, offered
from backend.notifications.errors import NotificationNotFoundError
from backend.notifications.filters import NotificationFilters, conditions
from backend.notifications.models import AdminNotification
from backend.notifications.schemas import NotificationOut, PriorityCounts, RecentOut, UnreadCountOut
from backend.tenancy import names_of_stores

_UNREAD_BY_PRIORITY = """
select priority, count(*) as count from admin_notifications
where not is_read and settled_at is null and deleted_at is null
group by priority
"""

# No row for who has no seen mark.
_NEW_COUNT = """
select (
    select count(*) from admin_notifications
    where not is_read and settled_at is null and deleted_at is null and id > mark.last_seen_id
) + (
    -- What came back since the mark was moved is new again. Those of them that are unread are few, and have an index of
    -- their own: `offset 0` keeps the planner from walking everything that is unread by its id.
    select count(*) from (
        select id, returned_at from admin_notifications
        where returned_at is not null and not is_read and settled_at is null and deleted_at is null
        offset 0
    ) back
    where back.returned_at > mark.updated_at and back.id <= mark.last_seen_id
)
from notification_seen_marks mark where mark.user_id = $1
"""

_RETURNED = """
select * from admin_notifications
where returned_at is not null and not is_read and settled_at is null and deleted_at is null
order by returned_at desc limit $1
"""

_ONE = "select * from admin_notifications where id = $1 and deleted_at is null"

# Newest first; an alert is shown with what was told of it of late.
_OF_ALERT = """
select id, type, store_id, notification_metadata from admin_notifications
where alert_id = $1 and settled_at is null and deleted_at is null order by id desc limit 50
"""

_COLUMNS = tuple(column.name for column in AdminNotification.__table__.columns)

Row = Any  # Any: a database row, read by column name


@lru_cache(maxsize=512)
def _list_query(shape: frozenset[str], *, is_continued: bool) -> HotQuery:
    statement = select(AdminNotification.__table__).where(conditions(shape))
    if is_continued:
        statement = statement.where(AdminNotification.id < bindparam("before_id", type_=BigInteger))
    return HotQuery(statement.order_by(AdminNotification.id.desc()).limit(bindparam("row_limit", type_=BigInteger)))


async def list_page(
    reads: Reads, filters: NotificationFilters, *, limit: int, cursor: str | None
) -> Page[NotificationOut]:
    """One page, newest first; any depth costs the same."""
    scope = ("notifications", msgspec.to_builtins(filters))
    before_id = decode_cursor(cursor, int, scope=scope)
    items = await _fetch(reads, filters, limit=limit + 1, before_id=before_id)
    return page_of(items, limit, lambda item: item.id, scope=scope)


async def recent(reads: Reads, *, user_id: int | None, limit: int) -> RecentOut:
    """The newest unread ones, how many are unread, and how many of them are new to this admin."""
    items = await _newest_unread(reads, limit)
    unread = (await unread_count(reads)).unread_count
    new = await reads.fetchval(_NEW_COUNT, user_id) if user_id is not None else None
    # All of them are new to whoever never looked, and to machines.
    return RecentOut(items=items, unread_count=unread, new_count=unread if new is None else new)


@shared
async def _newest_unread(reads: Reads, limit: int) -> list[NotificationOut]:
    """By when they came, or came back."""
    newest = await _fetch(reads, NotificationFilters(is_read=False, settled=False), limit=limit, before_id=None)
    returned = await _with_names(reads, await reads.fetch(_RETURNED, limit))
    both = {item.id: item for item in (*newest, *returned)}
    return sorted(both.values(), key=lambda item: item.returned_at or item.created_at, reverse=True)[:limit]


@shared
async def unread_count(reads: Reads) -> UnreadCountOut:
    rows = await reads.fetch(_UNREAD_BY_PRIORITY)
    counts = {row["priority"]: row["count"] for row in rows}
    return UnreadCountOut(
        unread_count=sum(counts.values()),
        by_priority=PriorityCounts(
            critical=counts.get("critical", 0),
            high=counts.get("high", 0),
            normal=counts.get("normal", 0),
            low=counts.get("low", 0),
        ),
    )


async def one(reads: Reads, notification_id: int) -> NotificationOut:
    """One notification; raises NotificationNotFoundError, also for a deleted one."""
    row = await reads.fetchrow(_ONE, notification_id)
    if row is None:
        raise NotificationNotFoundError(notification_id)
    (found,) = await _with_names(reads, [row])
    return found


async def out_of(reads: Reads, notification: AdminNotification) -> NotificationOut:
    """One notification as the API shows it, from its ORM row."""
    (found,) = await _with_names(reads, [{name: getattr(notification, name) for name in _COLUMNS}])
    return found


async def actions_of_alert(fetch: Fetch, alert_id: int) -> list[LinkedAction]:
    """What the unsettled notifications of an alert offer: each kind once a store, by the newest of them."""
    rows = await fetch(_OF_ALERT, alert_id)
    newest: dict[tuple[str, int | None], LinkedAction] = {}
    for row in rows:
        metadata = row["notification_metadata"]
        known = msgspec.json.decode(metadata) if isinstance(metadata, str) else metadata
        for action in offered(row["type"], known, row["store_id"], is_settled=False):
            linked = LinkedAction(action.kind, action.target, row["id"], row["store_id"])
            newest.setdefault((action.kind, row["store_id"]), linked)
    return list(newest.values())


async def _fetch(
    reads: Reads, filters: NotificationFilters, *, limit: int, before_id: int | None
) -> list[NotificationOut]:
    query = _list_query(filters.shape(), is_continued=before_id is not None)
    rows = await query.fetch(reads, {**filters.parameters(), "before_id": before_id, "row_limit": limit})
    return await _with_names(reads, rows)


async def _with_names(reads: Reads, rows: Sequence[Row]) -> list[NotificationOut]:
    people = await names_of_users(
        reads, _present(row[name] for row in rows for name in ("read_by_user_id", "snoozed_by_user_id"))
    )
    stores = await names_of_stores(reads, _present(row["store_id"] for row in rows))
    return [_out(row, people, stores) for row in rows]


def _present(ids: Iterable[int | None]) -> set[int]:
    return {found for found in ids if found is not None}


def _out(row: Row, people: dict[int, str], stores: dict[int, str]) -> NotificationOut:
    reader = row["read_by_user_id"]
    metadata: Any = row["notification_metadata"]  # Any: JSON
    if isinstance(metadata, str):
        # asyncpg hands jsonb over as its text, which goes into the reply as it is.
        text, metadata = metadata, msgspec.Raw(metadata.encode())
        known = msgspec.json.decode(text)
    else:
        known = metadata
    return NotificationOut(
        id=row["id"],
        type=row["type"],
        priority=row["priority"],
        title=row["title"],
        message=row["message"],
        is_read=row["is_read"],
        read_at=row["read_at"],
        read_by_user_id=reader,
        read_by=person(people, reader),
        action_required=row["action_required"],
        action_url=row["action_url"],
        notification_metadata=metadata,
        store_id=row["store_id"],
        store_name=stores.get(row["store_id"]),
        alert_id=row["alert_id"],
        actions=offered(row["type"], known, row["store_id"], is_settled=row["settled_at"] is not None),
        settled_at=row["settled_at"],
        settled_reason=row["settled_reason"],
        deleted_at=row["deleted_at"],
        snoozed_until=row["snoozed_until"],
        snoozed_by=person(people, row["snoozed_by_user_id"]),
        returned_at=row["returned_at"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
