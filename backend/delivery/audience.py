"""Everybody who may be told, as the planner takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Account, everybody
from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.db.reads import fetch_within
from backend.delivery.destination_service import ensure_email
from backend.delivery.detail import Detail, DetailArgs, DetailCode
from backend.delivery.kinds import PERSONAL, Channel
from backend.delivery.models import Destination
from backend.delivery.planner import Audience
from backend.delivery.preference_service import PreferenceService
from backend.delivery.preferences import Preferences
from backend.delivery.recipients import PersonalChannel, Recipient, SharedDestination
from backend.delivery.switching import Off
from backend.notifications import Priority

# Columns, not objects: every message asks for all of them.
_DESTINATIONS = select(
    Destination.id,
    Destination.kind,
    Destination.user_id,
    Destination.is_enabled,
    Destination.disabled_reason,
    Destination.types,
    Destination.min_priority,
    Destination.store_ids,
).where(Destination.deleted_at.is_(None))

Row = Any  # Any: a row of these columns

# Whatever else is said, somebody did it.
_OFF = {
    Off.BOUNCED: DetailCode.CHANNEL_BOUNCED,
    Off.GONE: DetailCode.CHANNEL_GONE,
    Off.FAILING: DetailCode.CHANNEL_FAILING,
}


async def load_audience(session: AsyncSession, clock: Clock, settings: Settings) -> Audience:
    """All accounts and destinations, with what they chose, in three reads."""
    people = await everybody(fetch_within(session))
    chosen = await PreferenceService(session, clock, settings).of_people([person.id for person in people])
    found = await _destinations(session, people)
    personal = {(row.user_id, row.kind): row for row in found if row.user_id is not None}
    return Audience(
        people=[_recipient(person, chosen[person.id], personal, settings) for person in people],
        shared=[_shared(row, settings) for row in found if row.user_id is None],
    )


async def _destinations(session: AsyncSession, people: Sequence[Account]) -> Sequence[Row]:
    """Shared and personal ones; whoever is new gets one for their mail."""
    found = (await session.execute(_DESTINATIONS)).all()
    with_mail = {row.user_id for row in found if row.kind == Channel.EMAIL}
    without = [person.id for person in people if person.id not in with_mail]
    if not without:
        return found
    await ensure_email(session, without)
    return (await session.execute(_DESTINATIONS)).all()


def _recipient(
    person: Account, preferences: Preferences, personal: Mapping[tuple[int, str], Row], settings: Settings
) -> Recipient:
    return Recipient(
        user_id=person.id,
        role=person.role,
        is_active=person.is_active,
        preferences=preferences,
        channels=tuple(_channel(channel, personal.get((person.id, channel)), settings) for channel in PERSONAL),
    )


def _channel(channel: Channel, row: Row | None, settings: Settings) -> PersonalChannel:
    return PersonalChannel(
        channel=channel,
        destination_id=row.id if row else None,
        why_not=_why_not(channel, row, settings),
    )


def _why_not(channel: Channel, row: Row | None, settings: Settings) -> Detail | None:
    if channel is Channel.EMAIL and settings.smtp_url is None:
        return Detail(DetailCode.NO_MAIL_SERVER)
    if row is None or row.disabled_reason == Off.NO_ADDRESS:
        return Detail(DetailCode.NOT_SET_UP, DetailArgs(channel=channel))
    if not row.is_enabled:
        return Detail(_OFF.get(row.disabled_reason, DetailCode.CHANNEL_OFF), DetailArgs(channel=channel))
    return None


def _shared(row: Row, settings: Settings) -> SharedDestination:
    return SharedDestination(
        destination_id=row.id,
        channel=Channel(row.kind),
        why_not=_why_not_shared(row, settings),
        types=frozenset(row.types),
        min_priority=Priority(row.min_priority),
        store_ids=frozenset(row.store_ids),
    )


def _why_not_shared(row: Row, settings: Settings) -> Detail | None:
    if row.kind == Channel.EMAIL and settings.smtp_url is None:
        return Detail(DetailCode.NO_MAIL_SERVER)
    return None if row.is_enabled else Detail(DetailCode.DESTINATION_OFF)
