from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from backend.alerts import PlatformAlertService
from backend.delivery.planning import Planning
from backend.delivery.silence_matching import Matcher
from backend.delivery.silence_service import SilenceService
from backend.delivery.unsilencing import alerts_to_tell, tell_of_unsilenced
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_silence
from tests.support.pipeline import Pipeline

SYSTEM = Matcher(types=frozenset({"system"}))


async def silenced_alerts(pipeline: Pipeline, *keys: str) -> list[int]:
    """Criticals: these are planned at once."""
    await pipeline.destination()
    async with pipeline.database.unit_of_work() as session:
        await add_silence(session, pipeline.clock, matcher=SYSTEM, hours=2)
        alerts = [await raise_alert(session, pipeline.clock, key=key, severity="critical") for key in keys]
        ids = [alert.id for alert in alerts]
    await pipeline.run()
    return ids


async def look(pipeline: Pipeline) -> None:
    await tell_of_unsilenced(pipeline.database, pipeline.clock, pipeline.settings)
    await pipeline.run()


async def test_one_that_cannot_be_planned_holds_up_no_other(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = await silenced_alerts(pipeline, "one", "two")
    pipeline.clock.advance(timedelta(hours=2))
    plan_alert = Planning.plan_alert

    async def plan(planning: Planning, alert_id: int) -> object:
        if alert_id == broken:
            raise ValueError(alert_id)
        return await plan_alert(planning, alert_id)

    monkeypatch.setattr(Planning, "plan_alert", plan)

    with capture_logs() as logs:
        await look(pipeline)

    assert [envelope.content.alert_id for envelope in pipeline.sent()] == [whole]
    assert [(one["event"], one["alert_id"]) for one in logs if one["log_level"] == "error"] == [
        ("unsilencing_failed", broken)
    ]


async def test_while_no_silence_has_ended_they_are_no_work(pipeline: Pipeline) -> None:
    alert_ids = await silenced_alerts(pipeline, "one")
    pipeline.clock.advance(timedelta(hours=1))
    reads = pipeline.database.reads
    assert await alerts_to_tell(reads, pipeline.clock.now()) == []
    assert await alerts_to_tell(reads, pipeline.clock.now() + timedelta(hours=1)) == alert_ids

    async with pipeline.database.unit_of_work() as session:
        silence_id = await reads.fetchval("select id from silences")
        await SilenceService(session, pipeline.clock).end(silence_id, user_id=None)
    assert await alerts_to_tell(reads, pipeline.clock.now()) == alert_ids

    await look(pipeline)
    assert pipeline.kinds() == ["alert_opened"]
    assert await alerts_to_tell(reads, pipeline.clock.now()) == []


@pytest.mark.parametrize("put_off", [False, True])
async def test_one_that_stays_hidden_or_is_put_off_is_looked_at_no_more_after_another_silence(
    pipeline: Pipeline,
    put_off: bool,
) -> None:
    (alert_id,) = await silenced_alerts(pipeline, "one")
    async with pipeline.database.unit_of_work() as session:
        await add_silence(session, pipeline.clock, hours=0.1)
        if put_off:
            until = pipeline.clock.now() + timedelta(days=90)
            await PlatformAlertService(session, pipeline.clock).snooze(alert_id=alert_id, until=until, user_id=None)
    await pipeline.run()
    pipeline.clock.advance(timedelta(minutes=12) if not put_off else timedelta(hours=2, minutes=6))
    reads = pipeline.database.reads
    assert await alerts_to_tell(reads, pipeline.clock.now()) == [alert_id]

    await look(pipeline)

    pipeline.clock.advance(timedelta(minutes=1))
    assert await alerts_to_tell(reads, pipeline.clock.now()) == []
    assert pipeline.kinds() == []


async def test_severities_and_priorities_of_another_version_are_planned_too(pipeline: Pipeline) -> None:
    await pipeline.destination()
    async with pipeline.database.unit_of_work() as session:
        alert = await raise_alert(session, pipeline.clock)
    await pipeline.database.reads.execute("update platform_alerts set severity = 'fatal'")
    async with pipeline.database.unit_of_work() as session:
        await Planning(session, pipeline.clock, pipeline.settings).plan_alert(alert.id, has_settled=True)
    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()
    assert [envelope.content.priority for envelope in pipeline.sent()] == ["high"]
