"""Order exceptions as the API shows them: the list, one, those of an order, the figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend.auth import names_of_users, person
from backend.catalog import products_by_id
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.reads import Fetch, Reads
from backend.db.shared_read import shared
from backend.db.where import one_of, where_clause
from backend.orders.errors import ExceptionNotFoundError
from backend.orders.filters import ExceptionFilters
from backend.orders.incoming import OrderStatus
from backend.orders.matching import ExceptionType
from backend.orders.schemas import OrderExceptionOut, OrderExceptionStatsOut
from backend.orders.settling import ExceptionStatus
from backend.tenancy import names_of_stores

_SHOWN = """
    select e.*, o.order_number, o.external_order_number, o.status as order_status, o.order_date, o.currency,
        t.quantity, t.unit_price_cents
    from ({chosen}) e
    join orders o on o.id = e.order_id
    join order_items t on t.id = e.order_item_id
    order by e.id desc
"""
_COUNTS = """
    select e.status, e.exception_type, count(*) as count, min(e.created_at) as oldest
    from order_item_exceptions e where {where} group by e.status, e.exception_type
"""
# What is confirmed already lacks the product and nothing else.
_WAITING = "select count(*) from orders o where o.status = 'pending' and o.pending_exception_count > 0 and {where}"
# Columns of the row that are shown under their own name.
_PLAIN = {field.name for field in msgspec.structs.fields(OrderExceptionOut)} - {
    "store_name", "order_status", "exception_type", "status", "resolved_product", "resolved_by",
}  # fmt: skip

Row = Any  # Any: a database row, read by column name


async def exception_page(
    reads: Reads, filters: ExceptionFilters, *, limit: int, cursor: str | None
) -> Page[OrderExceptionOut]:
    """One page, newest first."""
    scope = ("order_exceptions", msgspec.to_builtins(filters))
    before_id = decode_cursor(cursor, int, scope=scope)
    following = [] if before_id is None else [("e.id < $?::bigint", before_id)]
    where, values = where_clause([*filters.conditions(), *following], filters.switches())
    chosen = f"select * from order_item_exceptions e where {where} order by e.id desc limit ${len(values) + 1}::bigint"  # noqa: S608 - ours
    rows = await reads.fetch(_SHOWN.format(chosen=chosen), *values, limit + 1)
    return page_of(await _out(reads, reads.fetch, rows), limit, lambda item: item.id, scope=scope)


async def one_exception(reads: Reads, exception_id: int, *, within: Fetch | None = None) -> OrderExceptionOut:
    """One, `within` a transaction that changed it; ExceptionNotFoundError."""
    fetch: Fetch = within or reads.fetch
    rows = await fetch(_SHOWN.format(chosen="select * from order_item_exceptions where id = $1::bigint"), exception_id)
    if not rows:
        raise ExceptionNotFoundError(exception_id)
    (found,) = await _out(reads, fetch, rows)
    return found


async def exceptions_of(reads: Reads, order_id: int) -> dict[int, OrderExceptionOut]:
    """An order's, by the items that they are of."""
    chosen = "select * from order_item_exceptions where order_id = $1::bigint"
    rows = await reads.fetch(_SHOWN.format(chosen=chosen), order_id)
    return {found.order_item_id: found for found in await _out(reads, reads.fetch, rows)}


@shared
async def exception_stats(reads: Reads, store_ids: tuple[int, ...]) -> OrderExceptionStatsOut:
    where, values = where_clause(one_of("e.store_id", "bigint", store_ids), ())
    rows = await reads.fetch(_COUNTS.format(where=where), *values)
    pending = [row for row in rows if row["status"] == ExceptionStatus.PENDING]
    oldest: list[datetime] = [row["oldest"] for row in pending]
    return OrderExceptionStatsOut(
        pending=sum(row["count"] for row in pending),
        resolved=_count(rows, ExceptionStatus.RESOLVED),
        ignored=_count(rows, ExceptionStatus.IGNORED),
        pending_by_type={kind.value: 0 for kind in ExceptionType} | {r["exception_type"]: r["count"] for r in pending},
        waiting_orders=await reads.fetchval(_WAITING.format(where=where.replace("e.", "o.")), *values),
        oldest_pending_at=min(oldest, default=None),
    )


def _count(rows: Sequence[Row], status: ExceptionStatus) -> int:
    return sum(row["count"] for row in rows if row["status"] == status)


async def _out(reads: Reads, fetch: Fetch, rows: Sequence[Row]) -> list[OrderExceptionOut]:
    stores = await names_of_stores(reads, {row["store_id"] for row in rows})
    people = await names_of_users(reads, {row["resolved_by_user_id"] for row in rows} - {None})
    products = await products_by_id(fetch, {row["resolved_product_id"] for row in rows} - {None})
    return [
        OrderExceptionOut(
            **{name: row[name] for name in _PLAIN},
            store_name=stores.get(row["store_id"], ""),
            order_status=OrderStatus(row["order_status"]),
            exception_type=ExceptionType(row["exception_type"]),
            status=ExceptionStatus(row["status"]),
            resolved_product=products.get(row["resolved_product_id"]),
            resolved_by=person(people, row["resolved_by_user_id"]),
        )
        for row in rows
    ]
