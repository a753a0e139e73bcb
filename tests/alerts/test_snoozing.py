from datetime import datetime, timedelta

import httpx
import msgspec

from backend.alerts import PlatformAlertService
from backend.alerts.jobs import return_snoozed
from backend.alerts.snoozing import RETURN_SNOOZED
from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.alerts import raise_alert
from tests.support.application import AsRole
from tests.support.times import FrozenClock

ALERTS = "/api/v1/admin/notifications/alerts"
HOUR = timedelta(hours=1)


async def opened(database: Database, clock: FrozenClock, severity: str = "error") -> int:
    async with database.unit_of_work() as session:
        return (await raise_alert(session, clock, severity=severity)).id


async def snooze(client: httpx.AsyncClient, alert_id: int, until: object) -> httpx.Response:
    return await client.put(f"{ALERTS}/{alert_id}/snooze", json={"until": until})


async def time_passes(database: Database, clock: FrozenClock) -> int:
    clock.advance(HOUR)
    async with database.unit_of_work() as session:
        return await PlatformAlertService(session, clock).return_snoozed()


async def kinds(client: httpx.AsyncClient, alert_id: int) -> list[str]:
    return [entry["kind"] for entry in (await client.get(f"{ALERTS}/{alert_id}")).json()["timeline"]]


async def test_it_says_until_when_and_by_whom_and_comes_back(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    me = (await operator.get("/api/v1/auth/me")).json()
    alert_id = await opened(database, clock)

    shown = (await snooze(operator, alert_id, (clock.now() + HOUR).isoformat())).json()
    assert shown["snoozed_by"] == {"id": me["id"], "name": me["name"]}
    (listed,) = (await operator.get(ALERTS)).json()["items"]
    assert (listed["snoozed_until"], listed["returned_at"]) == (shown["snoozed_until"], None)

    assert await time_passes(database, clock) == 1
    assert await kinds(operator, alert_id) == ["opened", "snoozed", "returned"]
    back = (await operator.get(f"{ALERTS}/{alert_id}")).json()
    assert back["snoozed_until"] is None
    assert datetime.fromisoformat(back["returned_at"]) == clock.now()


async def test_what_is_put_off_is_listed_by_itself_and_can_be_left_out(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    alert_id = await opened(database, clock)
    async with database.unit_of_work() as session:
        other = (await raise_alert(session, clock, key="other")).id
    await snooze(operator, alert_id, (clock.now() + HOUR).isoformat())

    viewer = await as_role(Role.VIEWER)

    async def listed(**query: str) -> set[int]:
        return {item["id"] for item in (await viewer.get(ALERTS, params=query)).json()["items"]}

    assert await listed() == {alert_id, other}
    assert await listed(snoozed="true") == {alert_id}
    assert await listed(snoozed="false", is_resolved="false") == {other}


async def test_it_can_be_taken_back(as_role: AsRole, database: Database, clock: FrozenClock) -> None:
    operator = await as_role(Role.OPERATOR)
    alert_id = await opened(database, clock)
    await snooze(operator, alert_id, (clock.now() + HOUR).isoformat())

    shown = (await snooze(operator, alert_id, None)).json()

    assert (shown["snoozed_until"], shown["snoozed_by"], shown["returned_at"]) == (None, None, None)
    assert await time_passes(database, clock) == 0


async def test_it_comes_back_at_its_end_by_a_job_and_the_audit_log_says_when(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    alert_id, until = await opened(database, clock), clock.now() + timedelta(seconds=2)
    await snooze(operator, alert_id, until.isoformat())

    job = await database.reads.fetchrow("select run_at, payload from jobs where kind = $1", RETURN_SNOOZED)
    assert job is not None
    async with database.unit_of_work() as session:
        await return_snoozed(session, clock, msgspec.json.decode(job["payload"]))

    assert job["run_at"] == until
    assert await kinds(operator, alert_id) == ["opened", "snoozed", "returned"]
    assert await database.reads.fetchval("select detail->>'until' from audit_log") == until.isoformat()


async def test_one_that_gets_worse_is_put_off_no_longer_and_more_of_the_same_stays(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    alert_id = await opened(database, clock)
    await snooze(operator, alert_id, (clock.now() + HOUR).isoformat())

    await opened(database, clock)
    assert (await operator.get(f"{ALERTS}/{alert_id}")).json()["snoozed_until"] is not None

    await opened(database, clock, severity="critical")
    worse = (await operator.get(f"{ALERTS}/{alert_id}")).json()
    assert (worse["snoozed_until"], worse["snoozed_by"]) == (None, None)


async def test_what_is_over_neither_comes_back_nor_can_be_put_off(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    alert_id = await opened(database, clock)
    await snooze(operator, alert_id, (clock.now() + HOUR).isoformat())
    await operator.put(f"{ALERTS}/{alert_id}/resolve", json={})

    assert await time_passes(database, clock) == 0
    refused = await snooze(operator, alert_id, (clock.now() + HOUR).isoformat())
    assert (refused.status_code, refused.json()["code"]) == (409, "alert_resolved")
