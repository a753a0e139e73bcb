"""Writing down attempts that succeeded, many in one statement.

Only whoever still has the claim may write: an attempt whose lease ran out was given to another worker.
"""

from collections.abc import Sequence

from backend.db.reads import Reads
from backend.delivery.claiming import Claimed
from backend.delivery.envelope import Result

# A destination's last success is written this seldom: the row is everybody's who sends there.
_SUCCESS_IS_NEWS_AFTER = "10 seconds"

_SUCCEEDED = f"""
with done as (
    update deliveries d set status = 'sent', lease_until = null, finished_at = tocsin_now(), last_error = null
    from unnest($1::bigint[], $2::int[]) as ended (id, number)
    where d.id = ended.id and d.claims = ended.number and d.status = 'sending'
    returning d.id, d.destination_id, d.claims
),
written as (
    update delivery_attempts a set
        finished_at = tocsin_now(), outcome = 'sent', status_code = ended.status_code, excerpt = ended.excerpt
    from unnest($1::bigint[], $2::int[], $3::int[], $4::text[]) as ended (id, number, status_code, excerpt)
    where a.delivery_id = ended.id and a.number = ended.number
)
select distinct d.id from delivery_destinations d
where d.id in (select destination_id from done)
  and (d.failures > 0 or d.failing_since is not null or d.last_success_at is null
       or d.last_success_at < tocsin_now() - interval '{_SUCCESS_IS_NEWS_AFTER}')
"""  # noqa: S608 - a constant of our own
_WORKS = """
update delivery_destinations set
    last_success_at = tocsin_now(), failing_since = null, last_error = null,
    failures = 0, opened_at = null, probe_at = null
where id = any($1::bigint[])
"""


async def record_successes(reads: Reads, ended: Sequence[tuple[Claimed, Result]]) -> None:
    """Write them down in one statement; the destinations that work again, in another."""
    claims = [claimed for claimed, _ in ended]
    working = await reads.fetch(
        _SUCCEEDED,
        [claimed.delivery_id for claimed in claims],
        [claimed.number for claimed in claims],
        [result.status_code for _, result in ended],
        [result.excerpt for _, result in ended],
    )
    if working:
        await reads.execute(_WORKS, sorted(row["id"] for row in working))
