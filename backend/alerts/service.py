from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from backend.alerts.filters import AlertFilters, where_clause
from backend.alerts.fingerprint import fingerprint
from backend.alerts.handling import Handling
from backend.alerts.healing import Healing
from backend.alerts.ingest import ingest_within
from backend.alerts.kinds import AlertType, Severity
from backend.alerts.models import PlatformAlert
from backend.alerts.occurrence import Occurrence, fold
from backend.alerts.schemas import AlertStatsOut
from backend.alerts.snoozing import Snoozing
from backend.alerts.statistics import statistics
from backend.core.fields import MOST_TEXT, one_line, storable
from backend.core.paging import DEFAULT_LIMIT
from backend.core.secrets import random_token
from backend.core.settings import DEFAULT_TIMEZONE
from backend.db.reads import fetch_within


class PlatformAlertService(Handling, Healing, Snoozing):
    """Raises, heals and settles alerts within the caller's transaction; the caller's commit decides."""

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
        kind = fingerprint(alert_type, one_line(title), dedup_key)
        is_open = await self._session.scalar(
            select(PlatformAlert.id).where(PlatformAlert.fingerprint == kind, PlatformAlert.is_resolved.is_(False))
        )
        return await self.create_or_increment_alert(
            alert_type=alert_type,
            severity=severity,
            title=title,
            description=description,
            affected_stores=affected_stores,
            affected_systems=affected_systems,
            dedup_key=dedup_key if is_open is None else random_token("alone-"),
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
            title=one_line(title),
            description=storable(description, MOST_TEXT),
            affected_stores=tuple(affected_stores),
            affected_systems=tuple(affected_systems),
            dedup_key=dedup_key,
            auto_generated=auto_generated,
        )
        (row,) = await ingest_within(self._session, fold([occurrence]), at=self._clock.now())
        self._hint(row["id"])
        return await self._session.get_one(PlatformAlert, row["id"], populate_existing=True)

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
        found = await self._session.scalars(
            select(PlatformAlert).where(PlatformAlert.id.in_(ids)).execution_options(populate_existing=True)
        )
        by_id = {alert.id: alert for alert in found}
        return [by_id[alert_id] for alert_id in ids]

    async def get_statistics(self, *, timezone: ZoneInfo = DEFAULT_TIMEZONE) -> AlertStatsOut:
        """Return the figures of the stat strip; "today" is a day of `timezone`."""
        return await statistics(fetch_within(self._session), now=self._clock.now(), timezone=timezone)

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
