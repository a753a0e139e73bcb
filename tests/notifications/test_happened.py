"""What became of notifications between two instants, as it stood at the second one."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.reads import fetch_within
from backend.notifications import (
    AdminNotificationService,
    Became,
    Happened,
    NotificationType,
    alerts_rung_by,
    last_seen_at,
    notifications_between,
)
from tests.factories.alerts import raise_alert
from tests.factories.notifications import add_many, add_notification
from tests.factories.people import add_user
from tests.support.times import FrozenClock

HOUR = timedelta(hours=1)


async def between(session: AsyncSession, start: datetime, end: datetime, **options: object) -> list[Happened]:
    given: dict[str, object] = {"most": 50} | options
    return await notifications_between(fetch_within(session), start, end, **given)  # type: ignore[arg-type]  # the test's own


async def became(session: AsyncSession, start: datetime, end: datetime) -> dict[int, Became]:
    return {row.id: row.became for row in await between(session, start, end, reasons_by_hand=["By hand."])}


async def test_each_is_told_by_what_ended_it_first(session: AsyncSession, clock: FrozenClock) -> None:
    anne = await add_user(session)
    start = clock.now()
    ids = await add_many(session, clock, 5)
    still_open, read, healed, by_hand, read_then_healed = ids
    service = AdminNotificationService(session, clock)
    clock.advance(HOUR)
    await service.mark_many(notification_ids=[read, read_then_healed], user_id=anne.id, is_read=True)
    clock.advance(HOUR)
    await service.settle_notifications(ids=[healed, read_then_healed], reason="Healed by import 1.")
    await service.settle_notifications(ids=[by_hand], reason="By hand.")
    clock.advance(HOUR)
    assert await became(session, start, clock.now()) == {
        still_open: Became.OPEN,
        read: Became.READ,
        healed: Became.SETTLED,
        by_hand: Became.SETTLED_BY_HAND,
        read_then_healed: Became.READ,
    }
    # In a second window only what ended in it is told, and nothing twice.
    assert await became(session, start + 1.5 * HOUR, clock.now()) == {
        healed: Became.SETTLED,
        by_hand: Became.SETTLED_BY_HAND,
    }
    rows = {row.id: row for row in await between(session, start, clock.now())}
    assert (rows[read].read_by_user_id, rows[read].at) == (anne.id, start + HOUR)
    assert (rows[healed].settled_reason, rows[healed].at) == ("Healed by import 1.", start + 2 * HOUR)


async def test_what_ended_later_was_open_at_the_end(session: AsyncSession, clock: FrozenClock) -> None:
    start = clock.now()
    notification = await add_notification(session, clock)
    clock.advance(HOUR)
    await AdminNotificationService(session, clock).mark_as_read(notification_id=notification.id, user_id=None)
    assert await became(session, start, clock.now()) == {notification.id: Became.OPEN}


async def test_an_instant_belongs_to_the_time_that_begins_with_it(session: AsyncSession, clock: FrozenClock) -> None:
    notification = await add_notification(session, clock)
    now = clock.now()
    assert await became(session, now - HOUR, now) == {}
    assert await became(session, now, now + HOUR) == {notification.id: Became.OPEN}


async def test_one_that_is_put_off_is_left_out_and_new_once_more_when_it_is_back(
    session: AsyncSession, clock: FrozenClock
) -> None:
    start = clock.now()
    service = AdminNotificationService(session, clock)
    ids = await add_many(session, clock, 2)
    for notification_id in ids:
        await service.snooze(notification_id=notification_id, until=start + 2 * HOUR, user_id=None)
    assert await became(session, start, start + HOUR) == {}

    clock.advance(2 * HOUR)
    await service.return_snoozed()
    back = clock.now()
    clock.advance(2 * HOUR)
    await service.mark_as_read(notification_id=ids[1], user_id=None)

    # As it stood at the end, although one was read since.
    rows = await between(session, back, back + HOUR)
    assert {row.id: (row.became, row.at) for row in rows} == dict.fromkeys(ids, (Became.OPEN, back))
    assert {row.id: row.at for row in await between(session, start, start + HOUR)} == dict.fromkeys(ids, start)


async def test_one_that_is_woken_by_hand_is_told_when_it_is_back_unless_somebody_has_read_it(
    session: AsyncSession, clock: FrozenClock
) -> None:
    service = AdminNotificationService(session, clock)
    taken_back, marked, read = await add_many(session, clock, 3)
    await service.mark_as_read(notification_id=read, user_id=None)
    for notification_id in (taken_back, marked, read):
        await service.snooze(notification_id=notification_id, until=clock.now() + 9 * HOUR, user_id=None)
    clock.advance(2 * HOUR)
    woken_at = clock.now()
    for notification_id in (taken_back, read):
        await service.snooze(notification_id=notification_id, until=None, user_id=None)
    await service.mark_as_unread(notification_id=marked)

    rows = await between(session, woken_at - HOUR, woken_at + HOUR)

    assert {row.id: (row.became, row.at) for row in rows} == dict.fromkeys(
        [taken_back, marked], (Became.OPEN, woken_at)
    )


async def test_what_rang_for_an_alert_and_what_was_deleted_is_left_out(
    session: AsyncSession, clock: FrozenClock
) -> None:
    start = clock.now()
    alert = await raise_alert(session, clock)
    await add_notification(session, clock, alert_id=alert.id)
    deleted = await add_notification(session, clock)
    await AdminNotificationService(session, clock).delete_notification(notification_id=deleted.id)
    assert await became(session, start, clock.now() + HOUR) == {}


async def test_types_can_be_left_out(session: AsyncSession, clock: FrozenClock) -> None:
    start = clock.now()
    await add_notification(session, clock, type="security_alert")
    shown = await add_notification(session, clock)
    rows = await between(session, start, start + HOUR, without=[NotificationType.SECURITY_ALERT])
    assert [row.id for row in rows] == [shown.id]


async def test_of_many_the_weightiest_and_newest_are_rows_and_all_are_counted(
    session: AsyncSession, clock: FrozenClock
) -> None:
    start = clock.now()
    critical = await add_notification(session, clock, priority="critical")
    old, new = await add_many(session, clock, 2)
    elsewhere = await add_notification(session, clock, store_id=3)
    rows = {row.id: row.total for row in await between(session, start, start + HOUR, most=2)}
    assert rows == {critical.id: 3, new: 3, elsewhere.id: 1}
    assert old not in rows


async def test_among_a_million_it_reads_only_what_happened(session: AsyncSession, clock: FrozenClock) -> None:
    await session.execute(
        text(
            "insert into admin_notifications (type, priority, title, message, created_at, is_read, read_at) "
            "select 'store_issue', 'low', 'Old', '', now() - interval '9 days', true, now() - interval '8 days' "
            "from generate_series(1, 20000)"
        )
    )
    await session.execute(text("analyze admin_notifications"))
    plan = await session.scalars(
        text(
            "explain select id from admin_notifications where deleted_at is null "
            "and (created_at >= now() - interval '1 hour' or back_at >= now() - interval '1 hour' "
            "or (least(read_at, settled_at) >= now() - interval '1 hour' and least(read_at, settled_at) < now()))"
        )
    )
    text_of_plan = "\n".join(plan)
    assert "ix_admin_notifications_ended_at" in text_of_plan
    assert "ix_admin_notifications_back_at" in text_of_plan
    assert "Seq Scan" not in text_of_plan


async def test_alerts_are_known_by_the_type_of_what_rang(session: AsyncSession, clock: FrozenClock) -> None:
    quiet, rung, other = [await raise_alert(session, clock, key=key) for key in "abc"]
    await add_notification(session, clock, alert_id=rung.id, type="security_alert")
    await add_notification(session, clock, alert_id=other.id, type="store_issue")
    ids = [quiet.id, rung.id, other.id]
    found = await alerts_rung_by(fetch_within(session), ids, [NotificationType.SECURITY_ALERT])
    assert found == {rung.id}


async def test_who_never_looked_has_no_time_of_it(session: AsyncSession, clock: FrozenClock) -> None:
    anne = await add_user(session)
    assert await last_seen_at(fetch_within(session), anne.id) is None
    await AdminNotificationService(session, clock).move_seen_mark(user_id=anne.id, up_to_id=1)
    assert await last_seen_at(fetch_within(session), anne.id) == clock.now()
