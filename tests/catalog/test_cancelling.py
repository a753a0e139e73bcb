"""An import that somebody cancelled ends soon and quietly, wherever its run is just then."""

import asyncio
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio

from backend.catalog import ImportService, Storage, cancelling, import_run
from backend.catalog.jobs import JOB_KINDS
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.jobs import LaneName
from backend.jobs.runner import JobRunner
from backend.tenancy import Store
from tests.catalog.conftest import Look, StartImport, all_jobs, cancel, due_now
from tests.catalog.web import LOCAL, hanging
from tests.support.application import AsRole
from tests.support.times import FrozenClock

ADMIN = "/api/v1/admin"


@pytest.fixture
def _breaks_down(monkeypatch: pytest.MonkeyPatch) -> None:
    async def break_down(*_: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(import_run, "write_chunk", break_down)


async def job_ids(look: Look) -> list[int]:
    return [row["id"] for row in await look.rows("select id from jobs where kind = 'catalog.import' order by id")]


class TestByItsJob:
    @pytest_asyncio.fixture
    async def operator(self, as_role: AsRole) -> httpx.AsyncClient:
        return await as_role(Role.OPERATOR)

    async def test_an_import_that_waits_is_cancelled_with_its_job(
        self, operator: httpx.AsyncClient, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        import_id = await start_import()
        (job_id,) = await job_ids(look)
        assert (await operator.post(f"{ADMIN}/jobs/{job_id}/cancel")).status_code == 200
        assert (await look.job(import_id)).status == "cancelled"
        assert (await operator.post(f"{ADMIN}/imports/{import_id}/retry")).status_code == 202
        await runner.run_due()
        assert (await look.job(import_id)).status == "completed"

    @pytest.mark.usefixtures("_breaks_down")
    async def test_an_import_between_two_tries_is_cancelled_with_its_job(
        self, operator: httpx.AsyncClient, start_import: StartImport, runner: JobRunner, look: Look
    ) -> None:
        import_id = await start_import()
        await runner.run_due()
        assert (await look.job(import_id)).status == "processing"
        (job_id,) = await job_ids(look)
        assert (await operator.post(f"{ADMIN}/jobs/{job_id}/cancel")).status_code == 200
        assert (await look.job(import_id)).status == "cancelled"
        assert await look.notifications() == []
        assert (await operator.post(f"{ADMIN}/imports/{import_id}/retry")).status_code == 202

    async def test_a_job_of_an_earlier_run_does_not_cancel_the_present_one(
        self, operator: httpx.AsyncClient, start_import: StartImport, look: Look
    ) -> None:
        import_id = await start_import()
        await operator.post(f"{ADMIN}/imports/{import_id}/cancel")
        await operator.post(f"{ADMIN}/imports/{import_id}/retry")
        earlier, _ = await job_ids(look)
        assert (await operator.post(f"{ADMIN}/jobs/{earlier}/cancel")).status_code == 200
        assert (await look.job(import_id)).status == "pending"


@pytest.mark.usefixtures("_breaks_down")
class TestFailuresAfterIt:
    async def test_a_try_that_is_due_does_not_begin(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        clock: FrozenClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        import_id = await start_import()
        await runner.run_due()
        await cancel(database, clock, import_id)
        await due_now(database)
        monkeypatch.setattr(import_run, "open_storage", None)
        await runner.run_due()
        assert (await look.job(import_id)).status == "cancelled"
        assert await look.rows("select id from jobs where state <> 'done'") == []
        assert (await look.notifications(), await look.alerts()) == ([], [])

    async def test_a_failure_is_not_tried_again(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        clock: FrozenClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        import_id = await start_import()

        async def be_cancelled_and_fail(*_: object) -> None:
            await cancel(database, clock, import_id)
            raise RuntimeError("disk on fire")

        monkeypatch.setattr(import_run, "_import", be_cancelled_and_fail)
        await runner.run_due()
        assert (await look.job(import_id)).status == "cancelled"
        assert (await look.notifications(), await look.alerts()) == ([], [])

    @pytest.mark.parametrize("content", [b"", b"id,title,price\n"])
    async def test_a_feed_that_gives_nothing_is_no_failure_then(
        self,
        start_import: StartImport,
        runner: JobRunner,
        look: Look,
        database: Database,
        clock: FrozenClock,
        monkeypatch: pytest.MonkeyPatch,
        content: bytes,
    ) -> None:
        import_id = await start_import(content)
        whole = import_run._import

        async def be_cancelled(*arguments: object) -> None:
            await cancel(database, clock, import_id)
            await whole(*arguments)  # type: ignore[arg-type]  # handed on

        monkeypatch.setattr(import_run, "_import", be_cancelled)
        await runner.run_due()
        found = await look.job(import_id)
        assert (found.status, found.error_message) == ("cancelled", None)
        assert (await look.notifications(), await look.alerts()) == ([], [])

    async def test_an_import_whose_worker_always_dies_was_cancelled_all_the_same(
        self, start_import: StartImport, runner: JobRunner, look: Look, database: Database, clock: FrozenClock
    ) -> None:
        import_id = await start_import()
        await runner.run_due()
        await cancel(database, clock, import_id)
        async with database.unit_of_work() as session:
            for job in await all_jobs(session):
                job.failures = JOB_KINDS[0].max_failures
        await due_now(database)
        await runner.run_due()
        assert (await look.job(import_id)).status == "cancelled"
        assert (await look.notifications(), await look.alerts()) == ([], [])


class TestWhileItIsFetched:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, egress_allow=tuple(LOCAL))

    async def test_the_fetch_ends_and_leaves_no_file(
        self,
        runner: JobRunner,
        look: Look,
        database: Database,
        clock: FrozenClock,
        store: Store,
        storage: Storage,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(cancelling, "_SECONDS_BETWEEN_LOOKS", 0.05)
        async with hanging(b"id,title,price\n1,a,1\n") as (url, is_asked):
            async with database.unit_of_work() as session:
                service = ImportService(session, clock)
                import_id = (await service.start_from_url(store_id=store.id, language="fr", source_url=url)).id
            await runner.reap(LaneName.LONG)
            await asyncio.wait_for(is_asked.wait(), 10)
            await cancel(database, clock, import_id)
            await asyncio.wait_for(runner.wait_until_idle(), 5)
        assert (await look.job(import_id)).status == "cancelled"
        assert [key async for keys in storage.written_before(clock.now(), "") for key in keys] == []
        assert (await look.notifications(), await look.alerts()) == ([], [])
