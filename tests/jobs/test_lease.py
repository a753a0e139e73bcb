import asyncio
from datetime import timedelta

import pytest

from backend.core.clock import Clock
from backend.db.database import Database
from backend.jobs import enqueue
from backend.jobs.lease import LeaseLostError, claim_due, claim_these, finish, park, renew, requeue
from tests.support.jobs import job_of
from tests.support.times import DatabaseTimeShift

KINDS = ["greet"]
LEASE = 30.0


async def put(database: Database, count: int = 1, *, exclusive_key: str | None = None) -> list[int]:
    async with database.unit_of_work() as session:
        ids = [await enqueue(session, "greet", {}, exclusive_key=exclusive_key) for _ in range(count)]
    return [job_id for job_id in ids if job_id is not None]


async def take(database: Database, job_ids: list[int]) -> list[int]:
    return sorted(job.id for job in await claim_these(database.reads, job_ids, kinds=KINDS, lease=LEASE))


async def find(database: Database, limit: int = 10) -> list[int]:
    return [job.id for job in await claim_due(database.reads, limit=limit, kinds=KINDS, lease=LEASE)]


class TestClaiming:
    async def test_a_job_is_claimed_once(self, database: Database) -> None:
        ids = await put(database, 3)
        assert await take(database, ids[:2]) == ids[:2]
        assert await take(database, ids) == ids[2:]
        assert await find(database) == []

    async def test_fifty_claimers_at_once_get_each_job_once(self, database: Database) -> None:
        ids = await put(database, 200)
        found = await asyncio.gather(*(find(database, limit=7) for _ in range(50)))
        assert sorted(job_id for some in found for job_id in some) == ids

    async def test_the_longest_due_is_found_first(self, database: Database) -> None:
        ids = await put(database, 5)
        assert await find(database, limit=2) == ids[:2]

    async def test_other_kinds_are_left_to_workers_that_know_them(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            new = await enqueue(session, "of_a_later_version", {})
        assert new is not None
        assert await take(database, [new]) == []
        assert await find(database) == []
        assert (await job_of(database, new)).state == "queued"

    async def test_a_job_for_later_is_claimed_when_its_time_has_come(
        self, database: Database, shift_database_time: DatabaseTimeShift, system_clock: Clock
    ) -> None:
        async with database.unit_of_work() as session:
            job_id = await enqueue(session, "greet", {}, run_at=system_clock.now() + timedelta(hours=1))
        assert job_id is not None
        assert await take(database, [job_id]) == []
        assert await find(database) == []
        await shift_database_time(timedelta(hours=1, minutes=1))
        assert await find(database) == [job_id]

    async def test_a_job_whose_worker_died_is_claimed_again_and_counts_as_failed(
        self, database: Database, shift_database_time: DatabaseTimeShift
    ) -> None:
        (job_id,) = await put(database)
        await take(database, [job_id])
        await shift_database_time(timedelta(seconds=LEASE + 1))
        (again,) = await claim_due(database.reads, limit=5, kinds=KINDS, lease=LEASE)
        assert (again.id, again.claims, again.failures) == (job_id, 2, 1)

    async def test_a_renewed_lease_holds(self, database: Database, shift_database_time: DatabaseTimeShift) -> None:
        (job_id,) = await put(database)
        await take(database, [job_id])
        await shift_database_time(timedelta(seconds=LEASE - 1))
        await renew(database.reads, {job_id: 1}, lease=LEASE)
        await shift_database_time(timedelta(seconds=2 * LEASE - 2))
        assert await find(database) == []

    async def test_a_claim_that_was_lost_renews_nothing(
        self, database: Database, shift_database_time: DatabaseTimeShift
    ) -> None:
        (job_id,) = await put(database)
        await take(database, [job_id])
        before = (await job_of(database, job_id)).lease_until
        await renew(database.reads, {job_id: 7}, lease=900)
        assert (await job_of(database, job_id)).lease_until == before


class TestExclusiveJobs:
    async def test_only_the_oldest_unfinished_job_of_a_key_runs(self, database: Database) -> None:
        first, second = await put(database, 2, exclusive_key="import:1")
        (other,) = await put(database, 1, exclusive_key="import:2")
        assert await take(database, [second]) == []
        assert await find(database) == [first, other]
        async with database.unit_of_work() as session:
            await finish(session, first, 1)
        assert await find(database) == [second]

    async def test_a_failed_one_keeps_its_turn(self, database: Database) -> None:
        first, second = await put(database, 2, exclusive_key="import:1")
        await take(database, [first])
        async with database.unit_of_work() as session:
            await requeue(session, first, 1, delay=60, error="no luck", is_failure=True)
        assert await take(database, [second]) == []

    async def test_twenty_claimers_at_once_run_one_of_them(self, database: Database) -> None:
        ids = await put(database, 20, exclusive_key="import:1")
        found = await asyncio.gather(*(take(database, [job_id]) for job_id in ids), find(database))
        assert [some for some in found if some] in ([[ids[0]]], [])


class TestFences:
    @pytest.mark.parametrize("how", ["finish", "requeue", "park"])
    async def test_a_worker_that_lost_its_claim_changes_nothing(
        self, database: Database, shift_database_time: DatabaseTimeShift, how: str
    ) -> None:
        (job_id,) = await put(database)
        await take(database, [job_id])
        await shift_database_time(timedelta(seconds=LEASE + 1))
        await find(database)
        ways = {
            "finish": lambda session: finish(session, job_id, 1),
            "requeue": lambda session: requeue(session, job_id, 1, delay=0, error="x", is_failure=True),
            "park": lambda session: park(session, job_id, 1, error="x", is_failure=True),
        }
        with pytest.raises(LeaseLostError, match=f"job {job_id}, claim 1"):
            async with database.unit_of_work() as session:
                await ways[how](session)
        job = await job_of(database, job_id)
        assert (job.state, job.claims, job.failures) == ("running", 2, 1)

    async def test_a_finished_job_is_finished_once(self, database: Database) -> None:
        (job_id,) = await put(database)
        await take(database, [job_id])
        async with database.unit_of_work() as session:
            await finish(session, job_id, 1)
        with pytest.raises(LeaseLostError):
            async with database.unit_of_work() as session:
                await finish(session, job_id, 1)
        assert await find(database) == []
