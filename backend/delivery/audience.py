"""Everybody who may be told, as the planner takes them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Account, everybody
from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.db.reads import fetch_within
from backend.delivery.destination_service import ensure_email
from backend.delivery.kinds import PERSONAL, Channel
from backend.delivery.models import Destination
from backend.delivery.planner import Audience
from backend.delivery.preference_service import PreferenceService
from backend.delivery.preferences import Preferences
from backend.delivery.recipients import PersonalChannel, Recipient, SharedDestination
from backend.notifications import Priority

_NO_MAIL_SERVER = "No mail server is set up (TOCSIN_SMTP_URL)."
_NOT_SET_UP = "The person has set up no chat or push address."


async def load_audience(session: AsyncSession, clock: Clock, settings: Settings) -> Audience:
    """All accounts and destinations, with what they chose, in four reads."""
    people = await everybody(fetch_within(session))
    user_ids = [person.id for person in people]
    await ensure_email(session, user_ids)
    chosen = await PreferenceService(session, clock, settings).of_people(user_ids)
    found = (await session.scalars(select(Destination).where(Destination.deleted_at.is_(None)))).all()
    personal = {(row.user_id, row.kind): row for row in found}
    return Audience(
        people=[_recipient(person, chosen[person.id], _own(person, personal), settings) for person in people],
        shared=[_shared(row) for row in found if row.user_id is None],
    )


def _own(person: Account, personal: dict[tuple[int | None, str], Destination]) -> Iterable[Destination]:
    return [personal[person.id, channel] for channel in PERSONAL if (person.id, channel) in personal]


def _recipient(person: Account, preferences: Preferences, own: Iterable[Destination], settings: Settings) -> Recipient:
    rows = {row.kind: row for row in own}
    return Recipient(
        user_id=person.id,
        role=person.role,
        is_active=person.is_active,
        preferences=preferences,
        channels=tuple(_channel(channel, rows.get(channel), settings) for channel in PERSONAL),
    )


def _channel(channel: Channel, row: Destination | None, settings: Settings) -> PersonalChannel:
    return PersonalChannel(
        channel=channel,
        destination_id=row.id if row else None,
        why_not=_why_not(channel, row, settings),
    )


def _why_not(channel: Channel, row: Destination | None, settings: Settings) -> str | None:
    if channel is Channel.EMAIL and settings.smtp_url is None:
        return _NO_MAIL_SERVER
    if row is None:
        return _NOT_SET_UP
    if not row.is_enabled:
        return f"The person's {channel} is switched off: {row.disabled_reason or 'by hand'}."
    return None


def _shared(row: Destination) -> SharedDestination:
    return SharedDestination(
        destination_id=row.id,
        channel=Channel(row.kind),
        is_enabled=row.is_enabled,
        types=frozenset(row.types),
        min_priority=Priority(row.min_priority),
        store_ids=frozenset(row.store_ids),
    )
