"""Notifications that nobody is to be told of any more."""

from collections.abc import Collection

from backend.db.reads import Fetch

_OVER = """
select id from unnest($1::bigint[]) as asked (id)
where not exists (
    select from admin_notifications n
    where n.id = asked.id and n.settled_at is null and n.deleted_at is null and n.snoozed_until is null
)
"""


async def over_among(fetch: Fetch, notification_ids: Collection[int]) -> set[int]:
    """Those that are settled, deleted or put off."""
    if not notification_ids:
        return set()
    return {row["id"] for row in await fetch(_OVER, list(notification_ids))}
