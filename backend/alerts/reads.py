"""The hot reads of alerts: one alert whole, the figures; asyncpg rows to JSON. The list stands in listing.py."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from backend.alerts.errors import AlertNotFoundError
from backend.alerts.schemas import (
    AlertDetailOut,
    AlertOut,
    AlertStatsOut,
    AlertStoreOut,
    TimelineOut,
)
from backend.alerts.statistics import statistics
from backend.auth import names_of_users, person
from backend.db.reads import Fetch, Reads
from backend.notifications import actions_of_alert
from backend.tenancy import names_of_stores

COLUMNS = """
    a.id, a.alert_type, a.severity, a.title, a.description, a.fingerprint, a.affected_systems, a.occurrence_count,
    a.first_occurred_at, a.last_occurred_at, a.is_resolved, a.resolved_at, a.resolved_by_user_id, a.resolution_notes,
    a.acknowledged_at, a.acknowledged_by_user_id, a.assigned_to_user_id, a.snoozed_until,
    a.snoozed_by_user_id, a.returned_at, a.auto_generated, a.regressed_from_id,
    a.created_at, a.updated_at,
    array(select s.store_id from alert_stores s where s.alert_id = a.id order by 1) as affected_stores,
    array(select s.store_id from alert_stores s
          where s.alert_id = a.id and s.healed_at is null order by 1) as open_stores
"""
_PEOPLE = ("resolved_by_user_id", "acknowledged_by_user_id", "assigned_to_user_id", "snoozed_by_user_id")

Row = Any  # Any: a database row, read by column name


async def detail(reads: Reads, alert_id: int, *, within: Fetch | None = None) -> AlertDetailOut:
    """One alert with its stores and its timeline, `within` a transaction that changed it; AlertNotFoundError."""
    fetch: Fetch = within or reads.fetch
    rows = await fetch(f"select {COLUMNS} from platform_alerts a where a.id = $1", alert_id)  # noqa: S608 - constant
    if not rows:
        raise AlertNotFoundError(alert_id)
    row = rows[0]
    stores = await fetch("select * from alert_stores where alert_id = $1 order by first_at, store_id", alert_id)
    timeline = await fetch("select * from alert_timeline where alert_id = $1 order by id", alert_id)
    store_names = await names_of_stores(reads, {store["store_id"] for store in stores})
    people = await names_of_users(reads, _people([row]) | _present(entry["user_id"] for entry in timeline))
    return AlertDetailOut(
        **_fields(row, people),
        actions=await actions_of_alert(fetch, alert_id),
        stores=[_store_out(store, store_names) for store in stores],
        timeline=[_timeline_out(entry, people) for entry in timeline],
    )


async def stats(reads: Reads, *, now: datetime, timezone: ZoneInfo) -> AlertStatsOut:
    return await statistics(reads.fetch, now=now, timezone=timezone)


async def with_people(reads: Reads, rows: Sequence[Row]) -> list[AlertOut]:
    """Alerts as the API shows them, the people's names in one call."""
    people = await names_of_users(reads, _people(rows))
    return [AlertOut(**_fields(row, people)) for row in rows]


def _store_out(row: Row, names: Mapping[int, str]) -> AlertStoreOut:
    return AlertStoreOut(
        store_id=row["store_id"],
        store_name=names.get(row["store_id"]),
        first_at=row["first_at"],
        last_at=row["last_at"],
        count=row["count"],
        healed_at=row["healed_at"],
    )


def _timeline_out(row: Row, people: Mapping[int, str]) -> TimelineOut:
    return TimelineOut(
        id=row["id"],
        at=row["at"],
        kind=row["kind"],
        user=person(people, row["user_id"]),
        detail=_json(row["detail"]),
    )


def _fields(row: Row, people: Mapping[int, str]) -> dict[str, Any]:  # Any: the fields of AlertOut
    return {
        name: row[name]
        for name in AlertOut.__struct_fields__
        if name not in {"affected_systems", "resolved_by", "acknowledged_by", "assigned_to", "snoozed_by"}
    } | {
        "affected_systems": _json(row["affected_systems"]),
        "resolved_by": person(people, row["resolved_by_user_id"]),
        "acknowledged_by": person(people, row["acknowledged_by_user_id"]),
        "assigned_to": person(people, row["assigned_to_user_id"]),
        "snoozed_by": person(people, row["snoozed_by_user_id"]),
    }


def _json(value: Any) -> Any:  # Any: JSON
    # The pool hands jsonb over as its text, which goes into the reply as it is; a session decodes it.
    return msgspec.Raw(value.encode()) if isinstance(value, str) else value


def _people(rows: Iterable[Row]) -> set[int]:
    return _present(row[name] for row in rows for name in _PEOPLE)


def _present(ids: Iterable[int | None]) -> set[int]:
    return {found for found in ids if found is not None}
