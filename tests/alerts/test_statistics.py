from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlertService
from tests.factories.alerts import raise_alert
from tests.support.times import FrozenClock

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")


async def test_an_empty_platform_has_figures_of_zero(session: AsyncSession, clock: FrozenClock) -> None:
    stats = await PlatformAlertService(session, clock).get_statistics(timezone=LUXEMBOURG)
    assert (stats.total, stats.active, stats.critical, stats.resolved_today) == (0, 0, 0, 0)
    assert (stats.oldest_open_at, stats.median_minutes_to_resolve, stats.by_type) == (None, None, {})
    assert len(stats.daily) == 14


async def test_figures_speak_of_what_is_open_and_of_today(session: AsyncSession, clock: FrozenClock) -> None:
    service = PlatformAlertService(session, clock)
    oldest = await raise_alert(session, clock, key="a", severity="critical")
    await service.acknowledge(alert_id=oldest.id, user_id=None)
    await raise_alert(session, clock, key="b", severity="warning")
    for key, minutes in (("c", 10), ("d", 30), ("e", 50)):
        alert = await raise_alert(session, clock, key=key)
        opened_at = clock.now()
        clock.advance(timedelta(minutes=minutes))
        await service.resolve_alert(alert_id=alert.id, user_id=None)
        clock.set(opened_at)
    clock.advance(timedelta(minutes=50))
    stats = await service.get_statistics(timezone=ZoneInfo("UTC"))
    assert (stats.total, stats.active, stats.critical, stats.acknowledged) == (5, 2, 1, 1)
    assert stats.by_severity == {"critical": 1, "warning": 1}
    assert stats.by_type == {"system": 2}
    assert stats.oldest_open_at == oldest.first_occurred_at
    assert stats.median_minutes_to_resolve == 30
    assert sum(day.resolved for day in stats.daily) == 3


async def test_today_is_a_day_of_the_platforms_time_zone(session: AsyncSession, clock: FrozenClock) -> None:
    service = PlatformAlertService(session, clock)
    # Midnight in Luxembourg is 23:00 UTC in winter.
    alert = await raise_alert(session, clock, at=datetime(2026, 1, 14, 22, 59, tzinfo=UTC))
    await service.resolve_alert(alert_id=alert.id, user_id=None)
    clock.set(datetime(2026, 1, 14, 23, 1, tzinfo=UTC))
    assert (await service.get_statistics(timezone=LUXEMBOURG)).resolved_today == 0
    assert (await service.get_statistics(timezone=ZoneInfo("UTC"))).resolved_today == 1


async def test_the_day_on_which_clocks_change_has_its_own_length(session: AsyncSession, clock: FrozenClock) -> None:
    service = PlatformAlertService(session, clock)
    # 29 March 2026 begins at 23:00 UTC and ends at 22:00 UTC.
    for key, at in (("a", datetime(2026, 3, 29, 21, 59, tzinfo=UTC)), ("b", datetime(2026, 3, 29, 22, 1, tzinfo=UTC))):
        await raise_alert(session, clock, key=key, at=at)
    clock.set(datetime(2026, 3, 30, 12, tzinfo=UTC))
    stats = await service.get_statistics(timezone=LUXEMBOURG)
    assert [(day.day.day, day.opened) for day in stats.daily[-2:]] == [(29, 1), (30, 1)]
