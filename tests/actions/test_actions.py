"""From the bell to the deed: an action is asked for, runs once, and its result stands in the alert's timeline."""

import asyncio

import httpx
import pytest
import pytest_asyncio

from backend import wiring
from backend.actions import jobs as action_jobs
from backend.catalog import jobs as catalog_jobs
from backend.core.roles import Role
from backend.db.database import Database
from backend.jobs import Subscriptions
from backend.jobs.runner import JobRunner
from backend.letzshop import jobs as letzshop_jobs
from backend.letzshop.sim.faults import Fault
from backend.tenancy import Store
from tests.letzshop.conftest import Letzshop, Look, StartRun
from tests.support.application import AsRole
from tests.support.jobs import RunnerMaker
from tests.support.times import FrozenClock

NOTIFICATIONS = "/api/v1/admin/notifications"


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


@pytest.fixture
def subscriptions() -> Subscriptions:
    return wiring.subscriptions()


@pytest.fixture
def runner(make_runner: RunnerMaker) -> JobRunner:
    return make_runner(*action_jobs.JOB_KINDS, *letzshop_jobs.JOB_KINDS, *catalog_jobs.JOB_KINDS)


@pytest_asyncio.fixture
async def told(store: Store, start: StartRun, runner: JobRunner, look: Look, letzshop: Letzshop) -> int:
    """A notification of a sync that failed for its key."""
    letzshop.fault(Fault.BAD_KEY)
    await start(store)
    await runner.run_due()
    (row,) = await look.notifications("order_sync_failure")
    found: int = row["id"]
    return found


async def timeline(operator: httpx.AsyncClient, look: Look) -> list[tuple[str, str | None]]:
    (alert,) = await look.alerts()
    detail = (await operator.get(f"{NOTIFICATIONS}/alerts/{alert['id']}")).json()
    return [
        (entry["kind"], entry["detail"].get("text"))
        for entry in detail["timeline"]
        if entry["kind"].startswith("action")
    ]


async def test_a_notification_says_what_can_be_done_about_it(
    operator: httpx.AsyncClient, told: int, store: Store
) -> None:
    shown = (await operator.get(f"{NOTIFICATIONS}/{told}")).json()
    target = {"store_id": store.id}
    assert shown["actions"] == [{"kind": "sync_now", "target": target}, {"kind": "test_credentials", "target": target}]
    listed = (await operator.get(NOTIFICATIONS, params={"type": "order_sync_failure"})).json()["items"]
    assert [item["actions"] for item in listed] == [shown["actions"]]


async def test_syncing_from_the_bell_heals_what_it_is_about(
    operator: httpx.AsyncClient, told: int, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.NONE)
    reply = await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    assert (reply.status_code, reply.json()["status"]) == (202, "pending")
    assert reply.json()["started_by"]["name"]
    await runner.run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    sync = run["letzshop_run_id"]
    assert (run["status"], run["result"]) == ("done", f"Sync {sync} was completed.")
    assert await timeline(operator, look) == [("action_started", None), ("action_done", run["result"])]
    (alert,) = await look.alerts()
    assert alert["is_resolved"]


async def test_an_action_lasts_as_long_as_what_it_started(
    operator: httpx.AsyncClient, told: int, make_runner: RunnerMaker, runner: JobRunner, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.BAD_KEY)
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    await make_runner(*action_jobs.JOB_KINDS).run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    sync = run["letzshop_run_id"]
    assert (run["status"], run["result"], run["completed_at"]) == ("running", f"Sync {sync} was started.", None)
    again = await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    assert again.json() == run
    await runner.run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    assert (run["status"], run["result"]) == ("failed", f"Sync {sync} failed: Letzshop refuses the API key (401).")


async def test_a_run_cancelled_while_it_waits_ends_the_action(
    operator: httpx.AsyncClient, told: int, make_runner: RunnerMaker
) -> None:
    actions_alone = make_runner(*action_jobs.JOB_KINDS)
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    await actions_alone.run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    await operator.post(f"/api/v1/admin/letzshop/runs/{run['letzshop_run_id']}/cancel")
    await actions_alone.run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    assert (run["status"], run["result"]) == ("failed", f"Sync {run['letzshop_run_id']} was cancelled.")


async def test_an_end_that_nobody_heard_of_is_found(
    operator: httpx.AsyncClient, told: int, make_runner: RunnerMaker, database: Database, clock: FrozenClock, look: Look
) -> None:
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    await make_runner(*action_jobs.JOB_KINDS).run_due()
    for sync_status, status in (("fetching", "running"), ("completed", "done")):
        await look.rows("update letzshop_runs set status = $1 where status <> 'failed'", sync_status)
        async with database.unit_of_work() as session:
            await action_jobs.hear_missed(session, clock, {})
        (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
        assert run["status"] == status


async def test_an_alert_offers_what_its_unsettled_notifications_offer(
    operator: httpx.AsyncClient, told: int, store: Store, look: Look
) -> None:
    (alert,) = await look.alerts()
    shown = (await operator.get(f"{NOTIFICATIONS}/alerts/{alert['id']}")).json()
    shared = {"target": {"store_id": store.id}, "notification_id": told, "store_id": store.id}
    assert shown["actions"] == [{"kind": "sync_now", **shared}, {"kind": "test_credentials", **shared}]
    await operator.put(f"{NOTIFICATIONS}/alerts/{alert['id']}/resolve")
    assert (await operator.get(f"{NOTIFICATIONS}/alerts/{alert['id']}")).json()["actions"] == []


async def test_an_alert_offers_each_deed_once_a_store_by_the_newest_notification(
    operator: httpx.AsyncClient, told: int, store: Store, start: StartRun, runner: JobRunner, look: Look
) -> None:
    await start(store)
    await runner.run_due()
    newest = (await look.notifications("order_sync_failure"))[-1]["id"]
    assert newest != told
    (alert,) = await look.alerts()
    shown = (await operator.get(f"{NOTIFICATIONS}/alerts/{alert['id']}")).json()
    assert [(each["kind"], each["notification_id"]) for each in shown["actions"]] == [
        ("sync_now", newest), ("test_credentials", newest),
    ]  # fmt: skip


async def test_a_double_click_runs_once(
    operator: httpx.AsyncClient, told: int, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    replies = await asyncio.gather(
        *(operator.post(f"{NOTIFICATIONS}/{told}/actions/test_credentials") for _ in range(4))
    )
    assert len({reply.json()["id"] for reply in replies}) == 1
    calls = letzshop.simulator.calls
    await runner.run_due()
    assert letzshop.simulator.calls == calls + 1
    assert len(await look.rows("select * from action_runs")) == 1


async def test_a_test_that_fails_says_why_in_the_timeline(
    operator: httpx.AsyncClient, told: int, runner: JobRunner, look: Look
) -> None:
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/test_credentials")
    await runner.run_due()
    assert await timeline(operator, look) == [
        ("action_started", None),
        ("action_failed", "Letzshop refuses the API key (401)."),
    ]


async def test_a_test_that_passes_says_so(
    operator: httpx.AsyncClient, told: int, runner: JobRunner, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.NONE)
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/test_credentials")
    await runner.run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    assert (run["status"], run["result"]) == ("done", "Letzshop accepts the API key.")


async def test_an_action_whose_job_runs_twice_is_done_once(
    operator: httpx.AsyncClient, told: int, runner: JobRunner, look: Look, letzshop: Letzshop
) -> None:
    letzshop.fault(Fault.NONE)
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    await runner.run_due()
    runs = await look.rows("select id from letzshop_runs")
    await look.rows("update jobs set state = 'queued', finished_at = null where kind = 'actions.run'")
    await runner.run_due()
    assert await look.rows("select id from letzshop_runs") == runs
    assert len(await timeline(operator, look)) == 2


async def test_a_failed_import_is_tried_again_from_its_notification(
    operator: httpx.AsyncClient, store: Store, runner: JobRunner, look: Look
) -> None:
    files = {"file": ("feed.tsv", b"id\ttitle\tprice\n")}
    reply = await operator.post("/api/v1/admin/imports", data={"store_id": store.id, "language": "fr"}, files=files)
    await runner.run_due()
    (notification,) = await look.notifications("import_failure")
    await operator.post(f"{NOTIFICATIONS}/{notification['id']}/actions/retry_import")
    await runner.run_due()
    (job,) = await look.rows("select run, status from import_jobs where id = $1", reply.json()["id"])
    assert tuple(job) == (2, "failed")
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{notification['id']}/actions")).json()["items"]
    said = f"Import {reply.json()['id']} failed: The feed has no rows."
    assert (run["status"], run["result"], run["import_id"]) == ("failed", said, reply.json()["id"])


async def test_what_is_not_possible_now_is_a_result_and_no_retry(
    operator: httpx.AsyncClient, told: int, runner: JobRunner, look: Look
) -> None:
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    await look.rows("delete from letzshop_credentials")
    await runner.run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    assert run["status"] == "failed"
    assert "has no Letzshop credentials" in run["result"]
    (job,) = await look.rows("select state, failures from jobs where kind = 'actions.run'")
    assert tuple(job) == ("done", 0)


async def test_a_key_that_cannot_be_read_any_more_is_a_result_and_no_retry(
    operator: httpx.AsyncClient, told: int, runner: JobRunner, look: Look
) -> None:
    await look.rows("update letzshop_credentials set sealed_api_key = 'gAAAAA'")
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/test_credentials")
    await runner.run_due()
    (run,) = (await operator.get(f"{NOTIFICATIONS}/{told}/actions")).json()["items"]
    said = "The stored API key cannot be read with the present secret key; enter it again."
    assert (run["status"], run["result"]) == ("failed", said)
    (job,) = await look.rows("select state, failures from jobs where kind = 'actions.run'")
    assert tuple(job) == ("done", 0)


@pytest.mark.parametrize("kind", ["retry_import", "open_exceptions"])
async def test_what_a_notification_does_not_offer_is_refused(kind: str, operator: httpx.AsyncClient, told: int) -> None:
    reply = await operator.post(f"{NOTIFICATIONS}/{told}/actions/{kind}")
    assert (reply.status_code, reply.json()["code"]) == (409, "action_not_offered")


async def test_unknown_kinds_and_notifications_are_told_apart(operator: httpx.AsyncClient, told: int) -> None:
    assert (await operator.post(f"{NOTIFICATIONS}/{told}/actions/explode")).status_code == 400
    assert (await operator.post(f"{NOTIFICATIONS}/999/actions/sync_now")).status_code == 404
    assert (await operator.get(f"{NOTIFICATIONS}/999/actions")).status_code == 404


async def test_who_acted_on_what_is_in_the_audit_log(operator: httpx.AsyncClient, told: int, look: Look) -> None:
    await operator.post(f"{NOTIFICATIONS}/{told}/actions/sync_now")
    (entry,) = await look.rows("select * from audit_log where action = 'notification.action'")
    assert entry["target"] == f"{told}/sync_now"
