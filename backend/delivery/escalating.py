"""Passing on critical alerts that nobody acknowledges: each step once, whoever runs this and however often."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlert, PlatformAlertService, TimelineKind, scope_of
from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.db.away import is_away
from backend.db.database import Database
from backend.db.reads import fetch_within
from backend.delivery.alert_thread_repository import AlertThreadRepository
from backend.delivery.audience import load_audience
from backend.delivery.escalation import PassOn, Step, Unattended, next_step
from backend.delivery.kinds import Decision, MessageKind, Reason
from backend.delivery.messages import MessageWriter, News
from backend.delivery.models import EscalationStep
from backend.delivery.planner import Audience
from backend.delivery.verdict import Verdict
from backend.notifications import Priority, newest_of_alert

log = structlog.get_logger()

_UNATTENDED = """
select alert_id from delivery_alert_threads
where is_open and critical_since is not null
  and escalated_steps < (select count(*) from delivery_escalation_steps)
order by alert_id
"""


async def policy(session: AsyncSession) -> list[Step]:
    """The steps in their order."""
    rows = await session.scalars(select(EscalationStep).order_by(EscalationStep.position))
    return [Step(timedelta(minutes=row.after_minutes), tuple(row.user_ids), tuple(row.destination_ids)) for row in rows]


async def pass_on_unattended(database: Database, clock: Clock, settings: Settings) -> None:
    """Take each critical alert that waits too long to its next step, each in a transaction of its own."""
    for row in await database.reads.fetch(_UNATTENDED):
        try:
            async with database.unit_of_work() as session:
                await Escalating(session, clock, settings).pass_on(row["alert_id"])
        except Exception as error:
            if is_away(error):
                raise
            # Whatever is wrong with one alert holds up no other.
            log.exception("escalation_failed", alert_id=row["alert_id"])


class Escalating:
    """Within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._settings = settings
        self._alerts = PlatformAlertService(session, clock)

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
        decided = next_step(await policy(self._session), state, self._clock.now())
        if isinstance(decided, PassOn) and await self._tell(alert, decided, since=state):
            thread.escalated_steps = decided.number

    async def _tell(self, alert: PlatformAlert, decided: PassOn, *, since: Unattended) -> bool:
        """Whether they were told; while a silence hides the alert they wait."""
        fetch = fetch_within(self._session)
        scope, rung = await scope_of(fetch, alert.id), await newest_of_alert(fetch, alert.id)
        waited = self._clock.now() - since.critical_since
        writer = MessageWriter(self._session, self._clock, self._settings)
        news = News(
            event_key=f"escalation:{alert.id}:{since.critical_since.isoformat()}:{decided.number}",
            kind=MessageKind.ESCALATION,
            category=rung.type if rung else alert.alert_type,
            priority=Priority.CRITICAL,
            title=alert.title,
            body=alert.description,
            store_ids=scope.open_stores,
            notification_id=rung.id if rung else None,
            alert_id=alert.id,
            action_url=f"/notifications?tab=alerts&alert={alert.id}",
            payload={"minutes": int(waited.total_seconds() // 60), "stores": len(scope.open_stores)},
        )
        if await writer.silence_of(news) is not None:
            return False
        audience = await load_audience(self._session, self._clock, self._settings)
        await writer.write_planned(news, _verdicts(audience, decided))
        user_ids = sorted({user_id for step in decided.steps for user_id in step.user_ids})
        detail = {"step": decided.number, "user_ids": user_ids}
        await self._alerts.tell(alert.id, TimelineKind.PASSED_ON, None, detail)
        return True


def _verdicts(audience: Audience, decided: PassOn) -> Sequence[Verdict]:
    """Everybody of the steps by each channel that can be used: neither preferences nor quiet hours hold it up."""
    return [*_of_people(audience, decided), *_of_shared(audience, decided)]


def _of_people(audience: Audience, decided: PassOn) -> Iterable[Verdict]:
    wanted = {user_id for step in decided.steps for user_id in step.user_ids}
    for person in audience.people:
        if person.user_id not in wanted:
            continue
        for channel in person.channels:
            can_be_used = person.is_active and channel.why_not is None and channel.destination_id is not None
            why_not = channel.why_not or "The account is disabled."
            yield Verdict(
                channel=channel.channel,
                decision=Decision.SEND if can_be_used else Decision.SKIP,
                reason=Reason.ESCALATION if can_be_used else Reason.CHANNEL,
                detail=f"Step {decided.number} of the escalation names them." if can_be_used else why_not,
                user_id=person.user_id,
                destination_id=channel.destination_id,
            )


def _of_shared(audience: Audience, decided: PassOn) -> Iterable[Verdict]:
    wanted = {destination_id for step in decided.steps for destination_id in step.destination_ids}
    for destination in audience.shared:
        if destination.destination_id in wanted:
            yield Verdict(
                channel=destination.channel,
                decision=Decision.SEND if destination.why_not is None else Decision.SKIP,
                reason=Reason.ESCALATION if destination.why_not is None else Reason.CHANNEL,
                detail=destination.why_not or f"Step {decided.number} of the escalation names it.",
                destination_id=destination.destination_id,
            )
