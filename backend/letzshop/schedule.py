"""When stores sync by themselves: one schedule for each, spread so that they do not all come at once."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.jobs import Every, Schedule
from backend.jobs.schedules import database_now, declare, next_run_at, stop
from backend.letzshop.models import LetzshopCredentials
from backend.letzshop.repository import credentials_of
from backend.letzshop.run_kinds import RunStatus
from backend.tenancy import TenancyService

SYNC_DUE = "letzshop.sync_due"
# After an outage all its stores sync again within this.
_SPREAD = timedelta(seconds=60)

_HURRY = text(
    """
    update job_schedules set next_run_at = least(next_run_at, tocsin_now() + random() * cast(:spread as interval))
    where name = any(:names) and is_active
    """
)


def schedule_name(store_id: int) -> str:
    """Named so that whoever deactivates the store stops it (tenancy)."""
    return f"store:{store_id}:letzshop-sync"


async def schedule_sync(
    session: AsyncSession, clock: Clock, store_id: int, *, first_after: timedelta | None = None
) -> None:
    """Bring the store's schedule in step with its credentials and its state.

    A new one begins at any time within its interval, unless `first_after` says when.
    """
    credentials = await credentials_of(session, store_id)
    is_wanted = credentials is not None and credentials.auto_sync_enabled
    if credentials is None or not is_wanted or not await TenancyService(session, clock).is_active(store_id):
        await stop(session, [schedule_name(store_id)])
        return
    every = timedelta(minutes=credentials.sync_interval_minutes)
    now = await database_now(session)
    schedule = Schedule(schedule_name(store_id), SYNC_DUE, Every(every), payload={"store_id": store_id})
    wait = every * random.random() if first_after is None else first_after  # noqa: S311 - jitter
    await declare(session, schedule, first_run_at=now + wait)


async def hurry_after_outage(session: AsyncSession, endpoint_url: str) -> None:
    """The endpoint answers again: stores whose sync failed meanwhile need not wait for their turn."""
    failed = await session.scalars(
        select(LetzshopCredentials.store_id).where(
            LetzshopCredentials.endpoint_url == endpoint_url, LetzshopCredentials.last_status == RunStatus.FAILED
        )
    )
    await session.execute(_HURRY, {"names": [schedule_name(store_id) for store_id in failed], "spread": _SPREAD})


async def next_sync_at(session: AsyncSession, store_id: int) -> datetime | None:
    """When the store syncs next by itself."""
    return await next_run_at(session, schedule_name(store_id))
