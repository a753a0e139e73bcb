import asyncio
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backend.db.database import Database
from backend.jobs import DailyAt, Every, Schedule
from backend.jobs.models import Job, JobSchedule
from backend.jobs.schedules import database_now, declare, rhythm_of, stop, stop_all, tick
from tests.support.times import DatabaseTimeShift

HOURLY = Schedule("sync", "sync_orders", Every(timedelta(hours=1)), {"store_id": 1})


async def set_up(database: Database, schedule: Schedule = HOURLY, *, due_now: bool = False) -> None:
    async with database.unit_of_work() as session:
        await declare(session, schedule, first_run_at=await database_now(session) if due_now else None)


async def ticked(database: Database) -> int:
    async with database.unit_of_work() as session:
        return await tick(session)


async def jobs(database: Database) -> list[Job]:
    async with database.unit_of_work() as session:
        return list((await session.scalars(select(Job).order_by(Job.id))).all())


async def schedule_row(database: Database) -> JobSchedule:
    async with database.unit_of_work() as session:
        return (await session.scalars(select(JobSchedule))).one()


async def test_a_new_schedule_comes_after_its_first_period(
    database: Database, shift_database_time: DatabaseTimeShift
) -> None:
    await set_up(database)
    assert await ticked(database) == 0
    await shift_database_time(timedelta(minutes=61))
    assert await ticked(database) == 1
    (job,) = await jobs(database)
    assert (job.kind, job.payload) == ("sync_orders", {"store_id": 1})


async def test_missed_ticks_are_one_catch_up_run(database: Database, shift_database_time: DatabaseTimeShift) -> None:
    await set_up(database)
    await shift_database_time(timedelta(days=3))
    assert [await ticked(database), await ticked(database)] == [1, 0]
    assert len(await jobs(database)) == 1


async def test_a_tick_passes_over_a_schedule_whose_last_job_is_unfinished(
    database: Database, shift_database_time: DatabaseTimeShift
) -> None:
    await set_up(database)
    for hours in (2, 4, 6):
        await shift_database_time(timedelta(hours=hours))
        await ticked(database)
    (job,) = await jobs(database)
    async with database.unit_of_work() as session:
        (await session.get_one(Job, job.id)).state = "done"
    await shift_database_time(timedelta(hours=8))
    await ticked(database)
    assert len(await jobs(database)) == 2


async def test_many_workers_ticking_at_once_make_one_job(database: Database) -> None:
    await set_up(database, due_now=True)
    assert sum(await asyncio.gather(*(ticked(database) for _ in range(10)))) == 1
    assert len(await jobs(database)) == 1


async def test_declaring_again_keeps_the_next_tick(database: Database) -> None:
    await set_up(database)
    before = (await schedule_row(database)).next_run_at
    await set_up(database, Schedule("sync", "sync_all_orders", HOURLY.rhythm, {"store_id": 2}))
    row = await schedule_row(database)
    assert (row.next_run_at, row.kind, row.payload) == (before, "sync_all_orders", {"store_id": 2})


async def test_a_new_rhythm_sets_a_new_next_tick(database: Database) -> None:
    await set_up(database)
    before = (await schedule_row(database)).next_run_at
    daily = DailyAt(time(3, 30), ZoneInfo("Europe/Luxembourg"))
    await set_up(database, Schedule("sync", "sync_orders", daily))
    row = await schedule_row(database)
    assert rhythm_of(row) == daily
    assert row.next_run_at != before


async def test_a_stopped_schedule_is_silent_until_it_is_declared_again(
    database: Database, shift_database_time: DatabaseTimeShift
) -> None:
    await set_up(database)
    async with database.unit_of_work() as session:
        assert await stop(session, ["sync", "unknown"]) == ["sync"]
        assert await stop(session, ["sync"]) == []
    await shift_database_time(timedelta(days=1))
    assert await ticked(database) == 0
    await set_up(database)
    assert await ticked(database) == 0
    await shift_database_time(timedelta(days=1, hours=2))
    assert await ticked(database) == 1


async def test_all_with_one_of_some_prefixes_are_stopped_and_named(database: Database) -> None:
    names = ["store:1:sync", "store:1:watch", "store:10:sync", "store:2:sync", "store_1:sync"]
    for name in names:
        await set_up(database, Schedule(name, "sync_orders", HOURLY.rhythm))
    async with database.unit_of_work() as session:
        assert await stop_all(session, "store:1:") == ["store:1:sync", "store:1:watch"]
        assert await stop_all(session, "store:1:", "store:2:") == ["store:2:sync"]
        assert await stop_all(session, "store_") == ["store_1:sync"]
        assert await stop_all(session) == []
    async with database.unit_of_work() as session:
        assert (await session.scalars(select(JobSchedule.name).where(JobSchedule.is_active))).all() == ["store:10:sync"]
