import asyncio

import pytest

from backend.catalog import ImportService, import_run
from backend.catalog.conclusion import end_import
from backend.catalog.import_outcome import failure
from backend.catalog.repository import locked
from backend.catalog.sample_feed import sample_feed
from backend.catalog.upsert import write_chunk
from backend.db.database import Database
from backend.jobs import LaneName
from backend.jobs.runner import JobRunner
from tests.catalog.conftest import Look, StartImport, all_jobs, broken, cancel
from tests.support.times import FrozenClock


class TestOnceOnly:
    async def test_a_run_that_has_ended_is_not_ended_again(
        self, start_import: StartImport, runner: JobRunner, look: Look, database: Database, clock: FrozenClock
    ) -> None:
        import_id = await start_import(broken(30, 6))
        await runner.run_due()
        async with database.unit_of_work() as session:
            await end_import(session, clock, import_id, 1, failure("Its worker was lost."))
        assert (await look.job(import_id)).status == "completed_with_errors"
        assert len(await look.notifications()) == 1

    async def test_a_job_that_runs_twice_tells_once(
        self, start_import: StartImport, runner: JobRunner, look: Look, database: Database
    ) -> None:
        import_id = await start_import(broken(30, 6))
        await runner.run_due()
        before = await look.counts(import_id)
        async with database.unit_of_work() as session:
            (job,) = [job for job in await all_jobs(session) if job.kind == "catalog.import"]
            job.state, job.finished_at = "queued", None
        await runner.run_due()
        assert await look.counts(import_id) == before
        assert len(await look.notifications()) == 1
        assert [alert["occurrence_count"] for alert in await look.alerts()] == [1]
        assert len(await look.issues(import_id)) == 6

    async def test_an_attempt_that_was_overtaken_writes_nothing(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        small_chunks: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        whole = write_chunk
        overtaken = iter([True])

        async def overtake(*arguments: object) -> object:
            result = await whole(*arguments)  # type: ignore[arg-type]  # handed on
            if next(overtaken, False):
                monkeypatch.setattr(import_run, "locked", ahead)
            return result

        seen = locked

        async def ahead(session: object, import_id: int) -> object:
            job = await seen(session, import_id)  # type: ignore[arg-type]  # handed on
            if job is not None:
                job.processed_count += 10
            return job

        monkeypatch.setattr(import_run, "write_chunk", overtake)
        import_id = await start_import(sample_feed(60))
        await runner.run_due()
        job = await look.job(import_id)
        assert (job.status, job.processed_count < 60) == ("processing", True)
        (row,) = await look.rows("select last_error from jobs where kind = 'catalog.import'")
        assert "TakenOverError" in row["last_error"]

    async def test_a_worker_that_stops_in_the_middle_goes_on_later(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        small_chunks: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        whole, reached = write_chunk, asyncio.Event()

        async def hang_at_the_fourth(session: object, target: object, chunk: object, seen: object) -> object:
            if reached.is_set():
                return await whole(session, target, chunk, seen)  # type: ignore[arg-type]  # handed on
            if chunk.first_row > 15:  # type: ignore[attr-defined]  # a chunk
                reached.set()
                await asyncio.sleep(60)
            return await whole(session, target, chunk, seen)  # type: ignore[arg-type]  # handed on

        monkeypatch.setattr(import_run, "write_chunk", hang_at_the_fourth)
        lines = list(sample_feed(60))
        import_id = await start_import([*lines, lines[1]])
        await runner.reap(LaneName.LONG)
        await asyncio.wait_for(reached.wait(), 10)
        await runner.stop()
        assert 0 < (await look.job(import_id)).processed_count < 60
        await runner.run_due()
        assert await look.counts(import_id) == ("completed", 61, 60, 0, 1, 0)
        assert await look.issues(import_id) == [(61, "warning", "duplicate_id")]


class TestCancelAndRetry:
    async def test_a_waiting_import_is_cancelled_at_once(
        self, start_import: StartImport, runner: JobRunner, look: Look, database: Database, clock: FrozenClock
    ) -> None:
        import_id = await start_import()
        await cancel(database, clock, import_id)
        assert (await look.job(import_id)).status == "cancelled"
        await runner.run_due()
        assert await look.counts(import_id) == ("cancelled", 0, 0, 0, 0, 0)

    async def test_a_running_import_stops_after_its_chunk(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        clock: FrozenClock,
        small_chunks: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        whole = write_chunk
        cancelled = iter([True])

        async def cancel_after_the_first(*arguments: object) -> object:
            result = await whole(*arguments)  # type: ignore[arg-type]  # handed on
            if next(cancelled, False):
                asking.append(asyncio.create_task(cancel(database, clock, import_id)))
            return result

        asking: list[asyncio.Task[None]] = []
        monkeypatch.setattr(import_run, "write_chunk", cancel_after_the_first)
        import_id = await start_import(sample_feed(400))
        await runner.run_due()
        status, processed, new, *_ = await look.counts(import_id)
        assert status == "cancelled"
        assert 0 < processed < 400
        assert new == processed
        assert await look.notifications() == []

    async def test_a_retry_runs_the_same_file_from_the_start(
        self, start_import: StartImport, runner: JobRunner, look: Look, database: Database, clock: FrozenClock
    ) -> None:
        import_id = await start_import(broken(30, 6))
        await runner.run_due()
        async with database.unit_of_work() as session:
            await ImportService(session, clock).retry(import_id)
        assert await look.counts(import_id) == ("pending", 0, 0, 0, 0, 0)
        assert await look.issues(import_id) == []
        await runner.run_due()
        assert await look.counts(import_id) == ("completed_with_errors", 30, 0, 0, 24, 6)
        # A run of its own: it tells again.
        assert len(await look.notifications()) == 2

    async def test_imports_of_one_store_and_language_run_one_after_the_other(
        self, start_import: StartImport, runner: JobRunner, look: Look, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = write_chunk
        running: list[str] = []
        most: list[int] = []

        async def watch(session: object, target: object, chunk: object, seen: object) -> object:
            running.append(target.language)  # type: ignore[attr-defined]  # a target
            most.append(running.count("fr"))
            await asyncio.sleep(0.05)
            try:
                return await whole(session, target, chunk, seen)  # type: ignore[arg-type]  # handed on
            finally:
                running.remove(target.language)  # type: ignore[attr-defined]  # a target

        monkeypatch.setattr(import_run, "write_chunk", watch)
        ids = [await start_import() for _ in range(3)] + [await start_import(language="de")]
        await runner.run_due()
        assert [(await look.job(import_id)).status for import_id in ids] == ["completed"] * 4
        assert max(most) == 1
