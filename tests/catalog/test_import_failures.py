from dataclasses import replace

import asyncpg
import pytest

from backend.catalog import ImportService, Storage, import_run, upsert
from backend.catalog.jobs import JOB_KINDS
from backend.catalog.upsert import write_chunk
from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs.runner import JobRunner
from backend.tenancy import Store
from tests.catalog.conftest import Look, StartImport, all_jobs, broken, due_now
from tests.catalog.web import LOCAL, answer, serving
from tests.support.times import FrozenClock


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
