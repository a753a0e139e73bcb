"""Plays a planned past through the services, each step at its own time, oldest first: ids then rise with time."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlertService
from backend.core.clock import Clock
from backend.demo.history import Incident, Notice, incidents, lone_notices
from backend.notifications import AdminNotificationService

Step = Callable[[], Awaitable[None]]


class _MovedClock:
    """The time at which a step of the past happens."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def now(self) -> datetime:
        return self.at


class Past:
    """Collects steps by time, then plays them in one transaction of the caller's."""

    def __init__(self, session: AsyncSession, clock: Clock, *, store_ids: Sequence[int], admin_id: int | None) -> None:
        self._now = clock.now()
        self._clock = _MovedClock(self._now)
        self._alerts = PlatformAlertService(session, self._clock)
        self._notifications = AdminNotificationService(session, self._clock)
        self._store_ids = store_ids
        self._admin_id = admin_id
        self._steps: list[tuple[datetime, int, Step]] = []

    async def play(self, store_names: Sequence[str]) -> int:
        """Write the whole past; how many steps it had."""
        for incident in incidents(store_names):
            self._plan_incident(incident)
        for ago, notice in lone_notices(store_names):
            self._plan_notice(self._now - ago, notice, alert_key=None)
        for at, _, step in sorted(self._steps, key=lambda planned: planned[:2]):
            self._clock.at = at
            await step()
        return len(self._steps)

    def _at(self, at: datetime, step: Step) -> None:
        if at < self._now:
            self._steps.append((at, len(self._steps), step))

    def _plan_incident(self, incident: Incident) -> None:
        begins = self._now - incident.ago
        lasted = incident.ago - timedelta(minutes=2) if incident.ending == "open" else incident.lasted
        for n in range(incident.occurrences):
            self._at(begins + lasted * n / incident.occurrences, lambda: self._occur(incident))
        self._plan_notice(begins + timedelta(seconds=1), incident.notice, alert_key=incident)
        if incident.ending == "healed":
            for n, store in enumerate(incident.stores):
                healed_at = begins + lasted + timedelta(minutes=3 * n)
                self._at(healed_at, lambda store=store: self._heal(incident, store))  # type: ignore[misc]  # a default binds the loop's value
        elif incident.ending == "resolved":
            self._at(begins + lasted * 0.4, lambda: self._acknowledge(incident))
            self._at(begins + lasted, lambda: self._resolve(incident))

    def _plan_notice(self, at: datetime, notice: Notice, *, alert_key: Incident | None) -> None:
        created: list[int] = []

        async def create() -> None:
            created.append(await self._notify(notice, alert_key))

        async def read() -> None:
            await self._notifications.mark_as_read(notification_id=created[0], user_id=self._admin_id)

        self._at(at, create)
        if notice.is_read:
            self._at(at + timedelta(minutes=11), read)

    async def _notify(self, notice: Notice, incident: Incident | None) -> int:
        alert_id = await self._alert_id(incident) if incident is not None else None
        notification = await self._notifications.create_notification(
            type=notice.type,
            priority=notice.priority,
            title=notice.title,
            message=notice.message,
            action_required=notice.action_required,
            store_id=self._store_ids[notice.store] if notice.store is not None else None,
            alert_id=alert_id,
        )
        return notification.id

    async def _occur(self, incident: Incident) -> None:
        await self._alerts.create_or_increment_alert(
            alert_type=incident.alert_type,
            severity=incident.severity,
            title=incident.title,
            description=incident.description,
            affected_stores=[self._store_ids[store] for store in incident.stores],
            affected_systems=incident.systems,
            dedup_key=incident.dedup_key,
        )

    async def _alert_id(self, incident: Incident) -> int | None:
        found = await self._alerts.find_open(alert_type=incident.alert_type, dedup_key=incident.dedup_key)
        return found.id if found is not None else None

    async def _heal(self, incident: Incident, store: int) -> None:
        await self._alerts.heal(
            alert_type=incident.alert_type,
            dedup_key=incident.dedup_key,
            store_id=self._store_ids[store],
            by="the next clean run",
        )

    async def _acknowledge(self, incident: Incident) -> None:
        alert_id = await self._alert_id(incident)
        if alert_id is not None:
            await self._alerts.acknowledge(alert_id=alert_id, user_id=self._admin_id)

    async def _resolve(self, incident: Incident) -> None:
        alert_id = await self._alert_id(incident)
        if alert_id is not None:
            await self._alerts.resolve_alert(alert_id=alert_id, user_id=self._admin_id, resolution_notes=incident.notes)
