"""Whom an alert is about."""

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
