"""The badge's promise, by a model: whatever happens, count, list, bell and service agree with each other."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlertService
from backend.notifications import AdminNotificationService, Priority
from backend.notifications import reads as hot
from backend.notifications.filters import NotificationFilters
from tests.factories.alerts import raise_alert
from tests.factories.notifications import add_notification
from tests.support.databases import empty_database
from tests.support.examples import ExampleDatabase
from tests.support.times import FrozenClock

ResultT = TypeVar("ResultT")

WHICH = st.integers(0, 12)
UNREAD = NotificationFilters(is_read=False, settled=False)


class Inbox(RuleBasedStateMachine):
    """What should be there, next to the real thing."""

    def __init__(self, runner: asyncio.Runner, database: ExampleDatabase, clock: FrozenClock) -> None:
        super().__init__()
        self.runner = runner
        self.database, url = database
        self.clock = clock
        self.priorities: dict[int, str] = {}
        self.read: set[int] = set()
        self.settled: set[int] = set()
        self.linked: set[int] = set()
        runner.run(empty_database(url))

    @property
    def unread(self) -> list[int]:
        return sorted(self.priorities.keys() - self.read - self.settled, reverse=True)

    def pick(self, which: int) -> list[int]:
        ids = sorted(self.priorities)
        return [ids[which % len(ids)]] if ids else []

    def commit(self, work: Callable[[AsyncSession], Awaitable[ResultT]]) -> ResultT:
        async def in_one_transaction() -> ResultT:
            async with self.database.unit_of_work() as session:
                return await work(session)

        return self.runner.run(in_one_transaction())

    @rule(priority=st.sampled_from(Priority), linked=st.booleans())
    def create(self, priority: Priority, linked: bool) -> None:
        async def work(session: AsyncSession) -> int:
            alert_id = (await raise_alert(session, self.clock)).id if linked else None
            return (await add_notification(session, self.clock, priority=priority, alert_id=alert_id)).id

        created = self.commit(work)
        self.priorities[created] = priority
        if linked:
            self.linked.add(created)

    @rule(which=WHICH, is_read=st.booleans())
    def mark(self, which: int, is_read: bool) -> None:
        async def work(session: AsyncSession) -> set[int]:
            return await AdminNotificationService(session, self.clock).mark_many(
                notification_ids=self.pick(which), user_id=None, is_read=is_read
            )

        marked = self.commit(work)
        self.read = self.read | marked if is_read else self.read - marked

    @rule(which=WHICH, priority=st.none() | st.sampled_from(Priority))
    def mark_all(self, which: int, priority: Priority | None) -> None:
        up_to = self.pick(which)

        async def work(session: AsyncSession) -> int:
            return await AdminNotificationService(session, self.clock).mark_all_as_read(
                user_id=None,
                filters=NotificationFilters(priority=(priority,) if priority else ()),
                up_to_id=up_to[0] if up_to else None,
            )

        marked = {
            found
            for found in self.unread
            if (not up_to or found <= up_to[0]) and priority in {None, self.priorities[found]}
        }
        assert self.commit(work) == len(marked)
        self.read |= marked

    @rule(which=WHICH)
    def delete(self, which: int) -> None:
        async def work(session: AsyncSession) -> set[int]:
            return await AdminNotificationService(session, self.clock).delete_many(notification_ids=self.pick(which))

        for deleted in self.commit(work):
            del self.priorities[deleted]
            self.linked.discard(deleted)

    @rule()
    def heal(self) -> None:
        async def work(session: AsyncSession) -> None:
            await PlatformAlertService(session, self.clock).heal(
                alert_type="system", dedup_key="disk", store_id=None, by="a run"
            )

        self.commit(work)
        self.settled |= self.linked
        self.linked.clear()

    @invariant()
    def count_list_bell_and_service_agree(self) -> None:
        self.runner.run(self._agree())

    async def _agree(self) -> None:
        counts = await hot.unread_count(self.database.reads)
        by_priority = Counter(self.priorities[found] for found in self.unread)
        assert counts.unread_count == len(self.unread)
        for priority in Priority:
            assert getattr(counts.by_priority, priority) == by_priority[priority]
        page = await hot.list_page(self.database.reads, UNREAD, limit=200, cursor=None)
        assert [item.id for item in page.items] == self.unread
        bell = await hot.recent(self.database.reads, user_id=None, limit=3)
        assert [item.id for item in bell.items] == self.unread[:3]
        assert (bell.unread_count, bell.new_count) == (len(self.unread), len(self.unread))
        async with self.database.unit_of_work() as session:
            assert await AdminNotificationService(session, self.clock).get_unread_count() == len(self.unread)


def test_count_list_bell_and_service_agree_whatever_happens(
    runner: asyncio.Runner, example_database: ExampleDatabase, clock: FrozenClock
) -> None:
    run_state_machine_as_test(
        lambda: Inbox(runner, example_database, clock),  # type: ignore[arg-type]  # Hypothesis takes any factory
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            # Shrinking a failure would take minutes here; the steps are printed as they came.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )
