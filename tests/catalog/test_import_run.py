from datetime import timedelta

import pytest

from backend.catalog import ProductsImported
from backend.catalog.repository import MOST_ISSUES_KEPT
from backend.catalog.sample_feed import sample_feed, some_broken
from backend.db.doorbells import Hint
from backend.jobs import Subscriptions
from backend.jobs.runner import JobRunner
from tests.catalog.conftest import Look, StartImport, broken
from tests.support.jobs import RecordingBell
from tests.support.times import FrozenClock


@pytest.fixture
def subscriptions() -> Subscriptions:
    return {ProductsImported.name: ["test.subscriber"]}


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
