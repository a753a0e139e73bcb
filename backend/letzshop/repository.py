from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.reads import Reads
from backend.letzshop.models import LetzshopCredentials, LetzshopRun
from backend.letzshop.run_kinds import RunKind, RunStatus

_ASK_FOR = text(
    """
    update letzshop_runs set is_on_demand = true
    where id = (select id from letzshop_runs where id = :id and not is_on_demand for update skip locked)
    """
)
UNFINISHED = tuple(status.value for status in RunStatus if not status.is_finished)


class RunFilters(msgspec.Struct, frozen=True):
    store_id: tuple[int, ...] = ()
    kind: tuple[RunKind, ...] = ()
    status: tuple[RunStatus, ...] = ()
    order_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


async def locked(session: AsyncSession, run_id: int) -> LetzshopRun | None:
    """The run as it is committed, held until the transaction ends."""
    found: LetzshopRun | None = await session.scalar(
        select(LetzshopRun).where(LetzshopRun.id == run_id).with_for_update().execution_options(populate_existing=True)
    )
    return found


async def unfinished(session: AsyncSession, store_id: int, kind: RunKind) -> LetzshopRun | None:
    """The store's run of this kind that waits or runs."""
    found: LetzshopRun | None = await session.scalar(
        select(LetzshopRun)
        .where(LetzshopRun.store_id == store_id, LetzshopRun.kind == kind, LetzshopRun.status.in_(UNFINISHED))
        .order_by(LetzshopRun.id)
        .limit(1)
    )
    return found


async def ask_for(session: AsyncSession, run: LetzshopRun) -> None:
    """Note that somebody asked for a run that a schedule started.

    Not while the run is being written: whoever writes it waits for the credentials next, which the caller holds.
    """
    await session.execute(_ASK_FOR, {"id": run.id})
    await session.refresh(run)


async def unfinished_of_order(session: AsyncSession, order_id: int) -> Sequence[LetzshopRun]:
    """What waits to be sent, or is being sent, about an order."""
    found = await session.scalars(
        select(LetzshopRun).where(LetzshopRun.order_id == order_id, LetzshopRun.status.in_(UNFINISHED))
    )
    return found.all()


async def credentials_of(
    session: AsyncSession, store_id: int, *, for_update: bool = False
) -> LetzshopCredentials | None:
    statement = (
        select(LetzshopCredentials)
        .where(LetzshopCredentials.store_id == store_id)
        .execution_options(populate_existing=True)
    )
    found: LetzshopCredentials | None = await session.scalar(statement.with_for_update() if for_update else statement)
    return found


async def list_runs(
    reads: Reads, filters: RunFilters, *, before_id: int | None, limit: int
) -> Sequence[asyncpg.Record]:
    """Runs, newest first."""
    return await reads.fetch(
        """
        select r.* from letzshop_runs r
        where ($1::bigint[] is null or r.store_id = any($1))
          and ($2::text[] is null or r.kind = any($2))
          and ($3::text[] is null or r.status = any($3))
          and ($4::bigint is null or r.order_id = $4)
          and ($5::timestamptz is null or r.created_at >= $5)
          and ($6::timestamptz is null or r.created_at < $6)
          and ($7::bigint is null or r.id < $7)
        order by r.id desc limit $8
        """,
        list(filters.store_id) or None,
        list(filters.kind) or None,
        list(filters.status) or None,
        filters.order_id,
        filters.since,
        filters.until,
        before_id,
        limit,
    )
