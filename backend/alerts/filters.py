from collections.abc import Iterable
from datetime import datetime

import msgspec

from backend.db.like import like_pattern


class AlertFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows: sets are alternatives, fields are joined by and; times are of the last occurrence."""

    severity: tuple[str, ...] = ()
    alert_type: tuple[str, ...] = ()
    is_resolved: bool | None = None
    acknowledged: bool | None = None
    snoozed: bool | None = None
    store_id: tuple[int, ...] = ()
    system: tuple[str, ...] = ()
    q: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def where_clause(filters: AlertFilters) -> tuple[str, list[object]]:
    """SQL over `platform_alerts a` with $1, $2 ... and their values."""
    fragments: list[str] = []
    values: list[object] = []
    for fragment, value in _conditions(filters):
        values.append(value)
        fragments.append(fragment.replace("$?", f"${len(values)}"))
    fragments += _switches(filters)
    return " and ".join(fragments) or "true", values


def _conditions(filters: AlertFilters) -> Iterable[tuple[str, object]]:
    if filters.severity:
        yield "a.severity = any($?::text[])", list(filters.severity)
    if filters.alert_type:
        yield "a.alert_type = any($?::text[])", list(filters.alert_type)
    if filters.store_id:
        yield (
            "exists (select 1 from alert_stores s where s.alert_id = a.id and s.store_id = any($?::bigint[]))",
            list(filters.store_id),
        )
    if filters.system:
        yield "a.affected_systems ?| $?::text[]", list(filters.system)
    if filters.q:
        yield "(a.title || ' ' || a.description) ilike $?::text", like_pattern(filters.q)
    if filters.since is not None:
        yield "a.last_occurred_at >= $?::timestamptz", filters.since
    if filters.until is not None:
        yield "a.last_occurred_at < $?::timestamptz", filters.until


def _switches(filters: AlertFilters) -> Iterable[str]:
    if filters.is_resolved is not None:
        yield "a.is_resolved" if filters.is_resolved else "not a.is_resolved"
    if filters.acknowledged is not None:
        yield f"a.acknowledged_at is {'not ' if filters.acknowledged else ''}null"
    if filters.snoozed is not None:
        yield f"a.snoozed_until is {'not ' if filters.snoozed else ''}null"
