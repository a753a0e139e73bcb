"""What deliveries that have waited are about, as it stands now: whether anybody is still to be told, and which stores.

A few queries for all of them: a claim asks with its destinations locked.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from backend.alerts import put_off_among, stores_of_alerts, unattended
from backend.db.reads import Fetch
from backend.delivery.kinds import GOOD_NEWS, MessageKind
from backend.delivery.outdated import NEWS
from backend.notifications import over_among
from backend.tenancy import merchants_of_stores

# Any: a database row, read by column name: a delivery's id, its message's kind, alert_id, notification_id and store_id
Row = Any
Stores = Mapping[int, int | None]


async def over(fetch: Fetch, rows: Sequence[Row]) -> set[int]:
    """The deliveries about what is over or put off, and the escalations of what somebody looks after."""
    news = [row for row in rows if row["kind"] in NEWS]
    of_notifications = [row for row in news if row["alert_id"] is None]
    settled = await over_among(fetch, _ids(of_notifications, "notification_id"))
    # A put-off alert that ends nevertheless is told of.
    of_alerts = [row for row in news if row["alert_id"] is not None and row["kind"] not in GOOD_NEWS]
    put_off = await put_off_among(fetch, _ids(of_alerts, "alert_id"))
    escalations = [row for row in rows if row["kind"] == MessageKind.ESCALATION and row["alert_id"] is not None]
    waiting = set(await unattended(fetch, list(_ids(escalations, "alert_id"))))
    return {
        *_which(of_notifications, lambda row: row["notification_id"] in settled),
        *_which(of_alerts, lambda row: row["alert_id"] in put_off),
        *_which(escalations, lambda row: row["alert_id"] not in waiting),
    }


async def stores_of(fetch: Fetch, rows: Sequence[Row]) -> dict[int, Stores]:
    """By delivery those that it is about, each with its merchant."""
    several = await stores_of_alerts(fetch, _ids([row for row in rows if row["store_id"] is None], "alert_id"))
    found = {row["id"]: _found(row, several) for row in rows}
    merchants = await merchants_of_stores(fetch, {store_id for stores in found.values() for store_id in stores})
    return {
        delivery_id: {store_id: merchants.get(store_id) for store_id in stores} for delivery_id, stores in found.items()
    }


def _found(row: Row, several: Mapping[int, Collection[int]]) -> Collection[int]:
    return [row["store_id"]] if row["store_id"] is not None else several.get(row["alert_id"], ())


def _ids(rows: Sequence[Row], column: str) -> set[int]:
    return {row[column] for row in rows if row[column] is not None}


def _which(rows: Sequence[Row], is_so: Callable[[Row], bool]) -> set[int]:
    return {row["id"] for row in rows if is_so(row)}
