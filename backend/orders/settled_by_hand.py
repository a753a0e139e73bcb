"""Who settled the last exceptions of an order, for those who tell what became of its notification."""

from collections.abc import Collection

from backend.db.reads import Fetch

# Why a notification was settled whose last exception a person settled.
SETTLED_BY_HAND = "All products of the order are settled."

_SETTLERS = """
select o.exception_notification_id as notification_id, last.user_id
from orders o cross join lateral (
    select e.resolved_by_user_id as user_id from order_item_exceptions e
    where e.order_id = o.id and e.resolved_by_user_id is not null order by e.resolved_at desc, e.id desc limit 1
) last
where o.exception_notification_id = any($1::bigint[])
"""


async def settlers_of(fetch: Fetch, notification_ids: Collection[int]) -> dict[int, int]:
    """By notification, the person who settled an exception of its order last; without those where nobody did."""
    rows = await fetch(_SETTLERS, list(notification_ids)) if notification_ids else []
    return {row["notification_id"]: row["user_id"] for row in rows}
