"""An export as a run: written when it begins and when it ends; nothing is held while the feed goes out."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import FeedPiece
from backend.core.clock import Clock
from backend.core.fields import MOST_LINE, storable
from backend.db.database import Database
from backend.db.describe import describe
from backend.letzshop.errors import ExportRunError
from backend.letzshop.models import LetzshopRun
from backend.letzshop.repository import locked
from backend.letzshop.run_kinds import RunKind, RunStatus
from backend.letzshop.service import hint_run, mark_ended

# One whose server was killed is given up after so long.
LONGEST_EXPORT = timedelta(hours=24)

_END_LOST = text(
    """
    update letzshop_runs set status = 'failed', completed_at = :now,
        error_message = 'The server was stopped before the end of the download.'
    where kind = 'export' and status = 'processing' and created_at < :before
    """
)


async def begin_export(
    session: AsyncSession, clock: Clock, *, store_id: int, language: str, user_id: int | None
) -> LetzshopRun:
    """Write that an export begins."""
    run = LetzshopRun(
        kind=RunKind.EXPORT.value,
        store_id=store_id,
        status=RunStatus.PROCESSING.value,
        started_by_user_id=user_id,
        request={"action": "export", "language": language},
        created_at=clock.now(),
        started_at=clock.now(),
    )
    session.add(run)
    await session.flush()
    hint_run(session, run)
    return run


@dataclass(slots=True)
class Export:
    """One export on its way: how many products are out, and how it has ended if nothing more comes."""

    database: Database
    clock: Clock
    run_id: int
    products: int = 0
    status: RunStatus = RunStatus.CANCELLED
    message: str | None = "The download was broken off."

    async def sent(self, feed: AsyncIterator[FeedPiece]) -> AsyncIterator[bytes]:
        """The feed, noting how it goes."""
        try:
            async for piece in feed:
                yield piece.content
                self.products += piece.products
        except Exception as error:
            self.status, self.message = RunStatus.FAILED, storable(describe(error), MOST_LINE)
            raise
        self.status, self.message = RunStatus.COMPLETED, None

    async def conclude(self) -> None:
        """Write how it ended, in a unit of work of its own."""
        async with self.database.unit_of_work() as session:
            run = await locked(session, self.run_id)
            if run is None or RunStatus(run.status).is_finished:
                return
            run.shipments_fetched = self.products
            await mark_ended(session, self.clock, run, self.status, self.message)


def refuse_export(run: LetzshopRun) -> None:
    """ExportRunError for an export: nobody else can end it or do it again."""
    if run.kind == RunKind.EXPORT:
        raise ExportRunError(f"Run {run.id} is an export: it ends with its download, and comes with a new one.")


async def end_lost_exports(session: AsyncSession, now: datetime) -> None:
    """Give up what a killed server could not end."""
    await session.execute(_END_LOST, {"now": now, "before": now - LONGEST_EXPORT})
