"""Orders as the API shows them: the list, and one with all that belongs to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from backend.catalog import products_by_id
from backend.core.paging import Page, decode_cursor, page_of
from backend.db.reads import Reads
from backend.db.where import where_clause
from backend.orders.errors import OrderNotFoundError
from backend.orders.exception_reads import exceptions_of
from backend.orders.filters import OrderFilters
from backend.orders.incoming import OrderStatus
from backend.orders.schemas import AddressOut, OrderDetailOut, OrderItemOut, OrderOut, UnitOut
from backend.tenancy import names_of_stores

_PLAIN = [
    field.name
    for field in msgspec.structs.fields(OrderOut)
    if field.name not in {"store_name", "status", "piece_count"}
]
_COLUMNS = f"""
    {", ".join(f"o.{name}" for name in _PLAIN)}, o.status,
    (select coalesce(sum(t.quantity), 0) from order_items t where t.order_id = o.id) as piece_count
"""  # noqa: S608 - names of our own fields
_ONE = f"""
    select {_COLUMNS}, o.shipping_address, o.billing_address, o.exception_notification_id
    from orders o where o.id = $1::bigint
"""  # noqa: S608 - constants of our own
_ITEMS = "select * from order_items where order_id = $1::bigint order by id"
_ITEM_FIELDS = [
    field.name for field in msgspec.structs.fields(OrderItemOut) if field.name not in {"units", "product", "exception"}
]

Row = Any  # Any: a database row, read by column name


class _Position(NamedTuple):
    order_date: datetime
    id: int


async def order_page(reads: Reads, filters: OrderFilters, *, limit: int, cursor: str | None) -> Page[OrderOut]:
    """One page, the latest orders first."""
    scope = ("orders", msgspec.to_builtins(filters))
    where, values = where_clause(filters.conditions(), filters.switches())
    if (before := decode_cursor(cursor, _Position, scope=scope)) is not None:
        where += f" and (o.order_date, o.id) < (${len(values) + 1}::timestamptz, ${len(values) + 2}::bigint)"
        values += before
    sql = f"select {_COLUMNS} from orders o where {where} order by o.order_date desc, o.id desc"  # noqa: S608 - ours
    rows = await reads.fetch(f"{sql} limit ${len(values) + 1}::bigint", *values, limit + 1)
    stores = await names_of_stores(reads, {row["store_id"] for row in rows})
    items = [OrderOut(**_fields(row, stores)) for row in rows]
    return page_of(items, limit, lambda item: _Position(item.order_date, item.id), scope=scope)


async def one_order(reads: Reads, order_id: int) -> OrderDetailOut:
    """One order with its items and exceptions; OrderNotFoundError."""
    row = await reads.fetchrow(_ONE, order_id)
    if row is None:
        raise OrderNotFoundError(order_id)
    return OrderDetailOut(
        **_fields(row, await names_of_stores(reads, {row["store_id"]})),
        shipping_address=_address(row["shipping_address"]),
        billing_address=_address(row["billing_address"]),
        exception_notification_id=row["exception_notification_id"],
        items=await _items(reads, order_id),
    )


async def _items(reads: Reads, order_id: int) -> list[OrderItemOut]:
    rows = await reads.fetch(_ITEMS, order_id)
    exceptions = await exceptions_of(reads, order_id)
    products = await products_by_id(reads.fetch, {row["product_id"] for row in rows})
    return [
        OrderItemOut(
            **{name: row[name] for name in _ITEM_FIELDS},
            units=msgspec.json.decode(row["units"], type=list[UnitOut]),
            product=products.get(row["product_id"]),
            exception=exceptions.get(row["id"]),
        )
        for row in rows
    ]


def _fields(row: Row, stores: Mapping[int, str]) -> dict[str, Any]:  # Any: the fields of OrderOut
    return {name: row[name] for name in _PLAIN} | {
        "store_name": stores.get(row["store_id"], ""),
        "status": OrderStatus(row["status"]),
        "piece_count": int(row["piece_count"]),
    }


def _address(value: str | None) -> AddressOut | None:
    return None if value is None else msgspec.json.decode(value, type=AddressOut)
