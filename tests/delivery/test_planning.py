"""What is told of what happened, end to end but for the far ends."""

from datetime import timedelta

from backend.alerts import AlertType, PlatformAlertService, Severity
from backend.core.roles import Role
from backend.delivery.jobs import TELL_UNSILENCED
from backend.delivery.kinds import Channel
from backend.delivery.silence_matching import Matcher
from backend.jobs import enqueue
from backend.notifications import AdminNotificationService, NotificationType, Priority
from tests.factories.delivery import add_silence
from tests.factories.people import add_user
from tests.factories.tenancy import add_store
from tests.support.pipeline import Pipeline


async def raise_notification(pipeline: Pipeline, **fields: object) -> int:
    usual: dict[str, object] = {
        "type": NotificationType.IMPORT_FAILURE,
        "priority": Priority.HIGH,
        "title": "Product import failed",
        "message": "The file is empty.",
    }
    async with pipeline.database.unit_of_work() as session:
        service = AdminNotificationService(session, pipeline.clock)
        return (await service.create_notification(**(usual | fields))).id  # type: ignore[arg-type]  # the test's own


async def fail(pipeline: Pipeline, *store_ids: int, severity: Severity = Severity.ERROR) -> int:
    """One occurrence of an outage over these stores; the alert's id."""
    async with pipeline.database.unit_of_work() as session:
        alert = await PlatformAlertService(session, pipeline.clock).create_or_increment_alert(
            alert_type=AlertType.INTEGRATION,
            severity=severity,
            title="Letzshop does not answer",
            description="Timed out.",
            affected_stores=store_ids,
            dedup_key="outage",
        )
        return alert.id


async def heal(pipeline: Pipeline, store_id: int) -> None:
    async with pipeline.database.unit_of_work() as session:
        await PlatformAlertService(session, pipeline.clock).heal(
            alert_type=AlertType.INTEGRATION, dedup_key="outage", store_id=store_id, by="sync 9"
        )


async def verdicts(pipeline: Pipeline) -> list[tuple[str, str]]:
    rows = await pipeline.database.reads.fetch(
        """
        select verdict ->> 'decision' as decision, verdict ->> 'reason' as reason
        from delivery_messages, jsonb_array_elements(verdicts) as verdict order by delivery_messages.id
        """
    )
    return [(row["decision"], row["reason"]) for row in rows]


async def test_a_notification_reaches_people_and_destinations(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        await add_user(session, name="Anne")
        store = await add_store(session, name="Techstore")
    await pipeline.destination()

    notification_id = await raise_notification(pipeline, store_id=store.id, action_url="/imports/4")
    await pipeline.run()

    (mail,), (hook,) = pipeline.sent(Channel.EMAIL), pipeline.sent(Channel.WEBHOOK)
    assert mail.address == "anne@example.com"
    assert (mail.user_name, mail.language, mail.timezone) == ("Anne", "en", "Europe/Luxembourg")
    assert hook.address == "https://hooks.example.com/in/secret"
    assert hook.secrets[0].startswith("whsec_")
    content = hook.content
    assert (content.notification_id, content.store_id, content.store_name) == (notification_id, store.id, "Techstore")
    assert (content.title, content.body, content.action_url) == (
        "Product import failed",
        "The file is empty.",
        "/imports/4",
    )
    assert await pipeline.statuses() == ["sent", "sent"]


async def test_every_recipient_and_channel_has_its_reason_also_without_a_delivery(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        await add_user(session, name="Anne", role=Role.VIEWER)
    await pipeline.destination(min_priority=Priority.CRITICAL)

    await raise_notification(pipeline, type=NotificationType.SECURITY_ALERT)
    await pipeline.run()

    assert pipeline.sent(Channel.EMAIL) == pipeline.sent(Channel.WEBHOOK) == []
    assert await verdicts(pipeline) == [("skip", "role"), ("skip", "role"), ("skip", "preference")]


async def test_planning_twice_sends_once(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await raise_notification(pipeline)
    await pipeline.run()

    await pipeline.database.reads.execute("update jobs set state = 'queued', finished_at = null")
    await pipeline.run()

    assert len(pipeline.sent()) == 1


async def test_what_is_settled_before_it_is_planned_is_not_told(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await raise_notification(pipeline)
    await pipeline.database.reads.execute("update admin_notifications set settled_at = now(), settled_reason = 'x'")

    await pipeline.run()

    assert pipeline.sent() == []


async def test_an_outage_over_many_stores_is_one_message_one_when_it_is_ten_times_wider_and_one_at_its_end(
    pipeline: Pipeline,
) -> None:
    await pipeline.destination()

    for store_id in range(1, 31):
        await fail(pipeline, store_id)
        await pipeline.run()
    pipeline.clock.advance(timedelta(minutes=25))
    for store_id in range(1, 31):
        await heal(pipeline, store_id)
        await pipeline.run()

    assert pipeline.kinds() == ["alert_opened", "alert_grew", "alert_healed"]
    assert [envelope.is_first_of_thread for envelope in pipeline.sent()] == [True, False, False]
    assert len({envelope.thread for envelope in pipeline.sent()}) == 1
    healed = pipeline.sent()[-1].content.payload
    assert (healed["notes"], healed["stores"]) == ("Healed by sync 9.", 30)
    assert healed["lasted_minutes"] >= 25


async def test_two_hundred_stores_failing_at_once_are_one_message(pipeline: Pipeline) -> None:
    await pipeline.destination()

    for store_id in range(1, 201):
        await fail(pipeline, store_id)
    await pipeline.run()

    assert pipeline.kinds() == ["alert_opened"]
    assert pipeline.sent()[0].content.payload["stores"] == 200


async def test_it_is_one_message_also_while_the_planner_is_at_work(pipeline: Pipeline) -> None:
    await pipeline.destination()

    for store_id in range(1, 31):
        await fail(pipeline, store_id)
        await pipeline.runner.run_due()
        await pipeline.dispatcher.send_due()
    await pipeline.database.reads.execute("update jobs set run_at = now() where state = 'queued'")
    await pipeline.run()

    assert pipeline.kinds() == ["alert_opened"]
    assert pipeline.sent()[0].content.payload["stores"] == 30
    assert await pipeline.database.reads.fetchval("select count(*) from jobs where payload ? 'has_settled'") == 1


async def test_a_critical_one_is_told_at_once(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await fail(pipeline, 1, severity=Severity.CRITICAL)

    await pipeline.runner.run_due()
    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()

    assert pipeline.kinds() == ["alert_opened"]


async def test_an_alert_that_gets_worse_is_told_again_under_its_new_priority(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await fail(pipeline, 1)
    await pipeline.run()

    await fail(pipeline, 1, severity=Severity.CRITICAL)
    await pipeline.run()

    assert pipeline.kinds() == ["alert_opened", "alert_escalated"]
    assert [envelope.content.priority for envelope in pipeline.sent()] == [Priority.HIGH, Priority.CRITICAL]


async def test_a_notification_that_rang_for_an_alert_is_told_with_it(pipeline: Pipeline) -> None:
    await pipeline.destination(types=["order_sync_failure"])
    alert_id = await fail(pipeline, 1)
    first = await raise_notification(pipeline, type=NotificationType.ORDER_SYNC_FAILURE, alert_id=alert_id)
    await pipeline.run()
    await raise_notification(pipeline, type=NotificationType.ORDER_SYNC_FAILURE, alert_id=alert_id)
    await pipeline.run()

    (envelope,) = pipeline.sent()
    assert (envelope.content.alert_id, envelope.content.notification_id) == (alert_id, first)
    assert envelope.content.category == NotificationType.ORDER_SYNC_FAILURE


async def test_a_critical_that_rings_for_a_known_lesser_alert_is_told_as_critical_once(pipeline: Pipeline) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1)
    await pipeline.run()
    for _ in range(2):
        await raise_notification(pipeline, priority=Priority.CRITICAL, alert_id=alert_id)
        await pipeline.run()
    # Neither a lesser one nor its growth makes it less.
    await raise_notification(pipeline, alert_id=alert_id)
    await fail(pipeline, *range(1, 11))
    await pipeline.run()

    told = [(one.content.kind, one.content.priority) for one in pipeline.sent()]
    assert told[:2] == [("alert_opened", Priority.HIGH), ("alert_escalated", Priority.CRITICAL)]
    assert [kind for kind, _ in told] == ["alert_opened", "alert_escalated", "alert_grew"]
    (thread,) = await pipeline.database.reads.fetch("select critical_since from delivery_alert_threads")
    assert thread["critical_since"] is not None


async def test_an_alert_that_gets_worse_is_told_also_when_its_notification_was_louder_before(
    pipeline: Pipeline,
) -> None:
    await pipeline.destination()
    alert_id = await fail(pipeline, 1, severity=Severity.WARNING)
    await raise_notification(pipeline, alert_id=alert_id)
    await pipeline.run()
    await fail(pipeline, 1)
    await pipeline.run()

    assert [one.content.kind for one in pipeline.sent()] == ["alert_opened", "alert_escalated"]


async def test_what_nobody_was_sent_yet_is_not_sent_once_it_is_over(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        await add_user(session)
    await pipeline.destination()
    await fail(pipeline, 1)
    await pipeline.plan()
    await heal(pipeline, 1)

    await pipeline.run()

    assert pipeline.kinds(Channel.EMAIL) == []
    # A program gets the whole story.
    assert pipeline.kinds(Channel.WEBHOOK) == ["alert_opened", "alert_healed"]
    assert sorted(await pipeline.statuses()) == ["dropped", "sent", "sent"]


async def test_an_alert_raised_over_http_is_told_too(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await fail(pipeline, 1)
    await fail(pipeline, 1)

    jobs = await pipeline.database.reads.fetch("select kind from jobs order by id")

    assert [row["kind"] for row in jobs] == ["delivery.plan_alert"]


async def silence_outages(pipeline: Pipeline, *, hours: float) -> None:
    async with pipeline.database.unit_of_work() as session:
        matcher = Matcher(types=frozenset({AlertType.INTEGRATION.value}))
        await add_silence(session, pipeline.clock, matcher=matcher, hours=hours)


async def end_of_silences(pipeline: Pipeline, *, after: timedelta) -> None:
    pipeline.clock.advance(after)
    async with pipeline.database.unit_of_work() as session:
        await enqueue(session, TELL_UNSILENCED, {})
    await pipeline.run()


async def test_a_silenced_alert_is_told_when_the_silence_ends_if_it_is_still_open(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await silence_outages(pipeline, hours=2)
    await fail(pipeline, 1)
    await pipeline.run()
    await fail(pipeline, 1, severity=Severity.CRITICAL)
    await end_of_silences(pipeline, after=timedelta(hours=1))
    assert pipeline.kinds() == []
    assert await verdicts(pipeline) == [("skip", "silence")]

    await end_of_silences(pipeline, after=timedelta(hours=1))
    await end_of_silences(pipeline, after=timedelta(minutes=1))

    assert pipeline.kinds() == ["alert_opened"]
    assert pipeline.sent()[0].content.priority == Priority.CRITICAL


async def test_who_was_told_before_a_silence_is_told_of_the_end_also_under_it(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await fail(pipeline, 1)
    await pipeline.run()
    await silence_outages(pipeline, hours=2)
    await fail(pipeline, *range(2, 40))
    await pipeline.run()
    assert pipeline.kinds() == ["alert_opened"]

    for store_id in range(1, 40):
        await heal(pipeline, store_id)
    await pipeline.run()

    assert pipeline.kinds() == ["alert_opened", "alert_healed"]


async def test_what_a_silence_kept_back_of_a_known_alert_is_told_as_what_it_is(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await fail(pipeline, 1)
    await pipeline.run()
    await silence_outages(pipeline, hours=2)
    await fail(pipeline, *range(2, 40))
    await pipeline.run()

    await end_of_silences(pipeline, after=timedelta(hours=3))
    await end_of_silences(pipeline, after=timedelta(minutes=1))

    assert pipeline.kinds() == ["alert_opened", "alert_grew"]


async def test_one_that_is_over_before_its_silence_ends_is_not_told(pipeline: Pipeline) -> None:
    await pipeline.destination()
    await silence_outages(pipeline, hours=2)
    await fail(pipeline, 1)
    await pipeline.run()
    await heal(pipeline, 1)
    await pipeline.run()

    await end_of_silences(pipeline, after=timedelta(hours=3))

    assert pipeline.kinds() == []
    waiting = "select count(*) from delivery_alert_threads where is_open or is_silenced"
    assert await pipeline.database.reads.fetchval(waiting) == 0


async def test_an_alert_that_is_gone_is_no_work(pipeline: Pipeline) -> None:
    await fail(pipeline, 1)
    await pipeline.database.reads.execute("delete from platform_alerts")

    await pipeline.run()

    jobs = await pipeline.database.reads.fetch("select state from jobs")
    assert [row["state"] for row in jobs] == ["done"]
