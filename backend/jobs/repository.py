"""Queries on jobs for people; workers claim theirs in lease.py."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.jobs.models import Job


class JobFilters(msgspec.Struct, frozen=True):
    state: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


class JobRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, job_id: int) -> Job | None:
        return await self._session.get(Job, job_id, populate_existing=True)

    async def list(self, filters: JobFilters, *, limit: int, before_id: int | None) -> Sequence[Job]:
        """Newest first."""
        statement = select(Job).order_by(Job.id.desc()).limit(limit)
        if filters.state:
            statement = statement.where(Job.state.in_(filters.state))
        if filters.kind:
            statement = statement.where(Job.kind.in_(filters.kind))
        if filters.since is not None:
            statement = statement.where(Job.created_at >= filters.since)
        if filters.until is not None:
            statement = statement.where(Job.created_at < filters.until)
        if before_id is not None:
            statement = statement.where(Job.id < before_id)
        return (await self._session.scalars(statement)).all()

    async def revive(self, job_id: int) -> bool:
        """Queue a dead job with a fresh budget; whether it was dead."""
        revived = await self._session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == "dead")
            .values(state="queued", failures=0, run_at=func.tocsin_now(), started_at=None, finished_at=None)
            .returning(Job.id)
        )
        return revived.one_or_none() is not None

    async def cancel(self, job_id: int) -> bool:
        """Cancel a queued job; whether it was queued."""
        cancelled = await self._session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == "queued")
            .values(state="cancelled", finished_at=func.tocsin_now())
            .returning(Job.id)
        )
        return cancelled.one_or_none() is not None
