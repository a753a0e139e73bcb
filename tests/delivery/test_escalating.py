"""Critical alerts that nobody acknowledges, end to end but for the far ends."""

import asyncio
import json
from datetime import timedelta

import httpx
import pytest

from backend.alerts import AlertType, PlatformAlertService, Severity
from backend.core.roles import Role
from backend.db.database import Database
from backend.delivery.escalating import due_alerts, pass_on_unattended
from backend.delivery.escalation_schemas import StepIn
from backend.delivery.escalation_service import EscalationService
from backend.delivery.kinds import Channel
from backend.delivery.silence_matching import Matcher
from tests.factories.delivery import add_silence
from tests.factories.people import add_user
from tests.support.application import AsRole
from tests.support.pipeline import Pipeline
from tests.support.waiting import until_somebody_waits

ESCALATION = "/api/v1/admin/delivery/escalation"


async def set_policy(pipeline: Pipeline, *steps: StepIn) -> None:
    async with pipeline.database.unit_of_work() as session:
        await EscalationService(session).replace(steps)


async def raise_critical(pipeline: Pipeline) -> int:
    async with pipeline.database.unit_of_work() as session:
        alert = await PlatformAlertService(session, pipeline.clock).create_or_increment_alert(
            alert_type=AlertType.SYSTEM, severity=Severity.CRITICAL, title="The database is full", dedup_key="full"
        )
        return alert.id


async def look(pipeline: Pipeline, *, after: timedelta = timedelta()) -> None:
    pipeline.clock.advance(after)
    await pass_on_unattended(pipeline.database, pipeline.clock, pipeline.settings)
    await pipeline.run()


async def test_a_critical_alert_goes_to_the_next_people_and_destinations(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        chief = (await add_user(session, name="Chief")).id
    room = await pipeline.destination(Channel.CHAT, types=["store_issue"])
    first, second = StepIn(after_minutes=10, user_ids=[chief]), StepIn(after_minutes=30, destination_ids=[room])
    await set_policy(pipeline, first, second)
    alert_id = await raise_critical(pipeline)
    await pipeline.run()
    assert pipeline.kinds(Channel.EMAIL) == ["alert_opened"]

    await look(pipeline, after=timedelta(minutes=9))
    await look(pipeline, after=timedelta(minutes=1))
    await look(pipeline)
    await look(pipeline, after=timedelta(minutes=20))

    assert pipeline.kinds(Channel.EMAIL) == ["alert_opened", "escalation"]
    assert pipeline.sent(Channel.EMAIL)[-1].content.payload["minutes"] == 10
    # Its filters do not hold it up: somebody chose it for this.
    assert pipeline.kinds(Channel.CHAT) == ["escalation"]
    told = await pipeline.database.reads.fetch(
        "select detail from alert_timeline where alert_id = $1 and kind = 'passed_on' order by id", alert_id
    )
    assert [json.loads(row["detail"]) for row in told] == [
        {"step": 1, "user_ids": [chief]},
        {"step": 2, "user_ids": []},
    ]


async def test_whoever_acknowledges_it_in_time_is_left_alone(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        chief = (await add_user(session, name="Chief")).id
    await set_policy(pipeline, StepIn(after_minutes=10, user_ids=[chief]))
    alert_id = await raise_critical(pipeline)
    await pipeline.run()
    async with pipeline.database.unit_of_work() as session:
        await PlatformAlertService(session, pipeline.clock).acknowledge(alert_id=alert_id, user_id=chief)

    await look(pipeline, after=timedelta(hours=5))

    assert pipeline.kinds(Channel.EMAIL) == ["alert_opened"]


@pytest.mark.parametrize("by_hand", [True, False])
async def test_whoever_puts_it_off_looks_after_it_until_it_is_back(pipeline: Pipeline, by_hand: bool) -> None:
    room = await pipeline.destination()
    steps = [StepIn(after_minutes=minutes, destination_ids=[room]) for minutes in (10, 30)]
    await set_policy(pipeline, *steps)
    alert_id = await raise_critical(pipeline)
    await pipeline.run()
    await look(pipeline, after=timedelta(minutes=10))
    async with pipeline.database.unit_of_work() as session:
        until = pipeline.clock.now() + timedelta(hours=4)
        await PlatformAlertService(session, pipeline.clock).snooze(alert_id=alert_id, until=until, user_id=None)
    await look(pipeline, after=timedelta(hours=3))
    pipeline.clock.advance(timedelta(hours=1))
    async with pipeline.database.unit_of_work() as session:
        alerts = PlatformAlertService(session, pipeline.clock)
        await (alerts.snooze(alert_id=alert_id, until=None, user_id=None) if by_hand else alerts.return_snoozed())

    # Also before it is planned.
    await look(pipeline)
    told = ["alert_opened", "escalation"] if by_hand else ["alert_opened", "escalation", "returned"]
    await look(pipeline, after=timedelta(minutes=9))
    assert pipeline.kinds() == told
    await look(pipeline, after=timedelta(minutes=1))
    assert pipeline.kinds() == [*told, "escalation"]
    assert pipeline.sent()[-1].content.payload["minutes"] == 10


async def test_one_that_became_critical_later_counts_from_then(pipeline: Pipeline) -> None:
    room = await pipeline.destination()
    await set_policy(pipeline, StepIn(after_minutes=10, destination_ids=[room]))
    async with pipeline.database.unit_of_work() as session:
        await PlatformAlertService(session, pipeline.clock).create_or_increment_alert(
            alert_type=AlertType.SYSTEM, severity=Severity.WARNING, title="The database is full", dedup_key="full"
        )
    await pipeline.run()
    await look(pipeline, after=timedelta(hours=1))
    await raise_critical(pipeline)
    await pipeline.run()

    await look(pipeline, after=timedelta(minutes=9))
    assert pipeline.kinds() == ["alert_opened", "alert_escalated"]
    await look(pipeline, after=timedelta(minutes=1))
    assert pipeline.kinds() == ["alert_opened", "alert_escalated", "escalation"]


async def test_a_silenced_alert_is_passed_on_when_the_silence_ends(pipeline: Pipeline) -> None:
    room = await pipeline.destination()
    await set_policy(pipeline, StepIn(after_minutes=10, destination_ids=[room]))
    await raise_critical(pipeline)
    await pipeline.run()
    async with pipeline.database.unit_of_work() as session:
        await add_silence(session, pipeline.clock, matcher=Matcher(phrase="database"), hours=1)

    await look(pipeline, after=timedelta(minutes=30))
    assert pipeline.kinds() == ["alert_opened"]

    await look(pipeline, after=timedelta(minutes=30))
    assert pipeline.kinds() == ["alert_opened", "escalation"]


async def test_the_policy_is_kept_with_names_and_the_audit_log_keeps_each(as_role: AsRole, database: Database) -> None:
    admin = await as_role(Role.ADMIN)
    me = (await admin.get("/api/v1/auth/me")).json()

    saved = await admin.put(ESCALATION, json={"steps": [{"after_minutes": 15, "user_ids": [me["id"]]}]})

    assert saved.status_code == 200
    expected = {"after_minutes": 15, "people": [{"id": me["id"], "name": me["name"]}], "destinations": []}
    assert saved.json() == (await admin.get(ESCALATION)).json()
    assert saved.json()["steps"] == [expected]
    told = await database.reads.fetchval("select detail from audit_log")
    assert json.loads(told)["steps"] == [{"after_minutes": 15, "user_ids": [me["id"]], "destination_ids": []}]


async def test_what_is_wrong_with_a_policy_is_named(as_role: AsRole) -> None:
    admin = await as_role(Role.ADMIN)
    me = (await admin.get("/api/v1/auth/me")).json()["id"]

    def step(after_minutes: int, **who: list[int]) -> dict[str, object]:
        return {"after_minutes": after_minutes, **who}

    async def path_of(*steps: dict[str, object]) -> str:
        answer: httpx.Response = await admin.put(ESCALATION, json={"steps": steps})
        assert answer.status_code == 400
        return str(answer.json()["errors"][0]["path"])

    assert await path_of(step(10)) == "steps.0"
    assert await path_of(step(10, user_ids=[me]), step(10, user_ids=[me])) == "steps.1.after_minutes"
    assert await path_of(step(10, user_ids=[me, 9_999])) == "steps.0.user_ids.1"
    assert await path_of(step(10, destination_ids=[9_999])) == "steps.0.destination_ids.0"


async def test_a_policy_that_changed_since_it_was_read_is_not_overwritten(as_role: AsRole) -> None:
    admin = await as_role(Role.ADMIN)
    steps = [{"after_minutes": 10, "user_ids": [(await admin.get("/api/v1/auth/me")).json()["id"]]}]
    read = (await admin.get(ESCALATION)).json()["updated_at"]
    assert read is None

    first = await admin.put(ESCALATION, json={"steps": steps, "updated_at": read})
    stale = await admin.put(ESCALATION, json={"steps": [], "updated_at": read})
    again = await admin.put(ESCALATION, json={"steps": [], "updated_at": first.json()["updated_at"]})

    assert (first.status_code, again.status_code) == (200, 200)
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_since_read")


async def test_of_two_policies_at_once_the_later_one_holds(pipeline: Pipeline) -> None:
    room = await pipeline.destination()
    early, late = StepIn(after_minutes=10, destination_ids=[room]), StepIn(after_minutes=20, destination_ids=[room])
    async with asyncio.TaskGroup() as both, pipeline.database.unit_of_work() as session:
        await EscalationService(session).replace([early])
        both.create_task(set_policy(pipeline, late))
        await until_somebody_waits(pipeline.database)

    async with pipeline.database.unit_of_work() as session:
        kept = await EscalationService(session).policy()
    assert [step.after_minutes for step in kept.steps] == [20]


async def passed_on(pipeline: Pipeline) -> list[object]:
    rows = await pipeline.database.reads.fetch("select detail from alert_timeline where kind = 'passed_on' order by id")
    return [json.loads(row["detail"]) for row in rows]


async def test_a_step_of_which_nobody_can_be_reached_is_followed_by_the_next_at_once(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        gone = (await add_user(session, name="Gone")).id
    room = await pipeline.destination()
    first, second = StepIn(after_minutes=10, user_ids=[gone]), StepIn(after_minutes=30, destination_ids=[room])
    await set_policy(pipeline, first, second)
    await pipeline.database.reads.execute("update users set is_active = false where id = $1", gone)
    await raise_critical(pipeline)
    await pipeline.run()

    await look(pipeline, after=timedelta(minutes=10))
    await look(pipeline, after=timedelta(minutes=20))

    assert pipeline.kinds() == ["alert_opened", "escalation"]
    assert await passed_on(pipeline) == [{"step": 2, "user_ids": [], "unreached": [1]}]


async def test_that_nobody_can_be_reached_is_said_once_and_whoever_then_can_be_is_told(pipeline: Pipeline) -> None:
    room = await pipeline.destination()
    await set_policy(pipeline, StepIn(after_minutes=10, destination_ids=[room]))
    await raise_critical(pipeline)
    await pipeline.run()
    await pipeline.database.reads.execute("update delivery_destinations set is_enabled = false")
    await look(pipeline, after=timedelta(minutes=10))
    await look(pipeline, after=timedelta(minutes=1))
    assert await passed_on(pipeline) == [{"step": None, "user_ids": [], "unreached": [1]}]

    await pipeline.database.reads.execute("update delivery_destinations set is_enabled = true")
    await look(pipeline, after=timedelta(minutes=1))

    assert pipeline.kinds() == ["alert_opened", "escalation"]
    assert len(await passed_on(pipeline)) == 2


async def test_one_that_is_reopened_waits_for_an_acknowledgement_again(pipeline: Pipeline) -> None:
    room = await pipeline.destination()
    await set_policy(pipeline, StepIn(after_minutes=10, destination_ids=[room]))
    alert_id = await raise_critical(pipeline)
    async with pipeline.database.unit_of_work() as session:
        service = PlatformAlertService(session, pipeline.clock)
        await service.acknowledge(alert_id=alert_id, user_id=None)
        await service.resolve_alert(alert_id=alert_id, user_id=None)
    await pipeline.run()
    async with pipeline.database.unit_of_work() as session:
        reopened = await PlatformAlertService(session, pipeline.clock).reopen(alert_id=alert_id, user_id=None)
        assert (reopened.acknowledged_at, reopened.acknowledged_by_user_id) == (None, None)
    await pipeline.run()

    await look(pipeline, after=timedelta(minutes=10))

    assert pipeline.kinds()[-1] == "escalation"


async def test_one_that_somebody_looks_after_is_no_work(pipeline: Pipeline) -> None:
    room = await pipeline.destination()
    await set_policy(pipeline, StepIn(after_minutes=10, destination_ids=[room]))
    alert_id = await raise_critical(pipeline)
    await pipeline.run()
    in_time, late = pipeline.clock.now() + timedelta(minutes=9), pipeline.clock.now() + timedelta(minutes=10)
    assert await due_alerts(pipeline.database.reads, in_time) == []
    assert await due_alerts(pipeline.database.reads, late) == [alert_id]
    async with pipeline.database.unit_of_work() as session:
        await PlatformAlertService(session, pipeline.clock).acknowledge(alert_id=alert_id, user_id=None)
    assert await due_alerts(pipeline.database.reads, late) == []
