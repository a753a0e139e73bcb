"""The notification that rang for an alert last."""

from typing import NamedTuple

from backend.db.reads import Fetch

_NEWEST = """
select id, type, priority, action_url from admin_notifications
where alert_id = $1 and deleted_at is null order by id desc limit 1
"""


class Rung(NamedTuple):
    id: int
    type: str
    priority: str
    action_url: str | None


async def newest_of_alert(fetch: Fetch, alert_id: int) -> Rung | None:
    rows = await fetch(_NEWEST, alert_id)
    return Rung(*(rows[0][field] for field in Rung._fields)) if rows else None
