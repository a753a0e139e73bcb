"""Work that PostgreSQL sacrificed for another transaction (deadlock, serialization failure) is done again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg
from sqlalchemy.exc import DBAPIError

ResultT = TypeVar("ResultT")

_VICTIM_STATES = {"40001", "40P01"}
_MOST_TRIES = 4
_PAUSE = 0.04  # seconds at most before the second try; each later one waits longer


def is_victim(error: Exception) -> bool:
    """Whether the database refused because of another transaction, not because of what was asked."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlstate", None) in _VICTIM_STATES


async def again_as_victim(work: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """Do `work`, which begins and ends its own transaction, again as long as it is sacrificed, a few times."""
    for tried in range(1, _MOST_TRIES):
        try:
            return await work()
        except (DBAPIError, asyncpg.PostgresError) as error:
            if not is_victim(error):
                raise
        # By chance, so that two who met once do not meet again.
        await asyncio.sleep(_PAUSE * tried * random.random())  # noqa: S311 - jitter
    return await work()
