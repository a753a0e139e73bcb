"""Two transactions at once: until the second stands at a lock of the first."""

import asyncio

from backend.db.database import Database

_WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"


async def until_somebody_waits(database: Database) -> None:
    """Returns once a transaction waits for a lock; TimeoutError when none comes to it."""
    async with asyncio.timeout(5):
        while not await database.reads.fetchval(_WAITING):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0)
