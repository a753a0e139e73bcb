"""What became of alerts between two instants, as it stood at the second one."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import AlertThen, AlertType, PlatformAlertService, alerts_between
from backend.db.reads import fetch_within
from tests.factories.alerts import raise_alert
from tests.factories.people import add_user
from tests.support.times import FrozenClock

HOUR = timedelta(hours=1)


async def then(session: AsyncSession, start: datetime, end: datetime) -> dict[int, AlertThen]:
    return {alert.id: alert for alert in await alerts_between(fetch_within(session), start, end)}


async def test_one_that_was_opened_comes_with_its_stores(session: AsyncSession, clock: FrozenClock) -> None:
    start = clock.now()
    alert = await raise_alert(session, clock, stores=[1, 2])
    found = (await then(session, start, start + HOUR))[alert.id]
    assert (found.severity, found.title, found.worse_at, found.resolved_at) == ("error", "Disk is full", None, None)
    assert [(store.store_id, store.first_at) for store in found.stores] == [(1, start), (2, start)]
    assert await then(session, start - HOUR, start) == {}


async def test_one_that_nothing_happened_to_is_left_out(session: AsyncSession, clock: FrozenClock) -> None:
    await raise_alert(session, clock)
    clock.advance(HOUR)
    assert await then(session, clock.now(), clock.now() + HOUR) == {}


async def test_worse_is_more_severe_ten_times_as_often_or_reopened(session: AsyncSession, clock: FrozenClock) -> None:
    same, escalated, grown, reopened = [await raise_alert(session, clock, key=key) for key in "abcd"]
    service = PlatformAlertService(session, clock)
    await service.resolve_alert(alert_id=reopened.id, user_id=None)
    clock.advance(HOUR)
    start = clock.now()
    await raise_alert(session, clock, key="a")
    await raise_alert(session, clock, key="b", severity="critical")
    for _ in range(9):
        await raise_alert(session, clock, key="c")
    await service.reopen(alert_id=reopened.id, user_id=None)
    found = await then(session, start, start + HOUR)
    assert {alert_id: alert.worse_at for alert_id, alert in found.items()} == {
        same.id: None,
        escalated.id: start,
        grown.id: start,
        reopened.id: start,
    }


async def test_one_that_is_put_off_is_left_out_until_it_is_back_as_news(
    session: AsyncSession, clock: FrozenClock
) -> None:
    start = clock.now()
    alert = await raise_alert(session, clock)
    service = PlatformAlertService(session, clock)
    await service.snooze(alert_id=alert.id, until=start + HOUR, user_id=None)
    assert await then(session, start, start + HOUR) == {}

    clock.advance(HOUR)
    await service.return_snoozed()

    assert (await then(session, clock.now(), clock.now() + HOUR))[alert.id].worse_at == clock.now()


async def test_stores_that_healed_name_their_runs(session: AsyncSession, clock: FrozenClock) -> None:
    alert = await raise_alert(session, clock, stores=[1, 2])
    clock.advance(HOUR)
    start = clock.now()
    service = PlatformAlertService(session, clock)
    await service.heal(alert_type=AlertType.SYSTEM, dedup_key="disk", store_id=1, by="import 5")
    found = (await then(session, start, start + HOUR))[alert.id]
    first, second = found.stores
    assert (first.healed_at, first.healed_by) == (start, "import 5")
    assert (second.healed_at, second.healed_by) == (None, None)
    assert found.resolved_at is None
    clock.advance(HOUR)
    await service.heal(alert_type=AlertType.SYSTEM, dedup_key="disk", store_id=2, by="import 6")
    later = (await then(session, clock.now(), clock.now() + HOUR))[alert.id]
    assert (later.resolved_at, later.resolution_notes) == (clock.now(), "Healed by import 6.")
    assert [store.healed_by for store in later.stores] == [None, "import 6"]


async def test_what_was_resolved_later_was_open_at_the_end(session: AsyncSession, clock: FrozenClock) -> None:
    start = clock.now()
    anne = await add_user(session)
    alert = await raise_alert(session, clock, stores=[1])
    clock.advance(HOUR)
    await PlatformAlertService(session, clock).resolve_alert(alert_id=alert.id, user_id=anne.id)
    assert (await then(session, start, clock.now()))[alert.id].resolved_at is None
    ended = (await then(session, start, clock.now() + HOUR))[alert.id]
    assert (ended.resolved_at, ended.resolved_by_user_id) == (clock.now(), anne.id)


async def test_one_that_was_resolved_long_before_is_left_out(session: AsyncSession, clock: FrozenClock) -> None:
    alert = await raise_alert(session, clock)
    await PlatformAlertService(session, clock).resolve_alert(alert_id=alert.id, user_id=None)
    clock.advance(HOUR)
    assert await then(session, clock.now(), clock.now() + HOUR) == {}
