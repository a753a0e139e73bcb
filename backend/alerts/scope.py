"""Whom an alert is about."""

from collections.abc import Collection
from typing import NamedTuple

from backend.db.reads import Fetch


class Scope(NamedTuple):
    """All stores that were ever hit, and those that have not recovered."""

    stores: list[int]
    open_stores: list[int]


async def scope_of(fetch: Fetch, alert_id: int) -> Scope:
    rows = await fetch(
        "select store_id, healed_at is null as is_open from alert_stores where alert_id = $1 order by store_id",
        alert_id,
    )
    return Scope([row["store_id"] for row in rows], [row["store_id"] for row in rows if row["is_open"]])


async def stores_of_alerts(fetch: Fetch, alert_ids: Collection[int]) -> dict[int, list[int]]:
    """All stores that each of them ever hit; those without any are left out."""
    if not alert_ids:
        return {}
    rows = await fetch(
        "select alert_id, array_agg(store_id order by store_id) as store_ids from alert_stores "
        "where alert_id = any($1::bigint[]) group by alert_id",
        list(alert_ids),
    )
    return {row["alert_id"]: row["store_ids"] for row in rows}
