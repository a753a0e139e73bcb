"""Acknowledge, assign, comment, resolve and reopen."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlert, PlatformAlertService
from backend.alerts.errors import AlertNotFoundError, NewerAlertOpenError
from backend.alerts.models import TimelineEntry
from backend.db.database import Database
from backend.notifications import AdminNotificationService
from tests.factories.alerts import raise_alert
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.support.times import FrozenClock


async def told(session: AsyncSession, alert: PlatformAlert) -> list[tuple[str, int | None]]:
    rows = await session.execute(
        select(TimelineEntry.kind, TimelineEntry.user_id)
        .where(TimelineEntry.alert_id == alert.id)
        .order_by(TimelineEntry.id)
    )
    return [(kind, user_id) for kind, user_id in rows]


class TestResolving:
    async def test_it_keeps_who_when_and_why(self, session: AsyncSession, clock: FrozenClock) -> None:
        anne = (await add_user(session, name="Anne")).id
        alert = await raise_alert(session, clock)
        resolved = await PlatformAlertService(session, clock).resolve_alert(
            alert_id=alert.id, user_id=anne, resolution_notes="Bigger disk."
        )
        assert (
            resolved.is_resolved,
            resolved.resolved_at,
            resolved.resolved_by_user_id,
            resolved.resolution_notes,
        ) == (
            True,
            clock.now(),
            anne,
            "Bigger disk.",
        )
        assert await told(session, alert) == [("opened", None), ("resolved", anne)]

    async def test_resolving_again_keeps_the_first_resolver(self, session: AsyncSession, clock: FrozenClock) -> None:
        anne, ben = (await add_user(session, name="Anne")).id, (await add_user(session, name="Ben")).id
        alert = await raise_alert(session, clock)
        service = PlatformAlertService(session, clock)
        await service.resolve_alert(alert_id=alert.id, user_id=anne, resolution_notes="Bigger disk.")
        again = await service.resolve_alert(alert_id=alert.id, user_id=ben, resolution_notes="Me too.")
        assert (again.resolved_by_user_id, again.resolution_notes) == (anne, "Bigger disk.")

    async def test_linked_notifications_settle(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock)
        await add_notification(session, clock, alert_id=alert.id)
        await PlatformAlertService(session, clock).resolve_alert(alert_id=alert.id, user_id=None)
        assert await AdminNotificationService(session, clock).get_unread_count() == 0

    async def test_an_unknown_alert_is_not_found(self, session: AsyncSession, clock: FrozenClock) -> None:
        with pytest.raises(AlertNotFoundError):
            await PlatformAlertService(session, clock).resolve_alert(alert_id=99, user_id=None)


class TestReopening:
    async def test_it_is_open_again_without_the_old_resolution(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock)
        service = PlatformAlertService(session, clock)
        await service.resolve_alert(alert_id=alert.id, user_id=None, resolution_notes="done")
        reopened = await service.reopen(alert_id=alert.id, user_id=None)
        assert (reopened.is_resolved, reopened.resolved_at, reopened.resolution_notes) == (False, None, None)
        counted = await raise_alert(session, clock)
        assert (counted.id, counted.occurrence_count) == (alert.id, 2)

    async def test_it_is_refused_while_a_newer_alert_of_the_same_kind_is_open(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        old = await raise_alert(session, clock)
        service = PlatformAlertService(session, clock)
        await service.resolve_alert(alert_id=old.id, user_id=None)
        new = await raise_alert(session, clock)
        with pytest.raises(NewerAlertOpenError, match=f"Alert {new.id}"):
            await service.reopen(alert_id=old.id, user_id=None)

    async def test_it_is_refused_too_when_the_newer_one_opens_at_the_same_moment(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            old = await raise_alert(session, clock)
            await PlatformAlertService(session, clock).resolve_alert(alert_id=old.id, user_id=None)

        async def reopen() -> None:
            async with database.unit_of_work() as session:
                await PlatformAlertService(session, clock).reopen(alert_id=old.id, user_id=None)

        async with database.unit_of_work() as session:
            new = await raise_alert(session, clock)
            waiting = asyncio.create_task(reopen())
            await asyncio.sleep(0.2)
            assert not waiting.done()
        with pytest.raises(NewerAlertOpenError, match=f"Alert {new.id}"):
            await waiting

    async def test_an_open_alert_stays_as_it_is(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock)
        await PlatformAlertService(session, clock).reopen(alert_id=alert.id, user_id=None)
        assert await told(session, alert) == [("opened", None)]


class TestLookingAfterIt:
    async def test_acknowledging_again_keeps_the_first_one(self, session: AsyncSession, clock: FrozenClock) -> None:
        anne, ben = (await add_user(session, name="Anne")).id, (await add_user(session, name="Ben")).id
        alert = await raise_alert(session, clock)
        service = PlatformAlertService(session, clock)
        await service.acknowledge(alert_id=alert.id, user_id=anne)
        again = await service.acknowledge(alert_id=alert.id, user_id=ben)
        assert (again.acknowledged_at, again.acknowledged_by_user_id) == (clock.now(), anne)
        assert await told(session, alert) == [("opened", None), ("acknowledged", anne)]

    async def test_assigning_tells_who_gave_it_to_whom_and_only_changes(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        anne, ben = (await add_user(session, name="Anne")).id, (await add_user(session, name="Ben")).id
        alert = await raise_alert(session, clock)
        service = PlatformAlertService(session, clock)
        for user_id in (ben, ben, None):
            alert = await service.assign(alert_id=alert.id, user_id=user_id, by_user_id=anne)
        assert alert.assigned_to_user_id is None
        assert await told(session, alert) == [("opened", None), ("assigned", anne), ("assigned", anne)]

    async def test_a_comment_stands_in_the_timeline(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock)
        await PlatformAlertService(session, clock).comment(alert_id=alert.id, user_id=None, text="Called them.")
        entry = await session.scalar(select(TimelineEntry).where(TimelineEntry.kind == "commented"))
        assert entry is not None
        assert entry.detail == {"text": "Called them."}
