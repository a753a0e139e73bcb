from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import text

from backend.db.database import Database


@pytest_asyncio.fixture
async def effects(belled: Database) -> AsyncIterator[None]:
    """A table for what jobs do."""
    async with belled.unit_of_work() as session:
        await session.execute(text("create table test_effects (job_id bigint, done_at timestamptz default now())"))
    yield
    async with belled.unit_of_work() as session:
        await session.execute(text("drop table test_effects"))
