"""What has waited is asked once more when its time comes, on real rows."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlertService
from backend.delivery.asking_again import ask_quiet_again
from backend.delivery.delivery_service import DeliveryService
from backend.delivery.destination_repository import DestinationRepository
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.models import Delivery, Destination, Message
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_delivery, add_destination, add_message, choose
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.factories.tenancy import add_store
from tests.support.pipeline import FAILED, SENT, Pipeline

ALL_DAY = {"is_on": True, "start": "00:00", "end": "00:00"}


async def add_mail(session: AsyncSession, **choices: Any) -> Destination:  # Any: JSON
    user = await add_user(session)
    await choose(session, user.id, **choices)
    return await add_destination(session, kind=Channel.EMAIL, user_id=user.id, name="E-mail")


async def add_waited(
    pipeline: Pipeline, session: AsyncSession, destination: Destination, **message: Any
) -> Delivery:  # Any: columns of Message
    return await add_waiting(pipeline, session, destination, await add_message(session, **message))


async def add_waiting(
    pipeline: Pipeline, session: AsyncSession, destination: Destination, told: Message, **columns: Any
) -> Delivery:  # Any: columns of Delivery
    usual: dict[str, Any] = {"created_at": pipeline.clock.now() - timedelta(hours=8)}  # Any: see above
    return await add_delivery(session, destination, told, **(usual | columns))


async def fates(pipeline: Pipeline) -> list[tuple[str, str | None, int]]:
    found = await pipeline.database.reads.fetch("select status, reason, tries from deliveries order by id")
    return [(row["status"], row["reason"], row["tries"]) for row in found]


async def test_a_notification_that_was_settled_meanwhile_is_told_to_programs_only(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        told = await add_notification(session, pipeline.clock)
        await add_waited(pipeline, session, await add_mail(session), notification_id=told.id)
        await add_waited(pipeline, session, await add_destination(session), notification_id=told.id)
        told.settled_at, told.settled_reason = pipeline.clock.now(), "Healed."

    await pipeline.run()

    assert await fates(pipeline) == [("dropped", "settled_before_sent", 0), ("sent", None, 1)]
    assert pipeline.sent(Channel.EMAIL) == []


async def test_what_somebody_asks_for_once_more_is_tried_until_it_goes_whatever_it_was_about(
    pipeline: Pipeline,
) -> None:
    async with pipeline.database.unit_of_work() as session:
        told = await add_notification(session, pipeline.clock)
        told.settled_at, told.settled_reason = pipeline.clock.now(), "Healed."
        mail = await add_mail(session, quiet_hours=ALL_DAY)
        message = await add_message(session, notification_id=told.id)
        sent = await add_waiting(pipeline, session, mail, message, status="sent")
        await DeliveryService(session).replay(sent.id)
    far_end = pipeline.far_ends[Channel.EMAIL]
    far_end.answer = lambda _: FAILED
    await pipeline.send()
    assert await fates(pipeline) == [("pending", "asked_for", 1)]

    far_end.answer = lambda _: SENT
    async with pipeline.database.unit_of_work() as session:
        await DestinationRepository(session).hurry(mail.id)
    await pipeline.send()

    assert await fates(pipeline) == [("sent", None, 2)]


async def test_what_nobody_settled_goes_late(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        told = await add_notification(session, pipeline.clock)
        await add_waited(pipeline, session, await add_mail(session), notification_id=told.id)

    await pipeline.run()

    assert await fates(pipeline) == [("sent", None, 1)]


async def test_who_was_disabled_meanwhile_is_told_nothing_more(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        user = await add_user(session)
        mail = await add_destination(session, kind=Channel.EMAIL, user_id=user.id)
        await add_waited(pipeline, session, mail, kind=MessageKind.DIGEST)
        user.is_active = False

    await pipeline.run()

    assert await fates(pipeline) == [("dropped", "account_disabled", 0)]


@pytest.mark.parametrize(
    ("kind", "fate"),
    [
        (MessageKind.ALERT_OPENED, ("dropped", "settled_before_sent", 0)),
        (MessageKind.RETURNED, ("dropped", "settled_before_sent", 0)),
        (MessageKind.ESCALATION, ("dropped", "attended", 0)),
        (MessageKind.ALERT_HEALED, ("sent", None, 1)),
    ],
)
async def test_of_an_alert_that_was_put_off_meanwhile_only_its_end_is_told(
    pipeline: Pipeline, kind: MessageKind, fate: tuple[str, str | None, int]
) -> None:
    async with pipeline.database.unit_of_work() as session:
        alert = await raise_alert(session, pipeline.clock)
        await add_waited(pipeline, session, await add_mail(session), alert_id=alert.id, kind=kind)
        until = pipeline.clock.now() + timedelta(hours=5)
        await PlatformAlertService(session, pipeline.clock).snooze(alert_id=alert.id, until=until, user_id=None)

    await pipeline.send()

    assert await fates(pipeline) == [fate]


@pytest.mark.parametrize("is_attended", [True, False])
async def test_an_escalation_that_waited_goes_only_if_still_nobody_looks_after_it(
    pipeline: Pipeline, is_attended: bool
) -> None:
    async with pipeline.database.unit_of_work() as session:
        alert = await raise_alert(session, pipeline.clock, severity="critical")
        await add_waited(pipeline, session, await add_mail(session), alert_id=alert.id, kind=MessageKind.ESCALATION)
        if is_attended:
            await PlatformAlertService(session, pipeline.clock).acknowledge(alert_id=alert.id, user_id=None)

    await pipeline.send()

    assert await fates(pipeline) == [("dropped", "attended", 0) if is_attended else ("sent", None, 1)]


async def test_of_two_about_one_thing_that_waited_only_the_newer_goes(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        mail, alert = await add_mail(session), await raise_alert(session, pipeline.clock)
        for kind in (MessageKind.ALERT_OPENED, MessageKind.ALERT_GREW):
            await add_waited(pipeline, session, mail, alert_id=alert.id, kind=kind)
        told = await add_notification(session, pipeline.clock)
        for kind in (MessageKind.NOTIFICATION, MessageKind.RETURNED):
            await add_waited(pipeline, session, mail, notification_id=told.id, kind=kind)

    await pipeline.send()

    assert await fates(pipeline) == [("dropped", "overtaken", 0), ("sent", None, 1)] * 2
    assert pipeline.kinds(Channel.EMAIL) == ["alert_grew", "returned"]


async def test_nothing_is_overtaken_by_what_waits_longer(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        mail, alert = await add_mail(session), await raise_alert(session, pipeline.clock)
        await add_waited(pipeline, session, mail, alert_id=alert.id, kind=MessageKind.ALERT_OPENED)
        grew = await add_message(session, alert_id=alert.id, kind=MessageKind.ALERT_GREW)
        await add_waiting(
            pipeline, session, mail, grew, tries=5, next_attempt_at=pipeline.clock.now() + timedelta(hours=1)
        )

    await pipeline.send()

    assert pipeline.kinds(Channel.EMAIL) == ["alert_opened"]


async def test_nothing_is_overtaken_by_what_matters_less_and_may_be_put_off_itself(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        mail, alert = await add_mail(session, quiet_hours=ALL_DAY), await raise_alert(session, pipeline.clock)
        for kind, rank, priority in ((MessageKind.ALERT_OPENED, 3, "critical"), (MessageKind.ALERT_GREW, 2, "high")):
            told = await add_message(session, alert_id=alert.id, kind=kind, priority=priority)
            await add_waiting(pipeline, session, mail, told, priority_rank=rank)

    await pipeline.send()

    assert await fates(pipeline) == [("sent", None, 1), ("pending", "quiet_hours", 0)]


async def test_a_rule_for_one_of_the_stores_of_an_alert_still_wants_it(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        stores = [(await add_store(session)).id for _ in range(3)]
        ours = {"channel": "email", "min_priority": "low", "store_id": stores[0]}
        mail = await add_mail(session, overrides=[ours], matrix={"system": {"email": "never"}})
        for key, hit in (("ours", stores[:2]), ("others", stores[1:])):
            alert = await raise_alert(session, pipeline.clock, key=key, stores=hit)
            about = {"alert_id": alert.id, "kind": MessageKind.ALERT_OPENED, "category": "system"}
            await add_waited(pipeline, session, mail, **about)

    await pipeline.send()

    assert await fates(pipeline) == [("sent", None, 1), ("dropped", "no_longer_wanted", 0)]


@pytest.mark.parametrize(
    ("days", "fate"), [(1, ("pending", "quiet_hours", 0)), (8, ("sent", None, 1))], ids=["a day", "a week"]
)
async def test_what_became_due_in_quiet_hours_is_put_off_to_their_end_for_a_week_at_most(
    pipeline: Pipeline, days: int, fate: tuple[str, str | None, int]
) -> None:
    async with pipeline.database.unit_of_work() as session:
        mail, created_at = await add_mail(session, quiet_hours=ALL_DAY), pipeline.clock.now() - timedelta(days=days)
        told = await add_message(session)
        await add_waiting(pipeline, session, mail, told, reason="quiet_hours", created_at=created_at)

    await pipeline.run()

    assert await fates(pipeline) == [fate]
    due = "select next_attempt_at > tocsin_now() from deliveries"
    assert await pipeline.database.reads.fetchval(due) is (fate[0] == "pending")


@pytest.mark.parametrize(("is_quiet", "fate"), [(True, "pending"), (False, "sent")])
async def test_what_waits_for_quiet_hours_is_asked_again_when_the_person_chooses_anew(
    pipeline: Pipeline,
    is_quiet: bool,
    fate: str,
) -> None:
    async with pipeline.database.unit_of_work() as session:
        mail = await add_mail(session, quiet_hours=ALL_DAY | {"is_on": is_quiet})
        user_id = mail.user_id or 0
        later = pipeline.clock.now() + timedelta(hours=8)
        await add_delivery(session, mail, reason="quiet_hours", next_attempt_at=later)
        await ask_quiet_again(session, user_id)

    await pipeline.run()

    assert [status for status, _, _ in await fates(pipeline)] == [fate]
