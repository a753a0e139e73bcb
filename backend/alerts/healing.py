"""Alerts that heal themselves: a success closes its own store, and the last store closes the alert (design 4)."""

from collections.abc import Collection

from sqlalchemy import ARRAY, Select, Text, any_, bindparam, func, select, update

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

    async def hold_keys(self, *, dedup_keys: Collection[str]) -> None:
        """Lock the open alerts of these keys in the order of all others, for who is to raise some and heal some."""
        await self._session.execute(_open_ones(_keys_by_fingerprint(dedup_keys)))

    async def heal_keys(self, *, dedup_keys: Collection[str], by: str) -> dict[str, list[int]]:
        """Tell that what these keys stand for is over, whatever the types and stores of their open alerts.

        The alerts that it healed, by key; keys that have none open are left out.
        """
        keys = _keys_by_fingerprint(dedup_keys)
        alerts = (await self._session.scalars(_open_ones(keys))).all()
        await self._resolve_all(alerts, None, f"Healed by {by}.", reason=f"Healed by {by}.")
        await self._heal_all_stores([alert.id for alert in alerts])
        healed: dict[str, list[int]] = {}
        for alert in alerts:
            healed.setdefault(keys[alert.fingerprint], []).append(alert.id)
        return healed

    async def _heal_all_stores(self, alert_ids: Collection[int]) -> None:
        if alert_ids:
            await self._session.execute(
                update(AlertStore)
                .where(AlertStore.alert_id.in_(alert_ids), AlertStore.healed_at.is_(None))
                .values(healed_at=self._clock.now())
            )

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
        await self._settle_notifications([alert.id], f"Healed by {by}.", store_ids=[store_id])
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


def _keys_by_fingerprint(dedup_keys: Collection[str]) -> dict[str, str]:
    """A key alone does not say of which type its alerts are."""
    return {fingerprint(alert_type, "", key): key for key in dedup_keys for alert_type in AlertType}


def _open_ones(fingerprints: Collection[str]) -> Select[tuple[PlatformAlert]]:
    """For update, in the order in which occurrences lock them. One parameter, however many they are."""
    wanted = bindparam("fingerprints", list(fingerprints), type_=ARRAY(Text))
    return (
        select(PlatformAlert)
        .where(PlatformAlert.fingerprint == any_(wanted), PlatformAlert.is_resolved.is_(False))
        .order_by(PlatformAlert.fingerprint)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
