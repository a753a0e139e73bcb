"""Passing on critical alerts that nobody acknowledges: each step once, whoever runs this and however often."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlert, PlatformAlertService, TimelineKind, scope_of, unattended
from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.core.settings import Settings
from backend.db.away import is_away
from backend.db.database import Database
from backend.db.reads import Reads, fetch_within
from backend.delivery.alert_subject import subject_of_alert
from backend.delivery.alert_thread_repository import AlertThreadRepository
from backend.delivery.audience import load_audience
from backend.delivery.escalation import PassOn, Step, Stranded, Unattended, next_step, onward
from backend.delivery.escalation_verdicts import can_be_reached, verdicts_of_steps
from backend.delivery.kinds import Decision, MessageKind
from backend.delivery.messages import MessageWriter, News
from backend.delivery.models import AlertThread, EscalationStep
from backend.delivery.planner import Audience
from backend.notifications import Priority, newest_of_alert

log = structlog.get_logger()

_DUE = """
select t.alert_id from delivery_alert_threads t
join delivery_escalation_steps s on s.position = t.escalated_steps + 1
where t.is_open and t.critical_since + make_interval(mins => s.after_minutes) <= $1::timestamptz
order by t.alert_id
"""


async def due_alerts(reads: Reads, now: datetime) -> list[int]:
    """Critical alerts whose next step is due; those that somebody looks after never are."""
    rows = await reads.fetch(_DUE, now)
    return await unattended(reads.fetch, [row["alert_id"] for row in rows])


async def policy(session: AsyncSession) -> list[Step]:
    """The steps in their order."""
    rows = await session.scalars(select(EscalationStep).order_by(EscalationStep.position))
    return [Step(timedelta(minutes=row.after_minutes), tuple(row.user_ids), tuple(row.destination_ids)) for row in rows]


async def pass_on_unattended(database: Database, clock: Clock, settings: Settings) -> None:
    """Take each critical alert that waits too long to its next step, each in a transaction of its own."""
    for alert_id in await due_alerts(database.reads, clock.now()):
        try:
            async with database.unit_of_work() as session:
                await Escalating(session, clock, settings).pass_on(alert_id)
        except Exception as error:
            if is_away(error):
                raise
            # Whatever is wrong with one alert holds up no other.
            log.exception("escalation_failed", alert_id=alert_id)


class Escalating:
    """Within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._settings = settings
        self._alerts = PlatformAlertService(session, clock)
        self._writer = MessageWriter(session, clock, settings)

    async def pass_on(self, alert_id: int) -> None:
        thread = await AlertThreadRepository(self._session).locked(alert_id)
        if thread.critical_since is None:
            return
        alert = await self._alerts.get_alert(alert_id)
        if alert.snoozed_until is not None:
            return
        state = Unattended(
            critical_since=thread.critical_since,
            steps_gone=thread.escalated_steps,
            is_open=not alert.is_resolved,
            is_acknowledged=alert.acknowledged_at is not None,
        )
        steps = await policy(self._session)
        due = next_step(steps, state, self._clock.now())
        if isinstance(due, PassOn):
            await self._pass_on(alert, thread, steps, due, thread.critical_since)

    async def _pass_on(
        self, alert: PlatformAlert, thread: AlertThread, steps: Sequence[Step], due: PassOn, since: datetime
    ) -> None:
        """While a silence hides the alert they wait."""
        news = await self._news(alert, since)
        if await self._writer.silence_of(news) is not None:
            return
        audience = await load_audience(self._session, self._clock, self._settings)
        decided = onward(steps, due, partial(can_be_reached, audience))
        if isinstance(decided, Stranded):
            await self._say_stranded(news, audience, decided)
        else:
            await self._tell(news, audience, decided)
            thread.escalated_steps = decided.number

    async def _tell(self, news: News, audience: Audience, decided: PassOn) -> None:
        verdicts = verdicts_of_steps(audience, decided.steps, decided.number)
        await self._writer.write_planned(replace(news, event_key=f"{news.event_key}:{decided.number}"), verdicts)
        told = {one.user_id for one in verdicts if one.decision is Decision.SEND and one.user_id is not None}
        detail: JsonObject = {"step": decided.number, "user_ids": sorted(told)}
        if decided.unreached:
            detail["unreached"] = list(decided.unreached)
        await self._say(news, detail)

    async def _say_stranded(self, news: News, audience: Audience, decided: Stranded) -> None:
        """Once; it is looked at again each minute."""
        key = f"{news.event_key}:stranded:{decided.number}"
        verdicts = verdicts_of_steps(audience, decided.steps, decided.number)
        if await self._writer.write_planned(replace(news, event_key=key), verdicts) is not None:
            numbers = range(decided.number, decided.number + len(decided.steps))
            await self._say(news, {"step": None, "user_ids": [], "unreached": list(numbers)})

    async def _say(self, news: News, detail: JsonObject) -> None:
        assert news.alert_id is not None
        await self._alerts.tell(news.alert_id, TimelineKind.PASSED_ON, None, detail)

    async def _news(self, alert: PlatformAlert, since: datetime) -> News:
        fetch = fetch_within(self._session)
        scope, rung = await scope_of(fetch, alert.id), await newest_of_alert(fetch, alert.id)
        subject = subject_of_alert(alert, rung)
        waited = self._clock.now() - since
        return News(
            event_key=f"escalation:{alert.id}:{since.isoformat()}",
            kind=MessageKind.ESCALATION,
            category=subject.category,
            priority=Priority.CRITICAL,
            title=alert.title,
            body=alert.description,
            store_ids=scope.open_stores or scope.stores,
            notification_id=rung.id if rung else None,
            alert_id=alert.id,
            action_url=f"/notifications?tab=alerts&alert={alert.id}",
            payload={"minutes": int(waited.total_seconds() // 60), "stores": len(scope.open_stores)},
            subject=subject,
        )
