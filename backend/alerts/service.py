from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts.filters import AlertFilters, where_clause
from backend.alerts.fingerprint import fingerprint
from backend.alerts.ingest import ingest_within
from backend.alerts.kinds import AlertType, Severity, TimelineKind
from backend.alerts.models import AlertStore, PlatformAlert, TimelineEntry
from backend.alerts.occurrence import Occurrence, fold
from backend.alerts.schemas import AlertStatsOut
from backend.alerts.statistics import statistics
from backend.core.clock import Clock
from backend.core.errors import ConflictError, NotFoundError
from backend.core.fields import JsonObject
from backend.core.paging import DEFAULT_LIMIT
from backend.core.secrets import random_token
from backend.db.doorbells import Hint, ring_after_commit
from backend.db.reads import fetch_within
from backend.notifications import AdminNotificationService


class AlertNotFoundError(NotFoundError):
    code = "alert_not_found"
    title = "Alert not found"

    def __init__(self, alert_id: int) -> None:
        super().__init__(f"There is no alert {alert_id}.")


class NewerAlertOpenError(ConflictError):
    code = "newer_alert_open"
    title = "A newer alert of the same kind is open"

    def __init__(self, newer_id: int) -> None:
        super().__init__(f"Alert {newer_id} is open for the same problem; work on that one.")
        self.newer_id = newer_id


class PlatformAlertService:
    """Raises, heals and settles alerts within the caller's transaction; the caller's commit decides."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def create_alert(
        self,
        *,
        alert_type: AlertType | str,
        severity: Severity | str,
        title: str,
        description: str = "",
        affected_stores: Sequence[int] = (),
        affected_systems: Sequence[str] = (),
        dedup_key: str | None = None,
        auto_generated: bool = False,
    ) -> PlatformAlert:
        """Open a new alert, also beside an open one of the same kind: that one then keeps the fingerprint."""
        kind = fingerprint(alert_type, title, dedup_key)
        is_open = await self._session.scalar(
            select(PlatformAlert.id).where(PlatformAlert.fingerprint == kind, PlatformAlert.is_resolved.is_(False))
        )
        own_key = dedup_key if is_open is None else random_token("alone-")
        return await self.create_or_increment_alert(
            alert_type=alert_type,
            severity=severity,
            title=title,
            description=description,
            affected_stores=affected_stores,
            affected_systems=affected_systems,
            dedup_key=own_key,
            auto_generated=auto_generated,
        )

    async def create_or_increment_alert(
        self,
        *,
        alert_type: AlertType | str,
        severity: Severity | str,
        title: str,
        description: str = "",
        affected_stores: Sequence[int] = (),
        affected_systems: Sequence[str] = (),
        dedup_key: str | None = None,
        auto_generated: bool = True,
    ) -> PlatformAlert:
        """Open an alert, or count one more occurrence of the open one: one race-free statement."""
        occurrence = Occurrence(
            alert_type=str(alert_type),
            severity=Severity(severity),
            title=title,
            description=description,
            affected_stores=tuple(affected_stores),
            affected_systems=tuple(affected_systems),
            dedup_key=dedup_key,
            auto_generated=auto_generated,
        )
        (row,) = await ingest_within(self._session, fold([occurrence]), at=self._clock.now())
        self._hint(row.id)
        return await self._session.get_one(PlatformAlert, row.id, populate_existing=True)

    async def get_alert(self, alert_id: int) -> PlatformAlert:
        found = await self._session.get(PlatformAlert, alert_id)
        if found is None:
            raise AlertNotFoundError(alert_id)
        return found

    async def get_alerts(
        self, *, filters: AlertFilters | None = None, limit: int = DEFAULT_LIMIT
    ) -> Sequence[PlatformAlert]:
        """Return those that occurred last, newest first."""
        where, arguments = where_clause(filters or AlertFilters())
        chosen = await fetch_within(self._session)(
            f"select a.id from platform_alerts a where {where} "  # noqa: S608 - fragments of our own, values bound
            f"order by a.last_occurred_at desc, a.id desc limit {int(limit)}",
            *arguments,
        )
        ids = [row["id"] for row in chosen]
        found = await self._session.scalars(select(PlatformAlert).where(PlatformAlert.id.in_(ids)))
        by_id = {alert.id: alert for alert in found}
        return [by_id[alert_id] for alert_id in ids]

    async def get_statistics(self, *, timezone: ZoneInfo) -> AlertStatsOut:
        """Return the figures of the stat strip; "today" is a day of `timezone`."""
        return await statistics(fetch_within(self._session), now=self._clock.now(), timezone=timezone)

    async def resolve_alert(
        self, *, alert_id: int, user_id: int | None, resolution_notes: str | None = None
    ) -> PlatformAlert:
        """Resolve by hand; resolving again keeps the first resolver. Linked notifications are settled."""
        alert = await self._locked(alert_id)
        if alert.is_resolved:
            return alert
        await self._resolve(alert, user_id, resolution_notes, reason=resolution_notes or "The alert was resolved.")
        return alert

    async def acknowledge(self, *, alert_id: int, user_id: int | None) -> PlatformAlert:
        """Say that somebody looks after it; acknowledging again keeps the first one."""
        alert = await self._locked(alert_id)
        if alert.acknowledged_at is None:
            alert.acknowledged_at = alert.updated_at = self._clock.now()
            alert.acknowledged_by_user_id = user_id
            await self._tell(alert_id, TimelineKind.ACKNOWLEDGED, user_id)
        return alert

    async def assign(self, *, alert_id: int, user_id: int | None, by_user_id: int | None) -> PlatformAlert:
        """Give it to somebody, or to nobody; the caller makes sure that the user exists."""
        alert = await self._locked(alert_id)
        if alert.assigned_to_user_id != user_id:
            alert.assigned_to_user_id = user_id
            alert.updated_at = self._clock.now()
            await self._tell(alert_id, TimelineKind.ASSIGNED, by_user_id, {"assigned_to_user_id": user_id})
        return alert

    async def comment(self, *, alert_id: int, user_id: int | None, text: str) -> PlatformAlert:
        alert = await self._locked(alert_id)
        await self._tell(alert_id, TimelineKind.COMMENTED, user_id, {"text": text})
        return alert

    async def reopen(self, *, alert_id: int, user_id: int | None) -> PlatformAlert:
        """Open a resolved alert again; raises NewerAlertOpenError while a newer one has its fingerprint."""
        alert = await self._locked(alert_id)
        if not alert.is_resolved:
            return alert
        newer = await self._session.scalar(
            select(PlatformAlert.id).where(
                PlatformAlert.fingerprint == alert.fingerprint, PlatformAlert.is_resolved.is_(False)
            )
        )
        if newer is not None:
            raise NewerAlertOpenError(newer)
        alert.is_resolved = False
        alert.resolved_at = alert.resolved_by_user_id = alert.resolution_notes = None
        alert.reopened_at = alert.updated_at = self._clock.now()
        await self._tell(alert_id, TimelineKind.REOPENED, user_id)
        return alert

    async def find_open(self, *, alert_type: AlertType | str, dedup_key: str) -> PlatformAlert | None:
        """Return the open alert of a caller's key."""
        found: PlatformAlert | None = await self._session.scalar(
            select(PlatformAlert).where(
                PlatformAlert.fingerprint == fingerprint(alert_type, "", dedup_key), PlatformAlert.is_resolved.is_(False)
            )
        )
        return found

    async def heal(
        self, *, alert_type: AlertType | str, dedup_key: str, store_id: int | None, by: str
    ) -> PlatformAlert | None:
        """Tell that a run succeeded (`by` names it): its store recovers, and with the last store the alert resolves.

        The alert that it healed, None when there was nothing to heal.
        """
        alert = await self._session.scalar(
            select(PlatformAlert)
            .where(
                PlatformAlert.fingerprint == fingerprint(alert_type, "", dedup_key),
                PlatformAlert.is_resolved.is_(False),
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if alert is None or (store_id is not None and not await self._heal_store(alert, store_id, by)):
            return None
        still_open = await self._session.scalar(
            select(func.count())
            .select_from(AlertStore)
            .where(AlertStore.alert_id == alert.id, AlertStore.healed_at.is_(None))
        )
        if not still_open:
            await self._resolve(alert, None, f"Healed by {by}.", reason=f"Healed by {by}.")
        return alert

    async def remove_old(self, *, before: datetime, limit: int) -> int:
        """Retention: delete up to `limit` alerts resolved before, with scope and timeline; how many went."""
        removed = await self._session.execute(
            text(
                """
                delete from platform_alerts where id in (
                    select id from platform_alerts where is_resolved and resolved_at < :before
                    order by resolved_at limit :limit for update skip locked)
                returning id
                """
            ),
            {"before": before, "limit": limit},
        )
        return len(removed.all())

    async def _heal_store(self, alert: PlatformAlert, store_id: int, by: str) -> bool:
        row = await self._session.scalar(
            select(AlertStore).where(
                AlertStore.alert_id == alert.id, AlertStore.store_id == store_id, AlertStore.healed_at.is_(None)
            )
        )
        if row is None:
            return False
        row.healed_at = alert.updated_at = self._clock.now()
        await self._tell(alert.id, TimelineKind.STORE_HEALED, None, {"store_id": store_id, "by": by})
        await AdminNotificationService(self._session, self._clock).settle_for_alert(
            alert_id=alert.id, reason=f"Healed by {by}.", store_ids=[store_id]
        )
        return True

    async def _resolve(self, alert: PlatformAlert, user_id: int | None, notes: str | None, *, reason: str) -> None:
        now = self._clock.now()
        alert.is_resolved = True
        alert.resolved_at = alert.updated_at = now
        alert.resolved_by_user_id = user_id
        alert.resolution_notes = notes
        alert.settled_position_at = alert.last_occurred_at
        await self._tell(alert.id, TimelineKind.RESOLVED, user_id, {"notes": notes} if notes else {})
        await AdminNotificationService(self._session, self._clock).settle_for_alert(alert_id=alert.id, reason=reason)

    async def _locked(self, alert_id: int) -> PlatformAlert:
        alert = await self._session.scalar(
            select(PlatformAlert)
            .where(PlatformAlert.id == alert_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if alert is None:
            raise AlertNotFoundError(alert_id)
        return alert

    async def _tell(
        self, alert_id: int, kind: TimelineKind, user_id: int | None, detail: JsonObject | None = None
    ) -> None:
        await self._session.execute(
            insert(TimelineEntry).values(
                alert_id=alert_id, at=self._clock.now(), kind=kind.value, user_id=user_id, detail=detail or {}
            )
        )
        await self._session.flush()
        self._hint(alert_id)

    def _hint(self, alert_id: int) -> None:
        ring_after_commit(self._session, Hint(event="alert.changed", id=alert_id))
