"""A success heals its own store; the last store resolves the alert; notifications settle and stay listed."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlert, PlatformAlertService
from backend.alerts.models import AlertStore, TimelineEntry
from backend.db.database import Database
from backend.notifications import AdminNotification, AdminNotificationService
from tests.factories.alerts import raise_alert
from tests.factories.notifications import add_notification
from tests.support.times import FrozenClock


async def heal(session: AsyncSession, clock: FrozenClock, store_id: int | None, key: str = "disk") -> object:
    return await PlatformAlertService(session, clock).heal(
        alert_type="system", dedup_key=key, store_id=store_id, by="import 12"
    )


async def open_stores(session: AsyncSession, alert_id: int) -> list[int]:
    found = await session.scalars(
        select(AlertStore.store_id).where(AlertStore.alert_id == alert_id, AlertStore.healed_at.is_(None))
    )
    return sorted(found)


async def reread(session: AsyncSession, alert_id: int) -> PlatformAlert:
    return await session.get_one(PlatformAlert, alert_id, populate_existing=True)


class TestHealingOneOfSeveral:
    async def test_the_alert_shrinks_and_stays_open(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock, stores=[1, 2, 3])
        await heal(session, clock, 2)
        assert await open_stores(session, alert.id) == [1, 3]
        assert not (await reread(session, alert.id)).is_resolved

    async def test_the_timeline_says_which_store_and_which_run(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock, stores=[1, 2])
        await heal(session, clock, 2)
        entry = await session.scalar(
            select(TimelineEntry).where(TimelineEntry.alert_id == alert.id).order_by(TimelineEntry.id.desc()).limit(1)
        )
        assert entry is not None
        assert (entry.kind, entry.detail) == ("store_healed", {"store_id": 2, "by": "import 12"})

    async def test_only_that_stores_notifications_settle(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock, stores=[1, 2])
        for store_id in (1, 2):
            await add_notification(session, clock, alert_id=alert.id, store_id=store_id)
        await heal(session, clock, 2)
        notifications = AdminNotificationService(session, clock)
        assert await notifications.get_unread_count() == 1
        settled = {found.store_id: found.settled_reason for found in await notifications.get_notifications()}
        assert settled == {1: None, 2: "Healed by import 12."}

    async def test_an_alert_that_healed_and_was_reopened_heals_again(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        alert = await raise_alert(session, clock, stores=[1, 2])
        for store_id in (1, 2):
            await heal(session, clock, store_id)
        await PlatformAlertService(session, clock).reopen(alert_id=alert.id, user_id=None)
        assert await open_stores(session, alert.id) == [1, 2]
        assert await heal(session, clock, 1)
        assert not (await reread(session, alert.id)).is_resolved
        assert await heal(session, clock, 2)
        assert (await reread(session, alert.id)).is_resolved

    async def test_what_was_open_of_an_alert_resolved_by_hand_is_open_when_it_is_reopened(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        alert = await raise_alert(session, clock, stores=[1, 2])
        await heal(session, clock, 1)
        service = PlatformAlertService(session, clock)
        await service.resolve_alert(alert_id=alert.id, user_id=None)
        await service.reopen(alert_id=alert.id, user_id=None)
        assert await open_stores(session, alert.id) == [2]

    async def test_healing_a_store_twice_tells_it_once(self, session: AsyncSession, clock: FrozenClock) -> None:
        await raise_alert(session, clock, stores=[1, 2])
        assert await heal(session, clock, 2) is not None
        assert await heal(session, clock, 2) is None

    async def test_a_store_that_is_not_in_scope_heals_nothing(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock, stores=[1])
        assert await heal(session, clock, 9) is None
        assert not (await reread(session, alert.id)).is_resolved


class TestHealingTheLast:
    async def test_the_alert_resolves_by_itself_and_names_the_run(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        alert = await raise_alert(session, clock, stores=[1, 2])
        await heal(session, clock, 1)
        await heal(session, clock, 2)
        healed = await reread(session, alert.id)
        assert (healed.is_resolved, healed.resolved_at) == (True, clock.now())
        assert healed.resolved_by_user_id is None
        assert healed.resolution_notes == "Healed by import 12."

    async def test_all_its_notifications_leave_the_unread_count_and_stay_listed(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        alert = await raise_alert(session, clock, stores=[1])
        for store_id in (1, None):
            await add_notification(session, clock, alert_id=alert.id, store_id=store_id)
        other = await add_notification(session, clock)
        await heal(session, clock, 1)
        notifications = AdminNotificationService(session, clock)
        assert await notifications.get_unread_count() == 1
        listed = {found.id: found.settled_at for found in await notifications.get_notifications()}
        assert listed.pop(other.id) is None
        assert set(listed.values()) == {clock.now()}

    async def test_an_alert_without_stores_heals_at_once(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock)
        await heal(session, clock, None)
        assert (await reread(session, alert.id)).is_resolved

    async def test_nothing_open_means_nothing_to_heal(self, session: AsyncSession, clock: FrozenClock) -> None:
        assert await heal(session, clock, 1) is None

    async def test_the_next_occurrence_opens_a_new_alert(self, session: AsyncSession, clock: FrozenClock) -> None:
        old = await raise_alert(session, clock, stores=[1])
        await heal(session, clock, 1)
        new = await raise_alert(session, clock, stores=[1])
        assert new.regressed_from_id == old.id
        assert await open_stores(session, new.id) == [1]


class TestHealingByKey:
    async def test_its_alert_resolves_with_all_its_stores(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock, stores=[1, 2])
        left = await raise_alert(session, clock, key="network", stores=[1])
        healed = await PlatformAlertService(session, clock).heal_keys(dedup_keys=["disk", "unknown"], by="a monitor")
        assert healed == {"disk": [alert.id]}
        found = await reread(session, alert.id)
        assert (found.is_resolved, found.resolution_notes) == (True, "Healed by a monitor.")
        assert (await open_stores(session, alert.id), await open_stores(session, left.id)) == ([], [1])

    async def test_so_do_those_of_other_types_that_have_it(self, session: AsyncSession, clock: FrozenClock) -> None:
        service = PlatformAlertService(session, clock)
        ids = []
        for kind in ("capacity", "security"):
            found = await service.create_or_increment_alert(
                alert_type=kind, severity="info", title="Disk", dedup_key="disk"
            )
            ids.append(found.id)
        healed = await service.heal_keys(dedup_keys=["disk"], by="a monitor")
        assert sorted(healed["disk"]) == ids

    async def test_their_notifications_settle(self, session: AsyncSession, clock: FrozenClock) -> None:
        alert = await raise_alert(session, clock, stores=[1])
        await add_notification(session, clock, alert_id=alert.id, store_id=1)
        await PlatformAlertService(session, clock).heal_keys(dedup_keys=["disk"], by="a monitor")
        assert await AdminNotificationService(session, clock).get_unread_count() == 0

    async def test_of_no_keys_nothing_heals(self, session: AsyncSession, clock: FrozenClock) -> None:
        await raise_alert(session, clock)
        assert await PlatformAlertService(session, clock).heal_keys(dedup_keys=[], by="a monitor") == {}

    async def test_who_holds_the_keys_first_raises_and_heals_without_a_deadlock(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            for key in ("disk", "network"):
                await raise_alert(session, clock, key=key)

        async def cross(raised: str, healed: str) -> None:
            async with database.unit_of_work() as session:
                service = PlatformAlertService(session, clock)
                await service.hold_keys(dedup_keys=[raised, healed])
                await raise_alert(session, clock, key=raised)
                await asyncio.sleep(0.1)
                await service.heal_keys(dedup_keys=[healed], by="a monitor")

        # Neither is done again: a deadlock would be an error here.
        await asyncio.gather(cross("disk", "network"), cross("network", "disk"))
        assert await database.reads.fetchval("select count(*) from platform_alerts where not is_resolved") == 1


class TestHealingWhileItHappens:
    async def test_an_occurrence_that_waited_for_the_healing_opens_a_new_alert(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            old = await raise_alert(session, clock, stores=[1])

        async def occur() -> int:
            async with database.unit_of_work() as session:
                return (await raise_alert(session, clock, stores=[1])).id

        async with database.unit_of_work() as session:
            await heal(session, clock, 1)
            waiting = asyncio.create_task(occur())
            await asyncio.sleep(0.2)
        assert await waiting != old.id

    async def test_a_store_that_joined_while_the_healing_waited_keeps_the_alert_open(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            alert_id = (await raise_alert(session, clock, stores=[1])).id

        async def heal_first() -> None:
            async with database.unit_of_work() as session:
                await heal(session, clock, 1)

        async with database.unit_of_work() as session:
            await raise_alert(session, clock, stores=[2])
            waiting = asyncio.create_task(heal_first())
            await asyncio.sleep(0.2)
            assert not waiting.done()
        await waiting
        async with database.unit_of_work() as session:
            assert not (await reread(session, alert_id)).is_resolved
            assert await open_stores(session, alert_id) == [2]

    async def test_occurrences_and_healings_at_once_lose_nothing(self, database: Database, clock: FrozenClock) -> None:
        async def occur(store_id: int) -> None:
            async with database.unit_of_work() as session:
                await raise_alert(session, clock, stores=[store_id])

        async def recover(store_id: int) -> None:
            async with database.unit_of_work() as session:
                await heal(session, clock, store_id)

        await asyncio.gather(*(work(number % 3) for number in range(40) for work in (occur, recover)))
        assert await database.reads.fetchval("select sum(occurrence_count) from platform_alerts") == 40
        broken = await database.reads.fetchval(
            """
            select count(*) from platform_alerts a where a.is_resolved
              and exists (select from alert_stores s where s.alert_id = a.id and s.healed_at is null)
            """
        )
        assert broken == 0


async def test_a_settling_and_a_mark_all_read_at_once_do_not_deadlock(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        alert = await raise_alert(session, clock)
        ids = [(await add_notification(session, clock, alert_id=alert.id)).id for _ in range(200)]
        # Physical order against the order of ids, as updates make it in time.
        for notification_id in reversed(ids):
            await AdminNotificationService(session, clock).mark_many(
                notification_ids=[notification_id], user_id=None, is_read=True
            )
        await AdminNotificationService(session, clock).mark_many(notification_ids=ids, user_id=None, is_read=False)

    async def settle() -> int:
        async with database.unit_of_work() as session:
            service = AdminNotificationService(session, clock)
            return await service.settle_for_alert(alert_id=alert.id, reason="healed")

    async def mark() -> int:
        async with database.unit_of_work() as session:
            return await AdminNotificationService(session, clock).mark_all_as_read(user_id=None)

    settled, _ = await asyncio.gather(settle(), mark())
    assert settled == 200
    count = select(AdminNotification.id).where(AdminNotification.settled_at.is_(None))
    async with database.unit_of_work() as session:
        assert (await session.scalars(count)).all() == []
