"""The notification that rang for an alert last."""

from collections.abc import Collection
from typing import NamedTuple

from backend.db.reads import Fetch

_NEWEST = """
select distinct on (alert_id) alert_id, id, type, priority, title, message, action_url from admin_notifications
where alert_id = any($1::bigint[]) and deleted_at is null order by alert_id, id desc
"""


class Rung(NamedTuple):
    id: int
    type: str
    priority: str
    title: str
    message: str
    action_url: str | None


async def newest_of_alert(fetch: Fetch, alert_id: int) -> Rung | None:
    return (await newest_of_alerts(fetch, [alert_id])).get(alert_id)


async def newest_of_alerts(fetch: Fetch, alert_ids: Collection[int]) -> dict[int, Rung]:
    """By alert; those that rang nothing are left out."""
    rows = await fetch(_NEWEST, alert_ids)
    return {row["alert_id"]: Rung(*(row[field] for field in Rung._fields)) for row in rows}
