"""What is told of what somebody put off, end to end but for the far ends."""

from datetime import timedelta

import pytest

from backend.alerts import PlatformAlertService, Severity
from backend.delivery.jobs import PLAN_RETURNED_ALERT
from backend.delivery.planning import Planning
from backend.delivery.silence_matching import Matcher
from backend.delivery.unplanned import of_notification, why_unplanned
from backend.notifications import AdminNotificationService, NotificationType, Priority
from tests.delivery.test_planning import (
    end_of_silences,
    fail,
    heal,
    raise_notification,
    silence_outages,
)
from tests.factories.delivery import add_silence
from tests.support.pipeline import Pipeline

HOUR = timedelta(hours=1)


async def put_off(pipeline: Pipeline, alert_id: int) -> None:
    async with pipeline.database.unit_of_work() as session:
        until = pipeline.clock.now() + timedelta(hours=1)
        await PlatformAlertService(session, pipeline.clock).snooze(alert_id=alert_id, until=until, user_id=None)


async def come_back(pipeline: Pipeline) -> None:
    pipeline.clock.advance(timedelta(hours=1))
    async with pipeline.database.unit_of_work() as session:
        await PlatformAlertService(session, pipeline.clock).return_snoozed()
        await AdminNotificationService(session, pipeline.clock).return_snoozed()
    await pipeline.run()


async def put_off_notification(pipeline: Pipeline, notification_id: int, by: timedelta = HOUR) -> None:
    async with pipeline.database.unit_of_work() as session:
        service = AdminNotificationService(session, pipeline.clock)
        await service.snooze(notification_id=notification_id, until=pipeline.clock.now() + by, user_id=None)


async def ring(pipeline: Pipeline, alert_id: int) -> int:
    return await raise_notification(pipeline, type=NotificationType.ORDER_SYNC_FAILURE, alert_id=alert_id)


async def test_of_an_alert_that_is_put_off_nothing_is_told_until_it_comes_back(pipeline: Pipeline) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await pipeline.run()
    await put_off(pipeline, alert_id)
    await fail(pipeline, *range(2, 40))
    await pipeline.run()
    assert pipeline.kinds() == ["alert_opened"]

    await come_back(pipeline)
    await pipeline.run()

    assert pipeline.kinds() == ["alert_opened", "returned"]
    assert pipeline.sent()[-1].content.payload["stores"] == 39


async def test_its_end_is_told_although_it_is_put_off(pipeline: Pipeline) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await pipeline.run()
    await put_off(pipeline, alert_id)

    await heal(pipeline, 1)
    await pipeline.run()
    await come_back(pipeline)

    assert pipeline.kinds() == ["alert_opened", "alert_healed"]


async def test_a_notification_that_was_put_off_is_told_again_when_it_comes_back(pipeline: Pipeline) -> None:
    await pipeline.destination()
    notification_id = await raise_notification(pipeline)
    await pipeline.run()
    await put_off_notification(pipeline, notification_id)

    await come_back(pipeline)
    await pipeline.database.reads.execute("update jobs set state = 'queued', finished_at = null")
    await pipeline.run()

    assert pipeline.kinds() == ["notification", "returned"]


async def test_one_that_is_put_off_before_it_was_planned_is_told_when_it_comes_back(pipeline: Pipeline) -> None:
    await pipeline.destination()
    notification_id = await raise_notification(pipeline)
    await put_off_notification(pipeline, notification_id)
    await pipeline.run()
    assert pipeline.sent() == []
    async with pipeline.database.unit_of_work() as session:
        found = await AdminNotificationService(session, pipeline.clock).get_notification(notification_id)
        standing = await of_notification(found, PlatformAlertService(session, pipeline.clock))
    why = why_unplanned(standing, pipeline.clock.now())
    assert why is not None
    assert why.code == "snoozed"

    await come_back(pipeline)

    assert pipeline.kinds() == ["returned"]


@pytest.mark.parametrize("first", ["notification", "alert"])
async def test_a_notification_and_its_alert_that_come_back_at_the_same_time_are_one_message(
    pipeline: Pipeline, first: str
) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    notification_id = await ring(pipeline, alert_id)
    await pipeline.run()
    await put_off(pipeline, alert_id)
    await put_off_notification(pipeline, notification_id)
    pipeline.clock.advance(HOUR)

    for what in sorted(["alert", "notification"], key=lambda one: one != first):
        async with pipeline.database.unit_of_work() as session:
            alerts = PlatformAlertService(session, pipeline.clock)
            notifications = AdminNotificationService(session, pipeline.clock)
            await (alerts if what == "alert" else notifications).return_snoozed()
        await pipeline.run()

    assert pipeline.kinds() == ["alert_opened", "returned"]


async def test_a_notification_comes_back_with_its_alert_and_by_that_ones_priority(pipeline: Pipeline) -> None:
    await pipeline.destination(min_priority=Priority.CRITICAL)
    alert_id = await fail(pipeline, 1, severity=Severity.CRITICAL)
    notification_id = await ring(pipeline, alert_id)
    await pipeline.run()
    await put_off_notification(pipeline, notification_id)
    await come_back(pipeline)
    assert pipeline.kinds() == ["alert_opened", "returned"]

    # Its alert is put off for longer, then silenced by a type of its own.
    await put_off_notification(pipeline, notification_id)
    async with pipeline.database.unit_of_work() as session:
        until = pipeline.clock.now() + 2 * HOUR
        await PlatformAlertService(session, pipeline.clock).snooze(alert_id=alert_id, until=until, user_id=None)
        await add_silence(session, pipeline.clock, matcher=Matcher(types=frozenset({"integration"})), hours=9)
    await come_back(pipeline)
    await put_off_notification(pipeline, notification_id, 2 * HOUR)
    await come_back(pipeline)
    await come_back(pipeline)
    assert pipeline.kinds() == ["alert_opened", "returned"]


async def test_what_happened_since_it_came_back_is_told_although_its_return_is_planned_once_more(
    pipeline: Pipeline,
) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await pipeline.run()
    await put_off(pipeline, alert_id)
    await come_back(pipeline)
    await fail(pipeline, *range(2, 40))

    async with pipeline.database.unit_of_work() as session:
        planning = Planning(session, pipeline.clock, pipeline.settings)
        due_at = await pipeline.database.reads.fetchval(
            "select payload ->> 'due_at' from jobs where kind = $1", PLAN_RETURNED_ALERT
        )
        await planning.plan_returned_alert(alert_id, due_at=due_at)
    await pipeline.run()

    assert pipeline.kinds() == ["alert_opened", "returned", "alert_grew"]


@pytest.mark.parametrize(("end", "told"), [("healed", "alert_healed"), ("silence", "returned")])
async def test_who_knew_of_one_that_came_back_under_a_silence_is_told_of_its_end_or_of_it_after_that(
    pipeline: Pipeline, end: str, told: str
) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await pipeline.run()
    await put_off(pipeline, alert_id)
    await silence_outages(pipeline, hours=5)
    await come_back(pipeline)
    assert pipeline.kinds() == ["alert_opened"]

    if end == "healed":
        await heal(pipeline, 1)
        await pipeline.run()
    for _ in range(2):
        await end_of_silences(pipeline, after=5 * HOUR)

    assert pipeline.kinds() == ["alert_opened", told]


async def test_one_that_was_reopened_under_a_silence_and_ends_there_is_told_to_nobody_again(pipeline: Pipeline) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await pipeline.run()
    await heal(pipeline, 1)
    await pipeline.run()
    await silence_outages(pipeline, hours=5)
    async with pipeline.database.unit_of_work() as session:
        await PlatformAlertService(session, pipeline.clock).reopen(alert_id=alert_id, user_id=None)
    await put_off(pipeline, alert_id)
    await come_back(pipeline)

    await heal(pipeline, 1)
    await pipeline.run()

    assert pipeline.kinds() == ["alert_opened", "alert_healed"]
