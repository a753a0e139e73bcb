"""The summary of real rows: what the digest and "since you left" say."""

import time
from datetime import timedelta

from sqlalchemy import text

from backend.alerts import AlertType, PlatformAlertService
from backend.core.roles import Role
from backend.db.database import Database
from backend.delivery.summary import Summary, SummaryItem
from backend.delivery.summary_reads import summary_between
from backend.notifications import AdminNotificationService
from backend.orders import SETTLED_BY_HAND
from tests.factories.alerts import raise_alert
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.factories.tenancy import add_store
from tests.support.times import FrozenClock

HOUR = timedelta(hours=1)


async def last_day(database: Database, clock: FrozenClock, role: Role = Role.ADMIN) -> Summary:
    return await summary_between(database.reads, clock.now() - 24 * HOUR, clock.now() + HOUR, role=role)


def shown(items: list[SummaryItem]) -> list[tuple[str, str | None]]:
    return [(item.title, item.by) for item in items]


async def test_an_empty_day_has_no_stores(database: Database, clock: FrozenClock) -> None:
    assert (await last_day(database, clock)).is_empty


async def test_a_store_shows_what_is_open_what_healed_and_who_handled_what(
    database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        store = await add_store(session, name="Moulin")
        service = AdminNotificationService(session, clock)
        alerts = PlatformAlertService(session, clock)
        await add_notification(session, clock, title="Open", store_id=store.id)
        read = await add_notification(session, clock, title="Read", store_id=store.id)
        await service.mark_as_read(notification_id=read.id, user_id=anne.id)
        await raise_alert(session, clock, key="a", title="Late feed", stores=[store.id])
        await alerts.heal(alert_type=AlertType.SYSTEM, dedup_key="a", store_id=store.id, by="import 5")
        resolved = await raise_alert(session, clock, key="b", title="Full disk", severity="critical")
        await alerts.resolve_alert(alert_id=resolved.id, user_id=anne.id)
    moulin, platform = (await last_day(database, clock)).stores
    assert (moulin.store_name, platform.store_name) == ("Moulin", None)
    assert shown(moulin.open) == [("Open", None)]
    assert shown(moulin.healed) == [("Late feed", "import 5")]
    assert shown(moulin.handled) == [("Read", "Anne")]
    assert shown(platform.handled) == [("Full disk", "Anne")]


async def test_a_notification_that_rang_for_an_alert_is_part_of_it(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        alert = await raise_alert(session, clock, stores=[1, 2])
        await add_notification(session, clock, alert_id=alert.id, store_id=1)
    summary = await last_day(database, clock)
    assert [(one.store_id, [item.kind for item in one.open]) for one in summary.stores] == [
        (1, ["alert"]),
        (2, ["alert"]),
    ]
    assert summary.open_count == 1


async def test_who_settled_the_exceptions_of_an_order_handled_its_notification(
    database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        notification = await add_notification(session, clock, type="order_exception", title="No product")
        service = AdminNotificationService(session, clock)
        await service.settle_notifications(ids=[notification.id], reason=SETTLED_BY_HAND)
    (platform,) = (await last_day(database, clock)).stores
    assert (shown(platform.handled), platform.healed) == ([("No product", None)], [])


async def test_security_is_for_admins_and_so_is_the_alert_that_rang_for_it(
    database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        await add_notification(session, clock, type="security_alert")
        alert = await raise_alert(session, clock)
        await add_notification(session, clock, type="security_alert", alert_id=alert.id)
    assert (await last_day(database, clock)).open_count == 2
    assert (await last_day(database, clock, Role.VIEWER)).is_empty
    assert (await last_day(database, clock, Role.OPERATOR)).is_empty


async def test_ten_thousand_take_less_than_a_second_and_stay_in_bounds(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        await session.execute(
            text(
                "insert into admin_notifications (type, priority, title, message, store_id, created_at, is_read,"
                " read_at) select 'store_issue', 'high', 'Notice ' || n, '', nullif(n % 3, 0), :now, n % 2 = 0,"
                " case when n % 2 = 0 then cast(:now as timestamptz) end from generate_series(1, 6000) n"
            ),
            {"now": clock.now()},
        )
        await session.execute(
            text(
                "insert into platform_alerts (alert_type, severity, previous_severity, title, fingerprint,"
                " first_occurred_at, last_occurred_at, updated_at) select 'system', 'error', 'error', 'Alert ' || n,"
                " 'v1:system:' || n, :now, :now, :now from generate_series(1, 4000) n"
            ),
            {"now": clock.now()},
        )
    began = time.perf_counter()
    summary = await last_day(database, clock)
    assert time.perf_counter() - began < 1
    assert (summary.open_count, summary.handled_count) == (3000 + 4000, 3000)
    platform = next(store for store in summary.stores if store.store_id is None)
    assert (len(platform.open), platform.more.open) == (50, 4000 + 1000 - 50)
    assert (len(platform.handled), platform.more.handled) == (50, 950)
