from datetime import timedelta
from typing import Literal

import pytest

from backend.auth.events import LoginFlood
from backend.db.database import Database
from backend.jobs import JobDied, enqueue, publish
from backend.jobs.events import Subscriptions
from backend.notifications.jobs import JOB_KINDS, KEEP_FOR, RETENTION, TELL_OF_DEAD_JOB
from backend.wiring import subscriptions as wired_subscriptions
from tests.factories.notifications import add_many
from tests.support.jobs import RunnerMaker
from tests.support.times import FrozenClock


@pytest.fixture
def subscriptions() -> Subscriptions:
    return wired_subscriptions()


async def test_a_job_that_gave_up_is_itself_a_notification(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    died = JobDied(job_id=4, kind="catalog.import", reason="it failed 5 times", error="OSError: \x00 stuck")
    async with belled.unit_of_work() as session:
        await enqueue(session, TELL_OF_DEAD_JOB, {"job_id": 4, "kind": "k", "reason": "r", "error": "e"})
        await publish(session, JobDied(died.job_id, died.kind, died.reason, died.error.replace("\x00", "")))
    await make_runner(*JOB_KINDS).run_due()
    rows = await belled.reads.fetch("select * from admin_notifications order by title")
    assert [(row["title"], row["priority"], row["action_url"]) for row in rows] == [
        ("Background job catalog.import gave up", "high", "/jobs?state=dead"),
        ("Background job k gave up", "high", "/jobs?state=dead"),
    ]
    assert "it failed 5 times" in rows[0]["message"]


@pytest.mark.parametrize(
    ("scope", "of_whom"), [("account", "the account ann@example.com"), ("address", "the address 203.0.113.9")]
)
async def test_a_flood_of_failed_sign_ins_is_a_security_alert(
    belled: Database, make_runner: RunnerMaker, scope: Literal["account", "address"], of_whom: str
) -> None:
    flood = LoginFlood(scope=scope, email="ann@example.com", address="203.0.113.9", failure_count=50)
    async with belled.unit_of_work() as session:
        await publish(session, flood)
    await make_runner(*JOB_KINDS).run_due()
    (row,) = await belled.reads.fetch("select * from admin_notifications")
    assert (row["type"], row["priority"]) == ("security_alert", "critical")
    assert row["title"] == f"50 failed sign-ins: {of_whom}"


async def test_retention_removes_what_is_old_and_running_it_again_removes_no_more(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    async with belled.unit_of_work() as session:
        await add_many(session, clock, 3)
        clock.advance(KEEP_FOR)
        kept = await add_many(session, clock, 2)
        clock.advance(timedelta(seconds=1))
    for _ in range(2):
        async with belled.unit_of_work() as session:
            await enqueue(session, RETENTION, {})
        await make_runner(*JOB_KINDS).run_due()
        rows = await belled.reads.fetch("select id from admin_notifications order by id")
        assert [row["id"] for row in rows] == kept
