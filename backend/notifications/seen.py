"""When an admin last looked."""

from datetime import datetime

from backend.db.reads import Fetch


async def last_seen_at(fetch: Fetch, user_id: int) -> datetime | None:
    """When their last-seen mark was last moved; None for whoever never looked."""
    rows = await fetch("select updated_at from notification_seen_marks where user_id = $1::bigint", user_id)
    return rows[0]["updated_at"] if rows else None
