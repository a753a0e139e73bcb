"""The figures of the stat strip, in three queries."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.alerts.schemas import AlertStatsOut, DayOut
from backend.db.reads import Fetch

DAYS = 14
_MEDIAN_OVER_DAYS = 30

_NOW = f"""
select
    (select count(*) from platform_alerts) as total,
    count(*) as active,
    count(*) filter (where severity = 'critical') as critical,
    count(*) filter (where acknowledged_at is not null) as acknowledged,
    count(*) filter (where first_occurred_at > $1::timestamptz - interval '1 hour') as opened_last_hour,
    min(first_occurred_at) as oldest_open_at,
    (select percentile_cont(0.5) within group (order by extract(epoch from resolved_at - first_occurred_at) / 60)
     from platform_alerts
     where is_resolved and resolved_at > $1::timestamptz - interval '{_MEDIAN_OVER_DAYS} days'
    )::float8 as median_minutes
from platform_alerts where not is_resolved
"""  # noqa: S608 - the only value in it is the constant above

_GROUPS = """
select alert_type, severity, count(*) as count
from platform_alerts where not is_resolved group by alert_type, severity
"""

_DAILY = """
with today as (select ($1::timestamptz at time zone $2::text)::date as day),
days as (
    select generate_series(today.day - $3::int + 1, today.day, interval '1 day')::date as day from today
),
bounds as (
    select day, day::timestamp at time zone $2::text as starts, (day + 1)::timestamp at time zone $2::text as ends
    from days
)
select
    day,
    (select count(*) from platform_alerts where first_occurred_at >= starts and first_occurred_at < ends) as opened,
    (select count(*) from platform_alerts
     where is_resolved and resolved_at >= starts and resolved_at < ends) as resolved
from bounds order by day
"""


async def statistics(fetch: Fetch, *, now: datetime, timezone: ZoneInfo) -> AlertStatsOut:
    """Figures at `now`; days are those of `timezone`, also where they have 23 or 25 hours."""
    (figures,) = await fetch(_NOW, now)
    groups = await fetch(_GROUPS)
    daily = await fetch(_DAILY, now, timezone.key, DAYS)
    return AlertStatsOut(
        total=figures["total"],
        active=figures["active"],
        critical=figures["critical"],
        acknowledged=figures["acknowledged"],
        resolved_today=daily[-1]["resolved"],
        opened_last_hour=figures["opened_last_hour"],
        by_type=_summed((row["alert_type"], row["count"]) for row in groups),
        by_severity=_summed((row["severity"], row["count"]) for row in groups),
        oldest_open_at=figures["oldest_open_at"],
        median_minutes_to_resolve=figures["median_minutes"],
        daily=[DayOut(day=row["day"], opened=row["opened"], resolved=row["resolved"]) for row in daily],
    )


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for name, count in pairs:
        sums[name] += count
    return dict(sums)
