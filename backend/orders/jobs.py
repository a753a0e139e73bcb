"""What orders do when products arrive."""

from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from backend.jobs import JobKind, JobRun
from backend.orders.exception_service import ExceptionService

MATCH_EXCEPTIONS = "orders.match_exceptions"

_BATCH = 500


async def match_exceptions(run: JobRun) -> None:
    """Subscribed to ProductsImported: settle what the store's catalogue lacked until now; again is harmless."""
    after_id: int | None = 0
    while after_id is not None:
        after_id = await run.database.retrying(partial(_match, run, after_id=after_id))


async def _match(run: JobRun, session: AsyncSession, *, after_id: int) -> int | None:
    service = ExceptionService(session, run.clock)
    by = f"product import {run.payload['import_id']}"
    return await service.match_batch(run.payload["store_id"], by=by, after_id=after_id, limit=_BATCH)


JOB_KINDS = [JobKind(MATCH_EXCEPTIONS, match_exceptions)]
