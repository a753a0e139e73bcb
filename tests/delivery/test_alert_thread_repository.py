"""Whom an alert's thread has reached, whatever comes of sending it once more."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from backend.delivery.alert_thread_repository import AlertThreadRepository
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_attempt, add_delivery, add_destination, add_message
from tests.factories.people import add_user
from tests.support.times import FrozenClock


@pytest.mark.parametrize("status", ["pending", "dead", "dropped"])
async def test_who_was_told_stays_told_whatever_comes_of_sending_it_once_more(
    session: AsyncSession, clock: FrozenClock, status: str
) -> None:
    alert = await raise_alert(session, clock)
    told = await add_message(session, alert_id=alert.id)
    mail, other = [await add_destination(session, kind="email") for _ in range(2)]
    again = await add_delivery(session, mail, told, status=status)
    await add_attempt(session, again, finished_at=clock.now(), outcome="sent")
    refused = await add_delivery(session, other, told, status="dead")
    await add_attempt(session, refused, finished_at=clock.now(), outcome="rejected")
    threads = AlertThreadRepository(session)

    await threads.drop_unsent(alert.id, clock.now())

    assert await threads.told(alert.id) == {mail.id}


async def test_what_somebody_asked_for_once_more_goes_also_when_the_alert_is_over(
    session: AsyncSession, clock: FrozenClock
) -> None:
    alert = await raise_alert(session, clock)
    told = await add_message(session, alert_id=alert.id)
    users = [await add_user(session), await add_user(session, name="Bob")]
    asked, usual = [
        await add_delivery(session, await add_destination(session, kind="email", user_id=user.id), told, reason=reason)
        for user, reason in zip(users, ("asked_for", None), strict=True)
    ]

    await AlertThreadRepository(session).drop_unsent(alert.id, clock.now())

    for delivery in (asked, usual):
        await session.refresh(delivery)
    assert (asked.status, usual.status, usual.reason) == ("pending", "dropped", "over_before_sent")
