"""What somebody put off and wakes by hand is told as far as it was not told yet, and once."""

from datetime import timedelta

import pytest

from backend.alerts import PlatformAlertService
from backend.delivery.kinds import Channel
from backend.notifications import AdminNotificationService
from tests.delivery.test_planning import fail, raise_notification
from tests.delivery.test_put_off import put_off, put_off_notification
from tests.factories.people import add_user
from tests.support.pipeline import Pipeline


async def wake(pipeline: Pipeline, *, alert_id: int | None = None, notification_id: int | None = None) -> None:
    async with pipeline.database.unit_of_work() as session:
        if alert_id is not None:
            alerts = PlatformAlertService(session, pipeline.clock)
            await alerts.snooze(alert_id=alert_id, until=None, user_id=None)
        if notification_id is not None:
            notifications = AdminNotificationService(session, pipeline.clock)
            await notifications.snooze(notification_id=notification_id, until=None, user_id=None)
    await pipeline.run()
    told = pipeline.kinds(), pipeline.kinds(Channel.EMAIL)
    # Jobs run at least once.
    await pipeline.database.reads.execute("update jobs set state = 'queued', finished_at = null where run_at <= now()")
    await pipeline.run()
    assert (pipeline.kinds(), pipeline.kinds(Channel.EMAIL)) == told


async def waits_for_the_morning(pipeline: Pipeline) -> None:
    """What is planned is held for quiet hours, and their end has come."""
    await pipeline.plan()
    await pipeline.database.reads.execute("update deliveries set reason = 'quiet_hours'")


async def test_an_alert_is_told_if_it_was_not(pipeline: Pipeline) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await put_off(pipeline, alert_id)
    await pipeline.run()
    assert pipeline.kinds() == []

    await wake(pipeline, alert_id=alert_id)
    assert pipeline.kinds() == ["alert_opened"]

    await put_off(pipeline, alert_id)
    await wake(pipeline, alert_id=alert_id)
    assert pipeline.kinds() == ["alert_opened"]


async def test_what_an_alert_grew_by_while_it_was_put_off_is_told(pipeline: Pipeline) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await pipeline.run()
    await put_off(pipeline, alert_id)
    await fail(pipeline, *range(2, 40))
    await pipeline.run()

    await wake(pipeline, alert_id=alert_id)

    assert pipeline.kinds() == ["alert_opened", "alert_grew"]


@pytest.mark.parametrize("what", ["alert_opened", "notification", "notification marked as unread"])
async def test_what_came_due_while_it_was_put_off_goes_then(pipeline: Pipeline, what: str) -> None:
    async with pipeline.database.unit_of_work() as session:
        await add_user(session)
    if what == "alert_opened":
        woken = {"alert_id": await fail(pipeline, 1)}
        await waits_for_the_morning(pipeline)
        await put_off(pipeline, woken["alert_id"])
    else:
        woken = {"notification_id": await raise_notification(pipeline)}
        await waits_for_the_morning(pipeline)
        await put_off_notification(pipeline, woken["notification_id"])
    await pipeline.run()
    assert await pipeline.statuses() == ["dropped"]

    if what == "notification marked as unread":
        async with pipeline.database.unit_of_work() as session:
            notifications = AdminNotificationService(session, pipeline.clock)
            await notifications.mark_as_unread(notification_id=woken["notification_id"])
        await pipeline.run()
    else:
        await wake(pipeline, **woken)

    assert pipeline.kinds(Channel.EMAIL) == [what.removesuffix(" marked as unread")]


async def test_a_notification_that_everybody_was_told_of_is_not_told_again(pipeline: Pipeline) -> None:
    await pipeline.destination()
    first, second = await raise_notification(pipeline), await raise_notification(pipeline)
    await pipeline.run()
    for notification_id in (first, second):
        await put_off_notification(pipeline, notification_id, timedelta(hours=9))

    await wake(pipeline, notification_id=first)

    assert pipeline.kinds() == ["notification", "notification"]
