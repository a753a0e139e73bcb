"""Alerts that heal themselves: a success closes its own store, and the last store closes the alert (design 4)."""

from sqlalchemy import Select, func, select

from backend.alerts.changing import Changing
from backend.alerts.fingerprint import fingerprint
from backend.alerts.kinds import AlertType, TimelineKind
from backend.alerts.models import AlertStore, PlatformAlert


class Healing(Changing):
    """The part of the service that successful runs call; see PlatformAlertService."""

    async def find_open(self, *, alert_type: AlertType | str, dedup_key: str) -> PlatformAlert | None:
        """The open alert that has this key, None when there is none."""
        found: PlatformAlert | None = await self._session.scalar(_open(alert_type, dedup_key))
        return found

    async def heal(
        self, *, alert_type: AlertType | str, dedup_key: str, store_id: int | None, by: str
    ) -> PlatformAlert | None:
        """Tell that a run succeeded (`by` names it): its store recovers, and with the last store the alert resolves.

        The alert that it healed, None when there was nothing to heal.
        """
        # The alert's row is locked first, as by every occurrence: none can join or reopen a store in between.
        alert = await self._session.scalar(_open(alert_type, dedup_key).with_for_update())
        if alert is None or (store_id is not None and not await self._heal_store(alert, store_id, by)):
            return None
        if not await self._has_open_stores(alert):
            await self._resolve(alert, None, f"Healed by {by}.", reason=f"Healed by {by}.")
        return alert

    async def _heal_store(self, alert: PlatformAlert, store_id: int, by: str) -> bool:
        row = await self._session.scalar(
            select(AlertStore)
            .where(AlertStore.alert_id == alert.id, AlertStore.store_id == store_id, AlertStore.healed_at.is_(None))
            .execution_options(populate_existing=True)
        )
        if row is None:
            return False
        row.healed_at = alert.updated_at = self._clock.now()
        await self._tell(alert.id, TimelineKind.STORE_HEALED, None, {"store_id": store_id, "by": by})
        await self._settle_notifications(alert.id, f"Healed by {by}.", store_ids=[store_id])
        return True

    async def _has_open_stores(self, alert: PlatformAlert) -> bool:
        count = await self._session.scalar(
            select(func.count())
            .select_from(AlertStore)
            .where(AlertStore.alert_id == alert.id, AlertStore.healed_at.is_(None))
        )
        return bool(count)


def _open(alert_type: AlertType | str, dedup_key: str) -> Select[tuple[PlatformAlert]]:
    return (
        select(PlatformAlert)
        .where(
            PlatformAlert.fingerprint == fingerprint(alert_type, "", dedup_key),
            PlatformAlert.is_resolved.is_(False),
        )
        .execution_options(populate_existing=True)
    )
