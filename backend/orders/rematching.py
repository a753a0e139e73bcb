"""Items whose GTIN or SKU the source has changed are matched anew, unless a person has said what they are."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import comparable_gtin
from backend.core.clock import Clock
from backend.db.doorbells import Hint, ring_after_commit
from backend.db.reads import fetch_within
from backend.orders.settling import ExceptionStatus

Row = Mapping[str, Any]  # Any: column values
Items = Mapping[tuple[int, str], Row]

_PRESENT = """
    select t.id, t.order_id, t.external_variant_id, t.gtin, t.sku, e.status, e.is_automatic
    from order_items t left join order_item_exceptions e on e.order_item_id = t.id
    where t.order_id = any($1::bigint[])
"""

# Who matches now needs no exception any more, or has one that is settled; who does not, has one that is pending.
_REMATCH = """
    with input as materialized (
        select * from jsonb_to_recordset($1::jsonb) as i (
            item_id bigint, order_id bigint, product_id bigint, product_name text, gtin text, sku text,
            comparable_gtin text, exception_type text)
    ),
    matched as (
        update order_items t set product_id = i.product_id, needs_product_match = i.exception_type is not null
        from input i where t.id = i.item_id
    ),
    settled as (
        update order_item_exceptions e set
            status = 'resolved', resolved_product_id = i.product_id, resolved_at = $3::timestamptz,
            resolution_notes = 'Matched by the numbers that the marketplace has changed.', is_automatic = true,
            original_gtin = left(i.gtin, 50), original_product_name = left(i.product_name, 500),
            original_sku = left(i.sku, 100), comparable_gtin = i.comparable_gtin, updated_at = $3::timestamptz
        from input i where e.order_item_id = i.item_id and i.exception_type is null
    )
    insert into order_item_exceptions as e (
        order_item_id, order_id, store_id, original_gtin, original_product_name, original_sku, comparable_gtin,
        exception_type, created_at, updated_at)
    select
        i.item_id, i.order_id, $2::bigint, left(i.gtin, 50), left(i.product_name, 500), left(i.sku, 100),
        i.comparable_gtin, i.exception_type, $3::timestamptz, $3::timestamptz
    from input i where i.exception_type is not null order by i.item_id
    on conflict (order_item_id) do update set
        original_gtin = excluded.original_gtin,
        original_product_name = excluded.original_product_name,
        original_sku = excluded.original_sku,
        comparable_gtin = excluded.comparable_gtin,
        exception_type = excluded.exception_type,
        status = 'pending', resolved_product_id = null, resolved_at = null, resolution_notes = null,
        is_automatic = false,
        updated_at = excluded.updated_at
    returning e.id
"""


async def present_items(session: AsyncSession, order_ids: Collection[int]) -> Items:
    """The items of orders that the caller holds, by order and variant, before they are written anew."""
    rows = await fetch_within(session)(_PRESENT, sorted(order_ids)) if order_ids else ()
    return {(row["order_id"], row["external_variant_id"]): row for row in rows}


def stale(rows: Sequence[Row], present: Items) -> list[Row]:
    """Those of the new rows that are to be matched anew, each with its `item_id`."""
    return [
        {**row, "item_id": before["id"]}
        for row in rows
        if (before := present.get((row["order_id"], row["external_variant_id"]))) is not None
        and not _is_said_by_hand(before)
        and _numbers(row) != _numbers(before)
    ]


async def rematch(session: AsyncSession, clock: Clock, store_id: int, rows: Sequence[Row]) -> None:
    """Write what these items are now, and their exceptions; the caller counts the orders' exceptions after it."""
    if not rows:
        return
    await fetch_within(session)(_REMATCH, msgspec.json.encode(rows).decode(), store_id, clock.now())
    ring_after_commit(session, Hint(event="order_exception.changed", store_id=store_id))


def _is_said_by_hand(before: Row) -> bool:
    """An item without an exception was matched when it was taken."""
    return before["status"] not in {None, ExceptionStatus.PENDING} and not before["is_automatic"]


def _numbers(item: Row) -> tuple[str | None, str | None]:
    """How a GTIN is spelled means nothing; one that is no GTIN matches nothing."""
    return comparable_gtin(item["gtin"]), item["sku"] or None
