"""A person's own destinations: the mail of their account, and a chat or push address that they entered."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.settings import Settings
from backend.delivery.destination_address import seal
from backend.delivery.destination_errors import ChannelNotSetUpError
from backend.delivery.destination_repository import DestinationRepository
from backend.delivery.destination_service import ensure_email
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import Channel, DeliveryStatus
from backend.delivery.masking import shown_address
from backend.delivery.models import Destination
from backend.delivery.switching import Off, move, switch_off, switch_on


async def personal_of(session: AsyncSession, user_id: int) -> dict[Channel, Destination]:
    """Those that the person has, by channel."""
    rows = await session.scalars(select(Destination).where(Destination.user_id == user_id))
    return {Channel(row.kind): row for row in rows}


async def lock_personal(session: AsyncSession, user_id: int) -> None:
    """All that the person has, for whoever changes more than one: destinations are locked by id, before deliveries."""
    await session.execute(
        select(Destination.id)
        .where(Destination.user_id == user_id)
        .order_by(Destination.id)
        .with_for_update(key_share=True)
    )


async def set_personal_chat(session: AsyncSession, settings: Settings, user_id: int, url: str | None) -> Destination:
    """Keep an address that was checked (destination_address), or forget the one there is.

    The row stays without an address: what was sent to it stays provable.
    """
    row = await _locked_chat(session, user_id)
    now: datetime = (await session.execute(select(func.tocsin_now()))).scalar_one()
    row.sealed_address = seal(settings, row.id, url) if url is not None else None
    row.shown_address = shown_address(Channel.CHAT, url) if url is not None else ""
    row.updated_at, row.last_error = now, None
    switch_on(row)
    repository = DestinationRepository(session)
    if url is None:
        switch_off(row, Off.NO_ADDRESS, now)
        await repository.end_waiting(row.id, DeliveryStatus.DROPPED, DetailCode.ADDRESS_REMOVED, now)
    else:
        await repository.hurry(row.id)
    await session.flush()
    return row


async def own_channel(session: AsyncSession, user_id: int, channel: Channel) -> Destination:
    """The person's, locked; ChannelNotSetUpError when they entered no address for it."""
    if channel is Channel.EMAIL:
        await ensure_email(session, [user_id])
    row = await _locked(session, user_id, channel)
    if row is None or not has_address(row):
        raise ChannelNotSetUpError(channel)
    return row


async def mail_moved(session: AsyncSession, user_id: int) -> None:
    """The person's account has another e-mail address: what failed at the one before goes there at once."""
    row = await _locked(session, user_id, Channel.EMAIL)
    if row is not None:
        move(row)
        if row.is_enabled:
            await DestinationRepository(session).hurry(row.id)


def has_address(row: Destination) -> bool:
    """Mail goes to the account's own address, which every person has."""
    return row.kind == Channel.EMAIL or row.sealed_address is not None


async def _locked_chat(session: AsyncSession, user_id: int) -> Destination:
    """The person's row for chat; two that set it at once wait for each other here."""
    await session.execute(
        insert(Destination)
        .values(kind=Channel.CHAT.value, user_id=user_id, name="Chat", is_enabled=False, disabled_reason=Off.NO_ADDRESS)
        .on_conflict_do_nothing(index_elements=["user_id", "kind"], index_where=Destination.user_id.is_not(None))
    )
    row = await _locked(session, user_id, Channel.CHAT)
    assert row is not None
    return row


async def _locked(session: AsyncSession, user_id: int, channel: Channel) -> Destination | None:
    found: Destination | None = await session.scalar(
        select(Destination)
        .where(Destination.user_id == user_id, Destination.kind == channel)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return found
