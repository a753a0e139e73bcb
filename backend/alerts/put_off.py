"""Alerts that are put off."""

from collections.abc import Collection

from backend.db.reads import Fetch

_PUT_OFF = "select id from platform_alerts where id = any($1::bigint[]) and snoozed_until is not null"


async def put_off_among(fetch: Fetch, alert_ids: Collection[int]) -> set[int]:
    """Those of them that are put off."""
    return {row["id"] for row in await fetch(_PUT_OFF, list(alert_ids))} if alert_ids else set()
