from datetime import timedelta

from backend.alerts import PlatformAlertService
from backend.alerts.jobs import JOB_KINDS, KEEP_FOR, RETENTION
from backend.db.database import Database
from backend.jobs import enqueue
from tests.factories.alerts import raise_alert
from tests.factories.notifications import add_notification
from tests.support.jobs import RunnerMaker
from tests.support.times import FrozenClock


async def test_retention_removes_what_was_resolved_long_ago_and_running_it_again_removes_no_more(
    belled: Database, make_runner: RunnerMaker, clock: FrozenClock
) -> None:
    async with belled.unit_of_work() as session:
        service = PlatformAlertService(session, clock)
        old = await raise_alert(session, clock, key="old", stores=[1])
        await add_notification(session, clock, alert_id=old.id)
        await service.resolve_alert(alert_id=old.id, user_id=None)
        clock.advance(timedelta(days=1))
        regressed = await raise_alert(session, clock, key="old")
        kept = await raise_alert(session, clock, key="kept")
        clock.advance(KEEP_FOR)
        await service.resolve_alert(alert_id=kept.id, user_id=None)

    for _ in range(2):
        async with belled.unit_of_work() as session:
            await enqueue(session, RETENTION, {})
        await make_runner(*JOB_KINDS).run_due()
        rows = await belled.reads.fetch("select id, regressed_from_id from platform_alerts order by id")
        assert [tuple(row) for row in rows] == [(regressed.id, None), (kept.id, None)]

    assert await belled.reads.fetchval("select count(*) from alert_stores") == 0
    notification = await belled.reads.fetchrow("select alert_id, settled_at from admin_notifications")
    assert notification is not None
    assert notification["alert_id"] is None
    assert notification["settled_at"] is not None
