"""Notifications, valid by default; a test sets only what it is about."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.notifications import AdminNotification, AdminNotificationService


def notification_json(**fields: Any) -> dict[str, Any]:  # Any: JSON
    """The least that a POST needs; a test adds what it is about."""
    return {"type": "store_issue", "priority": "normal", "title": "Store is slow", "message": "Since noon."} | fields


async def add_notification(session: AsyncSession, clock: Clock, **fields: Any) -> AdminNotification:  # Any: see above
    return await AdminNotificationService(session, clock).create_notification(**notification_json(**fields))


async def add_many(session: AsyncSession, clock: Clock, count: int, **fields: Any) -> list[int]:  # Any: see above
    """Several alike, numbered in their titles; their ids in the order of creation."""
    return [
        (await add_notification(session, clock, **{"title": f"Notice {number}"} | fields)).id for number in range(count)
    ]
