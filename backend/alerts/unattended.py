"""Alerts that nobody looks after."""

from collections.abc import Collection

from backend.db.reads import Fetch

_UNATTENDED = """
select id from platform_alerts
where id = any($1::bigint[]) and not is_resolved and acknowledged_at is null and snoozed_until is null
order by id
"""


async def unattended(fetch: Fetch, alert_ids: Collection[int]) -> list[int]:
    """Those of them that are open, and neither acknowledged nor put off; in the order of their ids."""
    return [row["id"] for row in await fetch(_UNATTENDED, alert_ids)] if alert_ids else []
