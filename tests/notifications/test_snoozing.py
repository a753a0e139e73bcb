"""A snoozed notification leaves the unread count, and comes back unread and as new."""

import asyncio
from datetime import timedelta

import httpx
import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.roles import Role
from backend.db.database import Database
from backend.delivery.jobs import PLAN_RETURNED_NOTIFICATION
from backend.jobs.events import Subscriptions
from backend.notifications import AdminNotificationService
from backend.notifications.jobs import return_snoozed
from backend.notifications.reads import _NEW_COUNT, _RETURNED
from backend.notifications.snoozing import RETURN_SNOOZED
from backend.wiring import subscriptions as wired_subscriptions
from tests.factories.notifications import add_many, add_notification
from tests.support.application import AsRole
from tests.support.times import FrozenClock
from tests.support.waiting import until_somebody_waits

NOTIFICATIONS = "/api/v1/admin/notifications"
HOUR = timedelta(hours=1)


@pytest.fixture
def subscriptions() -> Subscriptions:
    return wired_subscriptions()


@pytest.fixture
async def notification_id(database: Database, clock: FrozenClock) -> int:
    async with database.unit_of_work() as session:
        return (await add_notification(session, clock)).id


async def snooze(
    client: httpx.AsyncClient, notification_id: int, clock: FrozenClock, **given: object
) -> httpx.Response:
    body = {"until": (clock.now() + HOUR).isoformat()} | given
    return await client.put(f"{NOTIFICATIONS}/{notification_id}/snooze", json=body)


async def time_passes(database: Database, clock: FrozenClock, by: timedelta = HOUR) -> int:
    clock.advance(by)
    async with database.unit_of_work() as session:
        return await AdminNotificationService(session, clock).return_snoozed()


async def unread(client: httpx.AsyncClient) -> int:
    return int((await client.get(f"{NOTIFICATIONS}/unread-count")).json()["unread_count"])


async def bell(client: httpx.AsyncClient) -> tuple[list[int], int]:
    shown = (await client.get(f"{NOTIFICATIONS}/recent")).json()
    return [item["id"] for item in shown["items"]], shown["new_count"]


async def test_it_leaves_the_unread_count_and_says_until_when_and_by_whom(
    as_role: AsRole, notification_id: int, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    me = (await operator.get("/api/v1/auth/me")).json()

    answer = await snooze(operator, notification_id, clock)

    shown = answer.json()
    assert answer.status_code == 200
    assert shown["snoozed_by"] == {"id": me["id"], "name": me["name"]}
    assert shown["snoozed_until"] is not None
    assert (shown["is_read"], shown["read_by"]) == (True, None)
    assert await unread(operator) == 0
    assert (await operator.get(f"{NOTIFICATIONS}/{notification_id}")).json() == shown


async def test_what_is_put_off_is_listed_by_itself_and_can_be_left_out(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    async with database.unit_of_work() as session:
        other = (await add_notification(session, clock)).id
    await snooze(operator, notification_id, clock)

    viewer = await as_role(Role.VIEWER)

    async def listed(**query: str) -> list[int]:
        return [item["id"] for item in (await viewer.get(NOTIFICATIONS, params=query)).json()["items"]]

    assert await listed() == [other, notification_id]
    assert await listed(snoozed="true") == [notification_id]
    assert await listed(snoozed="false") == [other]
    assert await listed(snoozed="true", is_read="false") == []


async def test_it_comes_back_unread_as_new_and_on_top_of_the_bell(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    await snooze(operator, notification_id, clock)
    async with database.unit_of_work() as session:
        later = await add_many(session, clock, 12)
    await operator.put(f"{NOTIFICATIONS}/seen", json={"up_to_id": later[-1]})
    assert await time_passes(database, clock, HOUR - timedelta(seconds=1)) == 0

    assert await time_passes(database, clock, timedelta(seconds=1)) == 1

    ids, new_count = await bell(operator)
    assert (ids[0], len(ids), new_count) == (notification_id, 10, 1)
    assert await unread(operator) == 13
    shown = (await operator.get(f"{NOTIFICATIONS}/{notification_id}")).json()
    assert (shown["is_read"], shown["snoozed_until"], shown["snoozed_by"]) == (False, None, None)
    assert shown["returned_at"] is not None


async def test_once_seen_it_is_new_no_more(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    await operator.put(f"{NOTIFICATIONS}/seen", json={"up_to_id": notification_id})
    await snooze(operator, notification_id, clock)
    await time_passes(database, clock)
    assert (await bell(operator))[1] == 1

    clock.advance(timedelta(seconds=1))
    await operator.put(f"{NOTIFICATIONS}/seen", json={"up_to_id": notification_id})

    assert (await bell(operator))[1] == 0


async def test_taken_back_by_hand_it_is_as_it_was(as_role: AsRole, notification_id: int, clock: FrozenClock) -> None:
    operator = await as_role(Role.OPERATOR)
    await snooze(operator, notification_id, clock)

    shown = (await snooze(operator, notification_id, clock, until=None)).json()

    assert (shown["is_read"], shown["snoozed_until"], shown["returned_at"]) == (False, None, None)
    assert await unread(operator) == 1


@pytest.mark.parametrize("then", ["taken back", "read again", "returned"])
async def test_its_first_reader_stays_until_it_comes_back(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock, then: str
) -> None:
    reader, other = await as_role(Role.OPERATOR), await as_role(Role.ADMIN)
    read = (await reader.put(f"{NOTIFICATIONS}/{notification_id}/read")).json()
    clock.advance(HOUR)
    shown = (await snooze(other, notification_id, clock)).json()
    assert (shown["read_by"], shown["read_at"]) == (read["read_by"], read["read_at"])

    match then:
        case "taken back":
            await snooze(other, notification_id, clock, until=None)
        case "read again":
            await other.put(f"{NOTIFICATIONS}/{notification_id}/read")
        case _:
            await time_passes(database, clock)

    shown = (await other.get(f"{NOTIFICATIONS}/{notification_id}")).json()
    kept = (False, None, None) if then == "returned" else (True, read["read_by"], read["read_at"])
    assert (shown["is_read"], shown["read_by"], shown["read_at"]) == kept


async def test_it_comes_back_at_its_end_by_a_job_and_an_end_before_it_was_changed_is_none(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock
) -> None:
    operator, first, second = await as_role(Role.OPERATOR), timedelta(seconds=2), timedelta(seconds=5)
    for end in (first, second):
        await snooze(operator, notification_id, clock, until=(clock.now() + end).isoformat())

    jobs = await database.reads.fetch("select run_at, payload from jobs where kind = $1 order by id", RETURN_SNOOZED)

    assert [job["run_at"] - clock.now() for job in jobs] == [first, second]
    # By the database's clock, of which a worker's may fall short.
    for job, is_back in zip(jobs, (False, True), strict=True):
        async with database.unit_of_work() as session:
            await return_snoozed(session, clock, msgspec.json.decode(job["payload"]))
        assert await unread(operator) == is_back


async def test_the_audit_log_says_until_when(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    await snooze(operator, notification_id, clock)
    await snooze(operator, notification_id, clock, until=None)

    until = await database.reads.fetch("select detail->>'until' as until from audit_log order by id")
    assert [row["until"] for row in until] == [(clock.now() + HOUR).isoformat(), None]


@pytest.mark.parametrize(("mark", "is_unread"), [("read", 0), ("unread", 1)])
async def test_whoever_marks_it_ends_its_snooze(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock, mark: str, is_unread: int
) -> None:
    operator = await as_role(Role.OPERATOR)
    await snooze(operator, notification_id, clock)

    shown = (await operator.put(f"{NOTIFICATIONS}/{notification_id}/{mark}")).json()

    assert shown["snoozed_until"] is None
    assert await time_passes(database, clock) == 0
    assert await unread(operator) == is_unread


async def test_marked_as_unread_it_is_woken_also_when_it_is_put_off_in_the_same_moment(
    belled: Database, clock: FrozenClock
) -> None:
    async with belled.unit_of_work() as session:
        notification_id = (await add_notification(session, clock)).id

    async def mark() -> None:
        async with belled.unit_of_work() as session:
            await AdminNotificationService(session, clock).mark_as_unread(notification_id=notification_id)

    async with asyncio.TaskGroup() as both, belled.unit_of_work() as session:
        service = AdminNotificationService(session, clock)
        await service.snooze(notification_id=notification_id, until=clock.now() + HOUR, user_id=None)
        both.create_task(mark())
        await until_somebody_waits(belled)

    woken = "select count(*) from jobs where kind = $1"
    assert await belled.reads.fetchval(woken, PLAN_RETURNED_NOTIFICATION) == 1


async def test_the_bell_counts_those_that_came_back_by_an_index_of_the_unread_ones(
    session: AsyncSession, clock: FrozenClock
) -> None:
    await add_many(session, clock, 1)
    await session.execute(
        text(
            "insert into admin_notifications (type, priority, title, message, is_read, returned_at, back_at) "
            "select 'store_issue', 'low', 'T', '', n % 3 = 1, back.at, back.at from generate_series(1, 9000) n, "
            "lateral (select case when n % 3 = 1 or n % 900 = 0 then now() - n * interval '1 hour' end as at) back"
        )
    )
    await session.execute(text("analyze admin_notifications"))

    plan = await session.scalars(text("explain " + _NEW_COUNT.replace("$1", "1")))
    returned = await session.scalars(text("explain " + _RETURNED.replace("$1", "10")))

    for lines in ("".join(plan), "".join(returned)):
        assert "ix_admin_notifications_returned" in lines
        # None that was read is fetched to be left out.
        assert "is_read" not in lines


async def test_what_is_settled_meanwhile_stays_away_and_cannot_be_put_off(
    as_role: AsRole, database: Database, notification_id: int, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    await snooze(operator, notification_id, clock)
    async with database.unit_of_work() as session:
        await AdminNotificationService(session, clock).settle_notifications(ids=[notification_id], reason="Done.")

    await time_passes(database, clock)

    assert await unread(operator) == 0
    refused = await snooze(operator, notification_id, clock)
    assert (refused.status_code, refused.json()["code"]) == (409, "notification_settled")


async def test_an_end_that_is_past_and_an_unknown_one_are_refused(
    as_role: AsRole, notification_id: int, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)

    past = await snooze(operator, notification_id, clock, until=clock.now().isoformat())
    unknown = await snooze(operator, 9_999, clock)

    assert (past.status_code, past.json()["errors"][0]["path"]) == (400, "until")
    assert unknown.status_code == 404
