"""Create or increment: one statement for one occurrence or a thousand, race-free by a unique index (design 4).

It opens or increments each alert, widens its scope and writes its timeline. Run by asyncpg it is its own
transaction in one round trip; run inside a session it belongs to the caller's. What only counts is left to `increment`.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts.events import AlertChanged
from backend.alerts.increment import INGESTED, increment
from backend.alerts.occurrence import Folded
from backend.db.reads import Reads
from backend.db.victims import again_as_victim
from backend.jobs import insert_of_jobs, subscribers

REGRESS_WITHIN_DAYS = 7

_TOLD_OF = "(select distinct alert_id from told) as told_of"

# What comes against the alert as it is; a severity that nobody knows any more is the least.
_RANK = "coalesce(array_position(array['info', 'warning', 'error', 'critical'], {}), 0)"
_IS_WORSE = f"{_RANK.format('excluded.severity')} > {_RANK.format('a.severity')}"

_INGEST = f"""
with input as (
    select * from unnest(
        $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::boolean[]
    ) as i (fingerprint, alert_type, severity, title, description, systems, n, auto_generated)
),
upserted as (
    insert into platform_alerts as a (
        fingerprint, alert_type, severity, previous_severity, title, description, affected_systems,
        occurrence_count, first_occurred_at, last_occurred_at, auto_generated, created_at, updated_at,
        regressed_from_id)
    select
        i.fingerprint, i.alert_type, i.severity, i.severity, i.title, i.description, i.systems::jsonb,
        i.n, $1::timestamptz, $1::timestamptz, i.auto_generated, $1::timestamptz, $1::timestamptz,
        -- One that is open as this statement begins either takes the occurrence, or is being resolved right now.
        coalesce(
            (select old.id from platform_alerts old where old.fingerprint = i.fingerprint and not old.is_resolved),
            (select old.id from platform_alerts old
             where old.fingerprint = i.fingerprint and old.is_resolved
               and old.resolved_at > $1::timestamptz - interval '{REGRESS_WITHIN_DAYS} days'
             order by old.resolved_at desc limit 1))
    from input i
    order by i.fingerprint
    on conflict (fingerprint) where not is_resolved do update set
        occurrence_count = a.occurrence_count + excluded.occurrence_count,
        last_occurred_at = greatest(a.last_occurred_at, excluded.last_occurred_at),
        previous_severity = a.severity,
        severity = case when {_IS_WORSE} then excluded.severity else a.severity end,
        affected_systems = case
            when a.affected_systems @> excluded.affected_systems then a.affected_systems
            else (select jsonb_agg(distinct name)
                  from jsonb_array_elements(a.affected_systems || excluded.affected_systems) as name) end,
        -- What gets worse is no longer what somebody put off.
        snoozed_until = case when {_IS_WORSE} then null else a.snoozed_until end,
        snoozed_by_user_id = case when {_IS_WORSE} then null else a.snoozed_by_user_id end,
        updated_at = excluded.updated_at
    -- xmax is 0 on a row that this statement inserted, and set on one that it found and locked.
    returning a.*, (a.xmax = 0) as is_new
),
scope as (
    insert into alert_stores as s (alert_id, store_id, first_at, last_at, count)
    select u.id, i.store_id, $1::timestamptz, $1::timestamptz, i.n
    from unnest($10::text[], $11::bigint[], $12::bigint[]) as i (fingerprint, store_id, n)
    join upserted u on u.fingerprint = i.fingerprint
    order by u.id, i.store_id
    on conflict (alert_id, store_id) do update set
        last_at = greatest(s.last_at, excluded.last_at),
        count = s.count + excluded.count,
        healed_at = null
    returning s.alert_id, s.store_id, (s.xmax = 0) as is_new
),
told as (
    insert into alert_timeline (alert_id, at, kind, detail)
    select u.id, $1::timestamptz, 'opened', jsonb_build_object('severity', u.severity)
    from upserted u where u.is_new
    union all
    select u.id, $1::timestamptz, 'regressed', jsonb_build_object('regressed_from_id', u.regressed_from_id)
    from upserted u where u.is_new and u.regressed_from_id is not null
    union all
    select u.id, $1::timestamptz, 'escalated', jsonb_build_object('from', u.previous_severity, 'to', u.severity)
    from upserted u where not u.is_new and u.severity <> u.previous_severity
    union all
    -- One more digit: the count has reached 10, 100, 1,000 ...
    select u.id, $1::timestamptz, 'repeated', jsonb_build_object('occurrence_count', u.occurrence_count)
    from upserted u join input i on i.fingerprint = u.fingerprint
    where length(u.occurrence_count::text) > length((u.occurrence_count - i.n)::text)
    union all
    select s.alert_id, $1::timestamptz, 'store_joined', jsonb_build_object('store_id', s.store_id)
    from scope s join upserted u on u.id = s.alert_id
    where s.is_new and not u.is_new
    returning alert_id
),
queued as (
    {insert_of_jobs(kinds="$13::text[]", payload="jsonb_build_object('alert_id', alert_id)", source=_TOLD_OF)}
)
select
    {INGESTED}, u.is_new,
    -- The table as it was before this statement, united with what this statement did.
    array(
        select s.store_id from alert_stores s where s.alert_id = u.id
        union select scope.store_id from scope where scope.alert_id = u.id order by 1
    ) as affected_stores,
    array(
        select s.store_id from alert_stores s where s.alert_id = u.id and s.healed_at is null
        union select scope.store_id from scope where scope.alert_id = u.id order by 1
    ) as open_stores
from upserted u
order by u.fingerprint
"""  # noqa: S608 - constants of our own


def _arguments(
    folded: Sequence[Folded], at: datetime, listeners: Sequence[str]
) -> tuple[Any, ...]:  # Any: columns of several types
    scope = [
        (entry.fingerprint, store_id, count) for entry in folded for store_id, count in sorted(entry.stores.items())
    ]
    return (
        at,
        [entry.fingerprint for entry in folded],
        [entry.first.alert_type for entry in folded],
        [entry.severity.value for entry in folded],
        [entry.first.title for entry in folded],
        [entry.first.description for entry in folded],
        [entry.systems_json for entry in folded],
        [entry.count for entry in folded],
        [entry.first.auto_generated for entry in folded],
        [fingerprint for fingerprint, _, _ in scope],
        [store_id for _, store_id, _ in scope],
        [count for _, _, count in scope],
        list(listeners),
    )


async def ingest_now(
    reads: Reads, folded: Sequence[Folded], *, at: datetime, listeners: Sequence[str] = ()
) -> list[asyncpg.Record]:
    """Commit the occurrences at once, by themselves; rows in the order of fingerprints, `is_new` for opened ones.

    `listeners` are the kinds of job that AlertChanged is published to.
    """
    # A victim of somebody who holds several alerts in another order, as a unit of work with more than one may.
    return await again_as_victim(partial(_ingest, reads, folded, at, listeners))


async def _ingest(
    reads: Reads, folded: Sequence[Folded], at: datetime, listeners: Sequence[str]
) -> list[asyncpg.Record]:
    if len(folded) == 1 and (counted := await increment(reads, folded[0], at=at)):
        return counted
    return await reads.fetch(_INGEST, *_arguments(folded, at, listeners))


async def ingest_within(session: AsyncSession, folded: Sequence[Folded], *, at: datetime) -> Sequence[Any]:
    """Do the same within the caller's transaction. Any: rows, by column name."""
    connection = await session.connection()
    listeners = subscribers(session, AlertChanged)
    result = await connection.exec_driver_sql(_INGEST, _arguments(folded, at, listeners))
    return result.mappings().all()
