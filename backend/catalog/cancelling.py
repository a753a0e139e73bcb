"""Seeing that an admin has cancelled an import, while its run is busy with something long."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from backend.db.away import is_away
from backend.db.reads import Reads

ResultT = TypeVar("ResultT")

_SECONDS_BETWEEN_LOOKS = 2.0


class CancelledByAdminError(Exception):
    """Somebody asked the import to stop."""


async def is_cancelled(reads: Reads, import_id: int) -> bool:
    """Whether it is known to be: a database that is away does not say."""
    try:
        return bool(await reads.fetchval("select cancel_requested_at from import_jobs where id = $1", import_id))
    except Exception as error:
        if is_away(error):
            return False
        raise


async def unless_cancelled(reads: Reads, import_id: int, work: Coroutine[Any, Any, ResultT]) -> ResultT:
    """The result of `work`; CancelledByAdminError, with the work stopped, soon after somebody cancels the import."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=_SECONDS_BETWEEN_LOOKS)
            if not task.done() and await is_cancelled(reads, import_id):
                raise CancelledByAdminError
        return task.result()
    finally:
        task.cancel()
        await asyncio.wait({task})
