"""What has waited is asked once more when its time comes, on real rows."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from backend.delivery.asking_again import ask_quiet_again
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.models import Delivery, Destination
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_delivery, add_destination, add_message, choose
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.support.pipeline import Pipeline

ALL_DAY = {"is_on": True, "start": "00:00", "end": "00:00"}


async def add_mail(session: AsyncSession, **choices: Any) -> Destination:  # Any: JSON
    user = await add_user(session)
    await choose(session, user.id, **choices)
    return await add_destination(session, kind=Channel.EMAIL, user_id=user.id, name="E-mail")


async def add_waited(
    pipeline: Pipeline, session: AsyncSession, destination: Destination, **message: Any
) -> Delivery:  # Any: columns of Message
    told = await add_message(session, **message)
    return await add_delivery(session, destination, told, created_at=pipeline.clock.now() - timedelta(hours=8))


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


async def test_of_two_about_one_alert_that_waited_only_the_newer_goes(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        mail, alert = await add_mail(session), await raise_alert(session, pipeline.clock)
        for kind in (MessageKind.ALERT_OPENED, MessageKind.ALERT_GREW):
            await add_waited(pipeline, session, mail, alert_id=alert.id, kind=kind)

    await pipeline.send()

    assert await fates(pipeline) == [("dropped", "overtaken", 0), ("sent", None, 1)]
    assert pipeline.kinds(Channel.EMAIL) == ["alert_grew"]


async def test_what_became_due_in_quiet_hours_is_put_off_to_their_end(pipeline: Pipeline) -> None:
    async with pipeline.database.unit_of_work() as session:
        await add_waited(pipeline, session, await add_mail(session, quiet_hours=ALL_DAY))

    await pipeline.run()

    assert await fates(pipeline) == [("pending", "quiet_hours", 0)]
    due = "select next_attempt_at > tocsin_now() from deliveries"
    assert await pipeline.database.reads.fetchval(due)


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
