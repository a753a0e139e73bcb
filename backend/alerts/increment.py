"""The usual occurrence: one more of an open alert, and nothing to tell about it. Half the work of the whole ingest."""

from datetime import datetime

import asyncpg

from backend.alerts.occurrence import RANK, Folded
from backend.db.reads import Reads

# What a reply and a hint need of an ingested row `u`, but for its stores.
INGESTED = """
    u.id, u.alert_type, u.severity, u.title, u.description, u.fingerprint, u.affected_systems::text as affected_systems,
    u.occurrence_count, u.first_occurred_at, u.last_occurred_at, u.is_resolved, u.resolved_at,
    u.resolved_by_user_id, u.resolution_notes, u.acknowledged_at, u.acknowledged_by_user_id, u.assigned_to_user_id,
    u.snoozed_until, u.snoozed_by_user_id, u.returned_at, u.auto_generated, u.regressed_from_id,
    u.created_at, u.updated_at
"""

_INCREMENT = f"""
with u as (
    update platform_alerts a set
        occurrence_count = a.occurrence_count + $6,
        last_occurred_at = greatest(a.last_occurred_at, $1),
        previous_severity = a.severity,
        updated_at = $1
    where a.fingerprint = $2 and not a.is_resolved
      -- No escalation, no new system, no further digit of the count ...
      and array_position(array['info', 'warning', 'error', 'critical'], a.severity) >= $3
      and a.affected_systems @> $4::text::jsonb
      and length(a.occurrence_count::text) = length((a.occurrence_count + $6)::text)
      -- ... and no store that joins or had healed. (One that heals while this waits for the row is opened below.)
      and (select count(*) from alert_stores s
           where s.alert_id = a.id and s.store_id = any($5::bigint[]) and s.healed_at is null) = cardinality($5)
    returning a.*
),
scope as (
    update alert_stores s set
        last_at = greatest(s.last_at, $1), count = s.count + $6, healed_at = null
    from u
    where s.alert_id = u.id and s.store_id = any($5::bigint[])
)
select
    {INGESTED}, false as is_new, coalesce(stores.affected, '{{}}') as affected_stores,
    coalesce(stores.open, '{{}}') as open_stores
from u, lateral (
    select array_agg(s.store_id order by s.store_id) as affected,
           array_agg(s.store_id order by s.store_id) filter (where s.healed_at is null) as open
    from alert_stores s where s.alert_id = u.id
) as stores
"""  # noqa: S608 - the only value in it is the constant above


async def increment(reads: Reads, entry: Folded, *, at: datetime) -> list[asyncpg.Record]:
    """Commit the occurrence if it only counts: the alert's row as it is now; no row, and nothing done, if not."""
    if any(count != entry.count for count in entry.stores.values()):
        # A batch whose occurrences name different stores: these would each count for themselves.
        return []
    return await reads.fetch(
        _INCREMENT,
        at,
        entry.fingerprint,
        1 + RANK[entry.severity],
        entry.systems_json,
        list(entry.stores),
        entry.count,
    )
