"""Telling of open alerts that a silence kept from everybody, once it no longer does."""

from datetime import datetime

import structlog

from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.db.away import is_away
from backend.db.database import Database
from backend.db.reads import Reads
from backend.delivery.planning import Planning

log = structlog.get_logger()

# Nothing can wake an alert but the end of a silence. One may have ended while the alert was being planned, or by
# another machine's clock: what ended shortly before counts, too.
_DUE = """
select t.alert_id from delivery_alert_threads t
where t.is_open and t.is_silenced and exists (
    select 1 from silences s
    where least(s.ends_at, s.ended_at) <= $1::timestamptz
      and least(s.ends_at, s.ended_at) > t.updated_at - interval '5 minutes'
)
order by t.alert_id
"""


async def alerts_to_tell(reads: Reads, now: datetime) -> list[int]:
    """Those that are silenced and of which a silence, perhaps another one, has ended since."""
    return [row["alert_id"] for row in await reads.fetch(_DUE, now)]


async def tell_of_unsilenced(database: Database, clock: Clock, settings: Settings) -> None:
    """Plan each anew, in a transaction of its own."""
    for alert_id in await alerts_to_tell(database.reads, clock.now()):
        try:
            async with database.unit_of_work() as session:
                await Planning(session, clock, settings).plan_alert(alert_id)
        except Exception as error:
            if is_away(error):
                raise
            # Whatever is wrong with one alert holds up no other.
            log.exception("unsilencing_failed", alert_id=alert_id)
