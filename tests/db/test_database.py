import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.database import Database, sqlalchemy_url
from backend.db.doorbells import Hint, ring_after_commit
from backend.jobs import enqueue
from backend.jobs.models import Job
from tests.support.jobs import RecordingBell


class TestUnitOfWork:
    async def test_it_commits_when_the_block_ends_well(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            job_id = await enqueue(session, "greet", {})
        async with database.unit_of_work() as session:
            assert await session.get(Job, job_id) is not None

    async def test_it_rolls_back_on_any_error(self, database: Database) -> None:
        with pytest.raises(KeyError):
            async with database.unit_of_work() as session:
                job_id = await enqueue(session, "greet", {})
                raise KeyError
        async with database.unit_of_work() as session:
            assert await session.get(Job, job_id) is None

    async def test_a_commit_that_fails_is_an_error_and_rings_nothing(
        self, belled: Database, bell: RecordingBell
    ) -> None:
        """The story of autocommit (docs/decisions/0001): a deferred constraint failed, and the caller was told 201."""
        with pytest.raises(IntegrityError):
            async with belled.unit_of_work() as session:
                await session.execute(
                    text("create temporary table once (n int unique deferrable initially deferred) on commit drop")
                )
                await session.execute(text("insert into once values (1), (1)"))
                ring_after_commit(session, Hint("notification.created"))
        assert bell.rung == []


class TestDoorbells:
    async def test_each_is_rung_once_in_order_after_the_commit(self, belled: Database, bell: RecordingBell) -> None:
        async with belled.unit_of_work() as session:
            for doorbell in (Hint("alert.changed", id=1), Hint("alert.changed", id=2), Hint("alert.changed", id=1)):
                ring_after_commit(session, doorbell)
            assert bell.rung == []
        assert bell.rung == [Hint("alert.changed", id=1), Hint("alert.changed", id=2)]

    async def test_the_next_unit_starts_without_any(self, belled: Database, bell: RecordingBell) -> None:
        with pytest.raises(KeyError):
            async with belled.unit_of_work() as session:
                ring_after_commit(session, Hint("alert.changed", id=1))
                raise KeyError
        async with belled.unit_of_work():
            pass
        assert bell.rung == []


class TestRetrying:
    async def test_a_victim_of_a_deadlock_is_done_again(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            ids = [await enqueue(session, "greet", {}) for _ in range(2)]
        tries: list[str] = []
        both_began = asyncio.Barrier(2)

        async def touch(session: AsyncSession, name: str, order: list[int | None]) -> str:
            tries.append(name)
            for step, job_id in enumerate(order):
                await session.execute(text("update jobs set kind = kind || '!' where id = :id"), {"id": job_id})
                if step == 0 and len(tries) <= 2:
                    await both_began.wait()
            return name

        done = await asyncio.gather(
            database.retrying(lambda session: touch(session, "one", ids)),
            database.retrying(lambda session: touch(session, "other", ids[::-1])),
        )
        assert list(done) == ["one", "other"]
        assert len(tries) == 3
        async with database.unit_of_work() as session:
            assert {(await session.get_one(Job, job_id)).kind for job_id in ids} == {"greet!!"}

    async def test_other_errors_are_not_tried_again(self, database: Database) -> None:
        tries: list[int] = []

        async def divide(session: AsyncSession) -> None:
            tries.append(1)
            await session.execute(text("select 1 / 0"))

        with pytest.raises(DBAPIError, match="division by zero"):
            await database.retrying(divide)
        assert len(tries) == 1


def test_an_address_keeps_its_password_and_options() -> None:
    url = "postgresql://anne:p%40ss@db.example:5433/tocsin"
    assert sqlalchemy_url(url) == "postgresql+asyncpg://anne:p%40ss@db.example:5433/tocsin"
