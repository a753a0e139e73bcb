"""People's own destinations: one for each channel, however often it is asked for."""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.secrets import SecretBox
from backend.core.settings import Settings
from backend.db.database import Database
from backend.delivery.destination_service import ensure_email, owner_of
from backend.delivery.kinds import Channel
from backend.delivery.models import Delivery, Message
from backend.delivery.personal_channels import personal_of, set_personal_chat
from tests.factories.people import add_user

CHAT = "ntfys://ntfy.example.com/Q7topic"


async def test_each_person_gets_one_for_their_mail(session: AsyncSession) -> None:
    anne, bob = await add_user(session), await add_user(session, name="Bob")
    await ensure_email(session, [])
    await ensure_email(session, [anne.id])
    await ensure_email(session, [anne.id, bob.id])
    found = await session.execute(text("select user_id, kind from delivery_destinations order by user_id"))
    assert [tuple(row) for row in found] == [(anne.id, "email"), (bob.id, "email")]
    assert set(await personal_of(session, anne.id)) == {Channel.EMAIL}


async def test_two_at_once_make_one(database: Database) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)

    async def ensure() -> None:
        async with database.unit_of_work() as session:
            await ensure_email(session, [anne.id])
            await session.execute(text("select pg_sleep(0.05)"))

    await asyncio.gather(ensure(), ensure(), ensure())
    assert len(await database.reads.fetch("select from delivery_destinations")) == 1


async def test_a_persons_chat_is_sealed_and_shown_without_its_secret(session: AsyncSession, settings: Settings) -> None:
    anne = await add_user(session)
    await set_personal_chat(session, settings, anne.id, "tgram://123456789:Q7other/1")
    row = await set_personal_chat(session, settings, anne.id, CHAT)
    assert row.shown_address == "ntfys://ntfy.example.com/…"
    assert row.is_enabled
    assert SecretBox(settings.secret_keys).open(owner_of(row.id), row.sealed_address or "") == CHAT
    assert (await personal_of(session, anne.id))[Channel.CHAT].id == row.id


async def test_a_chat_that_is_forgotten_gets_nothing_more_and_keeps_its_history(
    session: AsyncSession, settings: Settings
) -> None:
    anne = await add_user(session)
    row = await set_personal_chat(session, settings, anne.id, CHAT)
    message = Message(event_key="1", kind="notification", category="x", priority="low", title="T", body="")
    session.add(message)
    await session.flush()
    session.add(Delivery(message_id=message.id, destination_id=row.id, priority_rank=0))
    forgotten = await set_personal_chat(session, settings, anne.id, None)
    assert forgotten.id == row.id
    assert (forgotten.sealed_address, forgotten.shown_address, forgotten.is_enabled) == (None, "", False)
    (delivery,) = (await session.execute(text("select status, reason from deliveries"))).all()
    assert tuple(delivery) == ("dropped", "address_removed")
    again = await set_personal_chat(session, settings, anne.id, CHAT)
    assert (again.id, again.is_enabled, again.disabled_reason) == (row.id, True, None)
