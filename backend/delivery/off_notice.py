"""Telling the team, and by it the person, that a destination has switched itself off."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import AuthService
from backend.core.clock import Clock
from backend.core.fields import MOST_LINE, storable
from backend.delivery.models import Destination
from backend.notifications import AdminNotificationService, NotificationType, Priority

_CHANNELS = {"email": "E-mail", "chat": "Chat", "webhook": "Webhook"}


async def tell_switched_off(
    session: AsyncSession, clock: Clock, destination: Destination, *, reason: str, why: str, buried: int
) -> None:
    """In the bell, and to each by the channels that work; a person's own names them and leads to their preferences."""
    owner = await _owner(session, clock, destination)
    name = f"of {owner}" if owner is not None else destination.name
    await AdminNotificationService(session, clock).create_notification(
        type=NotificationType.DELIVERY_FAILURE,
        priority=Priority.HIGH,
        title=storable(f"{_CHANNELS[destination.kind]} {name} was switched off", MOST_LINE),
        message=f"{why} {_dead_letters(buried)} {_mend(owner)}",
        action_required=True,
        action_url=_where(destination),
        notification_metadata={
            "destination_id": destination.id,
            "channel": destination.kind,
            "user_id": destination.user_id,
            "reason": reason,
        },
    )


async def _owner(session: AsyncSession, clock: Clock, destination: Destination) -> str | None:
    if destination.user_id is None:
        return None
    return (await AuthService(session, clock).get_user(destination.user_id)).name


def _where(destination: Destination) -> str:
    """Others' preferences are for admins, and one's own are one's own by the same address."""
    if destination.user_id is not None:
        return f"/preferences?user={destination.user_id}"
    return f"/delivery/destinations/{destination.id}"


def _dead_letters(buried: int) -> str:
    if not buried:
        return "Nothing else waited for it."
    return f"{buried} {'delivery' if buried == 1 else 'deliveries'} that waited for it became dead letters."


def _mend(owner: str | None) -> str:
    if owner is None:
        return "Switch it on again once it works."
    return f"Once it works, {owner} or an admin switches it on again in the preferences."
