"""Alerts, valid by default; a test sets only what it is about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from polyfactory import Use
from polyfactory.factories.msgspec_factory import MsgspecFactory
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import PlatformAlert, PlatformAlertService
from backend.alerts.schemas import AlertIn
from tests.support.times import FrozenClock


class AlertInFactory(MsgspecFactory[AlertIn]):
    """What a machine posts."""

    title = Use(lambda: f"Feed {chr(97 + AlertInFactory.__random__.randrange(26)) * 5} is late")
    description = "The supplier's server did not answer."
    affected_stores = Use(list[int])
    affected_systems = Use(list[str])
    dedup_key = None


def alert_json(**fields: Any) -> dict[str, Any]:  # Any: JSON
    """The least that a POST needs; a test adds what it is about."""
    return {"alert_type": "system", "severity": "error", "title": "Disk is full"} | fields


async def raise_alert(
    session: AsyncSession,
    clock: FrozenClock,
    *,
    key: str = "disk",
    severity: str = "error",
    title: str = "Disk is full",
    stores: Sequence[int] = (),
    systems: Sequence[str] = (),
    at: datetime | None = None,
) -> PlatformAlert:
    """Create or increment the alert of this key, at another time when one is given."""
    if at is not None:
        clock.set(at)
    return await PlatformAlertService(session, clock).create_or_increment_alert(
        alert_type="system",
        severity=severity,
        title=title,
        affected_stores=stores,
        affected_systems=systems,
        dedup_key=key,
    )
