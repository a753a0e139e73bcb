import asyncio
from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import ImportService, ProductsImported, Storage, import_run, reader, upsert
from backend.catalog.conclusion import end_import
from backend.catalog.import_outcome import failure
from backend.catalog.jobs import JOB_KINDS
from backend.catalog.repository import MOST_ISSUES_KEPT, locked
from backend.catalog.sample_feed import sample_feed, some_broken
from backend.catalog.upsert import write_chunk
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.doorbells import Hint
from backend.jobs import Subscriptions
from backend.jobs.models import Job
from backend.jobs.runner import JobRunner
from backend.tenancy import Store
from tests.catalog.conftest import Look, StartImport
from tests.catalog.web import LOCAL, answer, serving
from tests.support.jobs import RecordingBell
from tests.support.times import FrozenClock


@pytest.fixture
def subscriptions() -> Subscriptions:
    return {ProductsImported.name: ["test.subscriber"]}


def broken(rows: int, count: int) -> list[bytes]:
    return list(sample_feed(rows, broken=some_broken(rows, count)))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of some rows, so that a short feed has many."""
    monkeypatch.setattr(reader, "CHUNK_ROWS", 5)
    monkeypatch.setattr(reader, "_BLOCK_BYTES", 2_000)


class TestCleanImports:
    async def test_a_clean_feed_completes(self, start_import: StartImport, runner: JobRunner, look: Look) -> None:
        import_id = await start_import()
        await runner.run_due()
        assert await look.counts(import_id) == ("completed", 20, 20, 0, 0, 0)
        job = await look.job(import_id)
        assert (job.total_rows, job.error_message) == (20, None)
        assert job.started_at is not None
        assert job.completed_at is not None
        assert await look.notifications() == []
        assert await look.alerts() == []

    async def test_the_same_feed_again_is_unchanged(
        self, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        await start_import()
        second = await start_import(b"".join(sample_feed(20)).replace(b"\n", b"\r\n"))
        await runner.run_due()
        assert await look.counts(second) == ("completed", 20, 0, 0, 20, 0)

    async def test_warnings_alone_leave_it_clean(
        self, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        import_id = await start_import(b"id,title,price,gtin\n1,a,1,123\n")
        await runner.run_due()
        assert (await look.job(import_id)).warning_count == 1
        assert await look.issues(import_id) == [(1, "warning", "invalid_gtin")]
        assert await look.counts(import_id) == ("completed", 1, 1, 0, 0, 0)

    async def test_others_hear_of_new_products(self, start_import: StartImport, runner: JobRunner, look: Look) -> None:
        import_id = await start_import()
        await runner.run_due()
        (job,) = await look.rows("select payload from jobs where kind = 'test.subscriber'")
        assert f'"import_id": {import_id}' in job["payload"]

    async def test_progress_is_hinted(self, start_import: StartImport, runner: JobRunner, bell: RecordingBell) -> None:
        import_id = await start_import()
        await runner.run_due()
        hints = [hint for hint in bell.rung if isinstance(hint, Hint) and hint.event == "import.progress"]
        assert {hint.id for hint in hints} == {import_id}
        assert len(hints) >= 2


class TestRowErrors:
    async def test_one_to_four_are_only_shown(self, start_import: StartImport, runner: JobRunner, look: Look) -> None:
        import_id = await start_import(broken(30, 4))
        await runner.run_due()
        assert await look.counts(import_id) == ("completed_with_errors", 30, 26, 0, 0, 4)
        assert await look.notifications() == []

    async def test_five_ring_the_bell_and_raise_an_alert(
        self, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        import_id = await start_import(broken(30, 5))
        await runner.run_due()
        assert await look.counts(import_id) == ("completed_with_errors", 30, 25, 0, 0, 5)
        (notification,), (alert,) = await look.notifications(), await look.alerts()
        assert notification["type"] == "import_failure"
        assert notification["priority"] == "high"
        assert notification["action_url"] == f"/imports/{import_id}"
        assert notification["alert_id"] == alert["id"]
        assert notification["message"] == "5 of 30 rows could not be imported."
        assert "Moulin de Hesper" in notification["title"]
        assert alert["alert_type"] == "integration"
        assert (await look.job(import_id)).error_message is None

    async def test_each_error_is_kept_with_its_raw_row(
        self, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        import_id = await start_import(broken(200, 9))
        await runner.run_due()
        assert {(row, code) for row, _, code in await look.issues(import_id)} == set(some_broken(200, 9).items())
        (row,) = await look.rows("select raw->>'brand' as brand from import_errors limit 1")
        assert row["brand"]

    async def test_errors_beyond_what_is_kept_are_counted(
        self, start_import: StartImport, runner: JobRunner, look: Look, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert MOST_ISSUES_KEPT >= 10_000
        monkeypatch.setattr("backend.catalog.repository.MOST_ISSUES_KEPT", 7)
        import_id = await start_import(broken(40, 12))
        await runner.run_due()
        assert (await look.job(import_id)).error_count == 12
        assert len(await look.issues(import_id)) == 7


class TestFailures:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "The file is empty."),
            (b"id\ttitle\tprice\n", "The feed has no rows."),
            (b"PK\x03\x04" + b"\x00" * 100, "Excel workbook"),
            (b"id,name\n1,a\n", 'no column "title" and "price"'),
            (b"id,title,price\n1,a,x\n2,b,\n", "None of the 2 rows could be imported."),
        ],
    )
    async def test_a_feed_that_gives_nothing_fails_and_says_why(
        self, start_import: StartImport, runner: JobRunner, look: Look, content: bytes, message: str
    ) -> None:
        import_id = await start_import(content)
        await runner.run_due()
        job = await look.job(import_id)
        assert job.status == "failed"
        assert message in str(job.error_message)
        (notification,), (alert,) = await look.notifications(), await look.alerts()
        assert (notification["message"], notification["alert_id"]) == (job.error_message, alert["id"])

    async def test_a_file_that_is_gone_fails(
        self, start_import: StartImport, runner: JobRunner, look: Look, storage: Storage
    ) -> None:
        import_id = await start_import()
        await storage.delete(str((await look.job(import_id)).storage_key))
        await runner.run_due()
        assert (await look.job(import_id)).error_message == "The uploaded file is no longer kept."

    async def test_an_unexpected_error_is_tried_again_and_told_at_last(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        async def break_down(*_: object) -> None:
            raise RuntimeError("disk on fire")

        monkeypatch.setattr(import_run, "write_chunk", break_down)
        import_id = await start_import()
        for tried in range(5):
            assert await look.notifications() == [], tried
            await due_now(database)
            await runner.run_due()
        job = await look.job(import_id)
        assert job.status == "failed"
        assert "disk on fire" in str(job.error_message)
        assert len(await look.notifications()) == 1
        assert [row["state"] for row in await look.rows("select state from jobs where kind = 'catalog.import'")] == [
            "done"
        ]

    async def test_what_was_imported_before_the_error_stays(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        small_chunks: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        whole = write_chunk
        calls = iter(range(1000))

        async def break_down_once(*arguments: object) -> object:
            if next(calls) == 3:
                raise RuntimeError("connection reset")
            return await whole(*arguments)  # type: ignore[arg-type]  # handed on

        monkeypatch.setattr(import_run, "write_chunk", break_down_once)
        import_id = await start_import(broken(60, 6))
        await runner.run_due()
        assert 0 < (await look.job(import_id)).processed_count < 60
        await due_now(database)
        await runner.run_due()
        assert await look.counts(import_id) == ("completed_with_errors", 60, 54, 0, 0, 6)
        assert len(await look.issues(import_id)) == 6

    async def test_a_deadlock_is_tried_again_at_once(
        self, start_import: StartImport, runner: JobRunner, look: Look, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        victims = iter([True])
        write = upsert._write

        async def be_the_victim_once(*arguments: object) -> object:
            if next(victims, False):
                raise asyncpg.DeadlockDetectedError
            return await write(*arguments)  # type: ignore[arg-type]  # handed on

        monkeypatch.setattr(upsert, "_write", be_the_victim_once)
        import_id = await start_import()
        assert await runner.run_due() == 1
        assert await look.counts(import_id) == ("completed", 20, 20, 0, 0, 0)

    async def test_an_import_whose_worker_always_dies_is_given_up(
        self, start_import: StartImport, runner: JobRunner, look: Look, database: Database
    ) -> None:
        import_id = await start_import()
        async with database.unit_of_work() as session:
            for job in await all_jobs(session):
                job.failures = JOB_KINDS[0].max_failures
        await runner.run_due()
        found = await look.job(import_id)
        assert found.status == "failed"
        assert "lost" in str(found.error_message)
        assert len(await look.alerts()) == 1


class TestFromUrl:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, egress_allow=tuple(LOCAL))

    async def test_an_address_is_fetched_and_again_at_a_retry(
        self, runner: JobRunner, look: Look, database: Database, clock: FrozenClock, store: Store
    ) -> None:
        first = b"id,title,price\n1,a,x\n2,b,2\n"
        async with serving(answer("200 OK", first), answer("200 OK", first.replace(b"x", b"1"))) as (url, requests):
            async with database.unit_of_work() as session:
                service = ImportService(session, clock)
                import_id = (await service.start_from_url(store_id=store.id, language="fr", source_url=url)).id
            await runner.run_due()
            assert await look.counts(import_id) == ("completed_with_errors", 2, 1, 0, 0, 1)
            async with database.unit_of_work() as session:
                await ImportService(session, clock).retry(import_id)
            await runner.run_due()
            assert await look.counts(import_id) == ("completed", 2, 1, 0, 1, 0)
            assert len(requests) == 2

    async def test_an_address_that_gives_nothing_fails_and_tells(
        self, runner: JobRunner, look: Look, database: Database, clock: FrozenClock, store: Store
    ) -> None:
        async with serving(answer("404 Not Found")) as (url, _):
            async with database.unit_of_work() as session:
                service = ImportService(session, clock)
                import_id = (await service.start_from_url(store_id=store.id, language="fr", source_url=url)).id
            await runner.run_due()
        assert (await look.job(import_id)).error_message == "The feed's address answered 404 Not Found."
        assert len(await look.notifications()) == 1


class TestHealing:
    async def test_the_next_clean_import_heals(
        self, start_import: StartImport, runner: JobRunner, look: Look, clock: FrozenClock
    ) -> None:
        await start_import(broken(30, 6))
        await runner.run_due()
        clock.advance(timedelta(minutes=5))
        healing = await start_import(sample_feed(30))
        await runner.run_due()
        (alert,), (notification,) = await look.alerts(), await look.notifications()
        assert alert["is_resolved"]
        assert alert["resolved_by_user_id"] is None
        assert f"import {healing}" in alert["resolution_notes"]
        assert notification["settled_at"] is not None

    async def test_an_import_with_few_errors_does_not_heal(
        self, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        await start_import(broken(30, 6))
        await start_import(broken(30, 1))
        await runner.run_due()
        (alert,) = await look.alerts()
        assert not alert["is_resolved"]

    async def test_failures_of_one_store_are_one_alert(
        self, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        await start_import(b"")
        await start_import(broken(30, 6), language="de")
        await runner.run_due()
        (alert,) = await look.alerts()
        assert alert["occurrence_count"] == 2
        assert len(await look.notifications()) == 2


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
        await runner.reap()
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


async def cancel(database: Database, clock: FrozenClock, import_id: int) -> None:
    async with database.unit_of_work() as session:
        await ImportService(session, clock).cancel(import_id)


async def due_now(database: Database) -> None:
    """What waits for its next try waits no longer."""
    async with database.unit_of_work() as session:
        for job in await all_jobs(session):
            if job.state == "queued":
                job.run_at -= timedelta(hours=1)


async def all_jobs(session: AsyncSession) -> list[Job]:
    return list(await session.scalars(select(Job)))
