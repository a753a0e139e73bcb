"""Writing down attempts that succeeded, many in one statement.

Only whoever still has the claim may write: an attempt whose lease ran out was given to another worker.
"""

import asyncio
from collections.abc import Sequence
from functools import partial

import structlog

from backend.db.away import is_away
from backend.db.reads import Reads
from backend.db.victims import again_as_victim
from backend.delivery.claiming import Claimed
from backend.delivery.envelope import Result

# A destination's last success is written this seldom: the row is everybody's who sends there.
_SUCCESS_IS_NEWS_AFTER = "10 seconds"

_SUCCEEDED = f"""
with claimed as materialized (
    -- In their order, as everybody who has several of them.
    select d.id from deliveries d
    join unnest($1::bigint[], $2::int[]) as ended (id, number) on d.id = ended.id and d.claims = ended.number
    where d.status = 'sending' order by d.id for no key update of d
),
done as (
    update deliveries d set
        status = 'sent', lease_until = null, finished_at = tocsin_now(), last_error = null, reason = null
    from claimed where d.id = claimed.id
    returning d.destination_id
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
with working as materialized (
    select id from delivery_destinations where id = any($1::bigint[]) order by id for no key update
)
update delivery_destinations d set
    last_success_at = tocsin_now(), failing_since = null, last_error = null,
    failures = 0, bounces = 0, opened_at = null, probe_at = null
from working where d.id = working.id
"""

log = structlog.get_logger()

Success = tuple[Claimed, Result]


class SuccessWriter:
    """Whoever writes first writes for all who wait."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._ended: list[Success] = []
        self._writing = asyncio.Lock()

    async def write(self, claimed: Claimed, result: Result) -> None:
        self._ended.append((claimed, result))
        async with self._writing:
            ended, self._ended = self._ended, []
            if ended:
                await self._write(ended)

    async def _write(self, ended: list[Success]) -> None:
        try:
            await record_successes(self._reads, ended)
        except Exception as error:
            if is_away(error):
                # Whoever comes next writes them as well: what is sent once more costs its readers something.
                self._ended[:0] = ended
            else:
                lost = [claimed.delivery_id for claimed, _ in ended]
                log.error("deliveries_not_recorded", delivery_ids=lost)  # noqa: TRY400 - the caller tells the error
            raise


async def record_successes(reads: Reads, ended: Sequence[Success]) -> None:
    """Write them down in one statement; the destinations that work again, in another."""
    working = await again_as_victim(partial(_succeeded, reads, ended))
    if working:
        await again_as_victim(partial(reads.execute, _WORKS, working))


async def _succeeded(reads: Reads, ended: Sequence[Success]) -> list[int]:
    """The destinations of which it is news that they work."""
    claims = [claimed for claimed, _ in ended]
    working = await reads.fetch(
        _SUCCEEDED,
        [claimed.delivery_id for claimed in claims],
        [claimed.number for claimed in claims],
        [result.status_code for _, result in ended],
        [result.excerpt for _, result in ended],
    )
    return [row["id"] for row in working]
