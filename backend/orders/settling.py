"""What every settled exception takes along: its item's product, its order's count, the notification, the hints.

Whoever settles holds the order's row, or the store's turn.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.db.doorbells import Hint, ring_after_commit
from backend.db.reads import fetch_within
from backend.notifications import AdminNotificationService


class ExceptionStatus(StrEnum):
    PENDING = "pending"
    RESOLVED = "resolved"
    IGNORED = "ignored"


# Chunks of one store, and what settles many of its exceptions, take turns: so that they see each other's rows, and
# cannot deadlock.
_TAKE_TURN = "select pg_advisory_xact_lock(hashtextextended('orders', $1::bigint))"
_HOLD_ORDERS = "select id from orders where id = any($1::bigint[]) order by id for update"

_SETTLE = """
    with input as (
        select * from unnest($1::bigint[], $2::bigint[]) as i (exception_id, product_id)
    ),
    settled as (
        update order_item_exceptions e set
            status = $3::text, resolved_product_id = i.product_id, resolved_at = $4::timestamptz,
            resolved_by_user_id = $5::bigint, resolution_notes = $6::text, is_automatic = $7::boolean,
            updated_at = $4::timestamptz
        from input i where e.id = i.exception_id and e.status = 'pending'
        returning e.id, e.order_item_id, e.order_id, i.product_id
    ),
    matched as (
        update order_items t set
            product_id = coalesce(s.product_id, t.product_id), needs_product_match = false
        from settled s where t.id = s.order_item_id
    )
    select id, order_id from settled
"""

_RECOUNT = """
    update orders o set pending_exception_count = counted.pending, updated_at = $2::timestamptz
    from (
        select found.id, (
            select count(*) from order_item_exceptions e where e.order_id = found.id and e.status = 'pending'
        ) as pending
        from unnest($1::bigint[]) as found (id)
    ) counted
    where o.id = counted.id and o.pending_exception_count <> counted.pending
    returning o.id, o.store_id, o.pending_exception_count, o.exception_notification_id
"""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How exceptions are settled, and what the admins read about it; `is_automatic` when no person did."""

    status: ExceptionStatus
    notes: str | None
    user_id: int | None
    reason: str
    is_automatic: bool = False


async def take_turn(session: AsyncSession, store_id: int) -> None:
    """Wait until nobody else writes many orders of this store; until the transaction ends."""
    await fetch_within(session)(_TAKE_TURN, store_id)


async def settle(
    session: AsyncSession, clock: Clock, product_of: Mapping[int, int | None], how: Settlement
) -> Collection[int]:
    """Settle those of these exceptions that are pending, each with its product; the ids of those that were."""
    ids = sorted(product_of)
    products = [product_of[found] for found in ids]
    settled = await fetch_within(session)(
        _SETTLE, ids, products, how.status.value, clock.now(), how.user_id, how.notes, how.is_automatic
    )
    if not settled:
        return ()
    await recount(session, clock, {row["order_id"] for row in settled}, reason=how.reason)
    _hint(session, "order_exception.changed", [row["id"] for row in settled])
    return [row["id"] for row in settled]


async def hold_orders(session: AsyncSession, order_ids: Collection[int]) -> None:
    """Hold the rows of these orders until the transaction ends."""
    await fetch_within(session)(_HOLD_ORDERS, sorted(order_ids))


async def recount(
    session: AsyncSession, clock: Clock, order_ids: Collection[int], *, reason: str
) -> Sequence[Mapping[str, Any]]:  # Any: database values
    """Count what is pending anew; of orders that wait for nothing any more the notification is settled.

    The orders whose count has changed.
    """
    changed = await fetch_within(session)(_RECOUNT, sorted(order_ids), clock.now())
    told = [row["exception_notification_id"] for row in changed if not row["pending_exception_count"]]
    await AdminNotificationService(session, clock).settle_notifications(
        ids=[found for found in told if found is not None], reason=reason
    )
    _hint(session, "order.changed", [row["id"] for row in changed])
    return changed


async def settle_moved_on(session: AsyncSession, clock: Clock, notification_ids: Iterable[int | None]) -> None:
    """What was told of orders that waited and do not wait any more is over; their exceptions stay open."""
    await AdminNotificationService(session, clock).settle_notifications(
        ids=[found for found in notification_ids if found is not None],
        reason="The order no longer waits to be confirmed.",
    )


def hint_order(session: AsyncSession, order_id: int) -> None:
    _hint(session, "order.changed", [order_id])


def _hint(session: AsyncSession, event: str, ids: Sequence[int]) -> None:
    if ids:
        ring_after_commit(session, Hint(event=event, id=ids[0] if len(ids) == 1 else None))
