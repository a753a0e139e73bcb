"""AdminNotificationService against real PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

import backend.alerts  # noqa: F401 - notifications refer to alerts by their table's name
from backend.core.errors import InvalidInputError
from backend.db.database import Database
from backend.db.doorbells import Hint, take_doorbells
from backend.jobs import Subscriptions
from backend.notifications import AdminNotificationService, order_exception_notice
from backend.notifications.errors import NotificationNotFoundError
from backend.notifications.filters import NotificationFilters
from tests.factories.notifications import add_many, add_notification
from tests.factories.people import add_user
from tests.support.times import FrozenClock


@pytest.fixture
def subscriptions() -> Subscriptions:
    return {"notification_created": ["deliver"]}


class TestCreating:
    async def test_it_is_unread_and_has_what_it_was_given(self, session: AsyncSession, clock: FrozenClock) -> None:
        created = await add_notification(
            session, clock, notification_metadata={"rows": 5}, store_id=7, action_url="/imports/3", action_required=True
        )
        assert (created.is_read, created.read_at, created.created_at) == (False, None, clock.now())
        assert (created.notification_metadata, created.store_id) == ({"rows": 5}, 7)
        assert (created.action_url, created.action_required) == ("/imports/3", True)

    async def test_a_hint_and_one_job_for_each_subscriber_wait_for_the_commit(
        self, belled: Database, clock: FrozenClock
    ) -> None:
        async with belled.unit_of_work() as session:
            created = await add_notification(session, clock, store_id=7)
            assert take_doorbells(session)[0] == Hint("notification.created", created.id, 7)
        row = await belled.reads.fetchrow("select kind, payload::text from jobs")
        assert row is not None
        assert row["kind"] == "deliver"
        assert f'"notification_id": {created.id}' in row["payload"]

    async def test_what_postgres_cannot_hold_does_not_silence_a_failure_notice(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        created = await AdminNotificationService(session, clock).notify_critical_error(
            error_type="Decode\x00Error\n", error_message="bad \x00 byte \ud800", details={"raw\x00": ["\x00x"]}
        )
        assert created.title == "Critical error: Decode Error "
        assert created.message == "bad  byte ?"
        assert created.notification_metadata["details"] == {"raw": ["x"]}

    async def test_a_long_error_ends_somewhere(self, session: AsyncSession, clock: FrozenClock) -> None:
        created = await AdminNotificationService(session, clock).notify_import_failure(
            store_name="n" * 400, job_id=1, error_message="e" * 50_000
        )
        assert (len(created.title), len(created.message)) == (300, 10_000)
        assert created.message.endswith("…")

    @pytest.mark.parametrize(
        "url", ["//evil.example", "javascript:alert(1)", "http://x.example", "/a\\b", "https://u:p@x"]
    )
    async def test_a_link_that_leads_elsewhere_is_refused(
        self, session: AsyncSession, clock: FrozenClock, url: str
    ) -> None:
        with pytest.raises(InvalidInputError, match="action_url"):
            await add_notification(session, clock, action_url=url)

    async def test_several_at_once_are_each_told_and_keep_their_order(
        self, belled: Database, clock: FrozenClock
    ) -> None:
        notices = [
            order_exception_notice(store_name="Orion", order_number=f"H{n}", exception_count=n, store_id=n)
            for n in (1, 2, 3)
        ]
        async with belled.unit_of_work() as session:
            created = await AdminNotificationService(session, clock).create_many(notices)
            assert [(row.title, row.store_id) for row in created] == [
                ("Order H1 has 1 unmatched product", 1),
                ("Order H2 has 2 unmatched products", 2),
                ("Order H3 has 3 unmatched products", 3),
            ]
            hinted = [bell for bell in take_doorbells(session) if isinstance(bell, Hint)]
            assert [hint.id for hint in hinted] == [row.id for row in created]
            jobs = await session.scalars(text("select payload ->> 'notification_id' from jobs order by id"))
            assert list(jobs) == [str(row.id) for row in created]
            assert await AdminNotificationService(session, clock).create_many([]) == []


class TestConvenience:
    async def test_each_notice_has_its_type_its_priority_and_its_link(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        service = AdminNotificationService(session, clock)
        made = [
            await service.notify_import_failure(store_name="Wäicht", job_id=4, error_message="x", store_id=1),
            await service.notify_order_sync_failure(store_name="Wäicht", error_message="x", store_id=1, run_id=9),
            await service.notify_order_exception(store_name="Wäicht", order_number="A1", exception_count=2, order_id=3),
            await service.notify_critical_error(error_type="OSError", error_message="x", details={"a": 1}),
            await service.notify_store_issue(store_name="Wäicht", issue_type="ssl_expiring", message="x", store_id=1),
            await service.notify_security_alert(title="Many failed sign-ins", message="x"),
        ]
        assert [(found.type, found.priority, found.action_url) for found in made] == [
            ("import_failure", "high", "/imports/4"),
            ("order_sync_failure", "high", "/letzshop/runs/9"),
            ("order_exception", "high", "/orders/3"),
            ("critical_error", "critical", None),
            ("store_issue", "normal", "/stores/1"),
            ("security_alert", "critical", None),
        ]
        assert made[4].title == "Wäicht: ssl expiring"

    @pytest.mark.parametrize(("count", "words"), [(1, "1 unmatched product"), (3, "3 unmatched products")])
    async def test_an_order_exception_counts_in_words(
        self, session: AsyncSession, clock: FrozenClock, count: int, words: str
    ) -> None:
        made = await AdminNotificationService(session, clock).notify_order_exception(
            store_name="Wäicht", order_number="A1", exception_count=count
        )
        assert made.title == f"Order A1 has {words}"

    async def test_a_notice_commits_or_vanishes_with_the_callers_transaction(
        self, database: Database, clock: FrozenClock
    ) -> None:
        with pytest.raises(RuntimeError):
            async with database.unit_of_work() as session:
                await AdminNotificationService(session, clock).notify_import_failure(
                    store_name="x", job_id=1, error_message="x"
                )
                raise RuntimeError
        assert await database.reads.fetchval("select count(*) from admin_notifications") == 0


class TestReading:
    async def test_the_first_reader_and_the_first_time_stay(self, session: AsyncSession, clock: FrozenClock) -> None:
        anne, ben = (await add_user(session, name="Anne")).id, (await add_user(session, name="Ben")).id
        created = await add_notification(session, clock)
        service = AdminNotificationService(session, clock)
        first = await service.mark_as_read(notification_id=created.id, user_id=anne)
        read_at = clock.now()
        clock.advance(timedelta(minutes=1))
        again = await service.mark_as_read(notification_id=created.id, user_id=ben)
        assert first is again
        assert (again.is_read, again.read_at, again.read_by_user_id) == (True, read_at, anne)

    async def test_two_readers_at_once_are_one_first_reader(self, database: Database, clock: FrozenClock) -> None:
        async with database.unit_of_work() as session:
            readers = [(await add_user(session, name=f"Reader{number}")).id for number in range(8)]
            notification_id = (await add_notification(session, clock)).id

        async def read(user_id: int) -> int | None:
            async with database.unit_of_work() as session:
                service = AdminNotificationService(session, clock)
                return (await service.mark_as_read(notification_id=notification_id, user_id=user_id)).read_by_user_id

        assert len(set(await asyncio.gather(*map(read, readers)))) == 1

    async def test_unread_again_forgets_the_reader(self, session: AsyncSession, clock: FrozenClock) -> None:
        anne = (await add_user(session, name="Anne")).id
        created = await add_notification(session, clock)
        service = AdminNotificationService(session, clock)
        await service.mark_as_read(notification_id=created.id, user_id=anne)
        found = await service.mark_as_unread(notification_id=created.id)
        assert (found.is_read, found.read_at, found.read_by_user_id) == (False, None, None)
        assert await service.get_unread_count() == 1

    async def test_marking_what_does_not_exist_is_not_found(self, session: AsyncSession, clock: FrozenClock) -> None:
        with pytest.raises(NotificationNotFoundError):
            await AdminNotificationService(session, clock).mark_as_read(notification_id=99, user_id=None)

    async def test_only_what_changed_is_hinted(self, session: AsyncSession, clock: FrozenClock) -> None:
        ids = await add_many(session, clock, 3)
        service = AdminNotificationService(session, clock)
        await service.mark_many(notification_ids=ids[:1], user_id=None, is_read=True)
        take_doorbells(session)
        await service.mark_many(notification_ids=ids[:1], user_id=None, is_read=True)
        assert take_doorbells(session) == []
        await service.mark_many(notification_ids=ids[:2], user_id=None, is_read=True)
        assert take_doorbells(session) == [Hint("notification.changed", ids[1])]
        await service.mark_many(notification_ids=ids, user_id=None, is_read=False)
        assert take_doorbells(session) == [Hint("notification.changed", None)]


class TestMarkAllRead:
    async def test_it_marks_what_matches_and_says_how_many(self, session: AsyncSession, clock: FrozenClock) -> None:
        service = AdminNotificationService(session, clock)
        await add_many(session, clock, 2, priority="low", store_id=1)
        await add_many(session, clock, 3, priority="high", store_id=2, type="import_failure")
        filters = NotificationFilters(priority=("high",), type=("import_failure",), store_id=(2,))
        assert await service.mark_all_as_read(user_id=None, filters=filters) == 3
        assert await service.get_unread_count() == 2
        assert await service.mark_all_as_read(user_id=None) == 2
        assert await service.mark_all_as_read(user_id=None) == 0

    async def test_nothing_newer_than_what_the_caller_saw_is_touched(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        ids = await add_many(session, clock, 5)
        service = AdminNotificationService(session, clock)
        assert await service.mark_all_as_read(user_id=None, up_to_id=ids[2]) == 3
        assert [found.id for found in await service.get_recent_notifications()] == [ids[4], ids[3]]

    async def test_one_that_commits_during_the_call_stays_unread(self, database: Database, clock: FrozenClock) -> None:
        """The late one got its id before those that the caller saw, and committed after the marking began."""
        async with database.unit_of_work() as late:
            late_id = (await add_notification(late, clock)).id
            async with database.unit_of_work() as session:
                seen_id = (await add_notification(session, clock)).id
            assert late_id < seen_id
            async with database.unit_of_work() as session:
                # A row that is held makes the marking wait, so that the late one commits while it runs.
                held = await database.reads.acquire()
                lock = held.transaction()
                await lock.start()
                await held.execute("select id from admin_notifications where id = $1 for update", seen_id)
                service = AdminNotificationService(session, clock)
                marking = asyncio.create_task(service.mark_all_as_read(user_id=None, up_to_id=seen_id))
                await asyncio.sleep(0.2)
                await late.commit()
                await lock.rollback()
                await database.reads.release(held)
                assert await marking == 1
        async with database.unit_of_work() as session:
            unread = await AdminNotificationService(session, clock).get_recent_notifications()
            assert [found.id for found in unread] == [late_id]

    async def test_one_that_a_colleague_reads_meanwhile_keeps_that_reader(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            anne, ben = (await add_user(session, name="Anne")).id, (await add_user(session, name="Ben")).id
            notification_id = (await add_notification(session, clock)).id

        async def mark_all() -> int:
            async with database.unit_of_work() as session:
                return await AdminNotificationService(session, clock).mark_all_as_read(user_id=ben)

        async with database.unit_of_work() as session:
            await AdminNotificationService(session, clock).mark_as_read(notification_id=notification_id, user_id=anne)
            waiting = asyncio.create_task(mark_all())
            await asyncio.sleep(0.2)
        assert await waiting == 0
        assert await database.reads.fetchval("select read_by_user_id from admin_notifications") == anne

    async def test_many_markings_of_overlapping_sets_do_not_deadlock(
        self, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            ids = await add_many(session, clock, 60)

        async def mark(number: int) -> None:
            async with database.unit_of_work() as session:
                service = AdminNotificationService(session, clock)
                some = ids[number % 7 :: 3][:: -1 if number % 2 else 1]
                if number % 3 == 0:
                    await service.mark_all_as_read(user_id=None)
                else:
                    await service.mark_many(notification_ids=some, user_id=None, is_read=number % 3 == 1)

        await asyncio.gather(*(mark(number) for number in range(40)))


class TestDeleting:
    async def test_it_is_gone_from_lists_and_counts_and_kept_in_the_table(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        created = await add_notification(session, clock)
        service = AdminNotificationService(session, clock)
        await service.delete_notification(notification_id=created.id)
        assert await service.get_unread_count() == 0
        assert list(await service.get_notifications()) == []
        with pytest.raises(NotificationNotFoundError):
            await service.get_notification(created.id)
        with pytest.raises(NotificationNotFoundError):
            await service.delete_notification(notification_id=created.id)
        deleted_at = await session.scalar(text("select deleted_at from admin_notifications"))
        assert deleted_at == clock.now()


class TestSettling:
    async def test_those_that_are_listed_and_open_leave_the_unread_count_and_stay_listed(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        service = AdminNotificationService(session, clock)
        first, second, third = await add_many(session, clock, 3)
        take_doorbells(session)
        assert await service.settle_notifications(ids=[first, second, 4711], reason="done") == 2
        assert take_doorbells(session) == [Hint("notification.changed")]
        clock.advance(timedelta(hours=1))
        assert await service.settle_notifications(ids=[second, third], reason="later") == 1
        assert await service.settle_notifications(ids=[], reason="never") == 0
        assert await service.get_unread_count() == 0
        settled = [(row.settled_reason, row.settled_at == clock.now()) for row in await service.get_notifications()]
        assert settled == [("later", True), ("done", False), ("done", False)]


class TestSeenMark:
    async def test_it_moves_forward_only_and_never_past_what_exists(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        anne = (await add_user(session, name="Anne")).id
        ids = await add_many(session, clock, 3)
        service = AdminNotificationService(session, clock)
        assert await service.move_seen_mark(user_id=anne, up_to_id=ids[1]) == ids[1]
        assert await service.move_seen_mark(user_id=anne, up_to_id=ids[0]) == ids[1]
        assert await service.move_seen_mark(user_id=anne, up_to_id=10**9) == ids[2]


class TestListing:
    async def test_the_newest_come_first_and_a_page_goes_on_after_the_last(
        self, session: AsyncSession, clock: FrozenClock
    ) -> None:
        ids = await add_many(session, clock, 5)
        service = AdminNotificationService(session, clock)
        first = await service.get_notifications(limit=2)
        second = await service.get_notifications(limit=10, before_id=first[-1].id)
        assert [found.id for found in (*first, *second)] == ids[::-1]

    async def test_recent_ones_are_unread_and_newest_first(self, session: AsyncSession, clock: FrozenClock) -> None:
        ids = await add_many(session, clock, 4)
        service = AdminNotificationService(session, clock)
        await service.mark_as_read(notification_id=ids[3], user_id=None)
        assert [found.id for found in await service.get_recent_notifications(limit=2)] == [ids[2], ids[1]]
