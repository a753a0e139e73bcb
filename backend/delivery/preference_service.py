from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import AuthService
from backend.core.clock import Clock
from backend.core.errors import FieldError, InvalidInputError
from backend.core.fields import JsonObject
from backend.core.settings import Settings
from backend.db.reads import Reads
from backend.delivery.asking_again import ask_quiet_again
from backend.delivery.destination_address import check_address
from backend.delivery.kinds import Channel
from backend.delivery.personal_channels import has_address, lock_personal, personal_of, set_personal_chat
from backend.delivery.personal_state import state_of
from backend.delivery.precondition import check_unchanged
from backend.delivery.preference_document import completed, completed_text
from backend.delivery.preference_faults import faults
from backend.delivery.preference_repository import PreferenceRepository
from backend.delivery.preference_schemas import DocumentOut, PersonalChat, PersonalEmail, PreferencesIn, PreferencesOut
from backend.delivery.preferences import Preferences
from backend.delivery.unsubscribing import without_mail
from backend.tenancy import names_of_merchants, names_of_stores

# An input may have hundreds of faults; whoever mends these sees the next ones.
_MOST_FAULTS = 20
_CHAT_FIELD = "chat_url"


class Chosen(NamedTuple):
    """A person's preferences; without `updated_at` they are the defaults."""

    preferences: Preferences
    updated_at: datetime | None


class PreferenceService:
    """What people chose, within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._settings = settings
        self._timezone = settings.timezone.key
        self._people = AuthService(session, clock)
        self._repository = PreferenceRepository(session)

    async def of(self, user_id: int) -> Chosen:
        """One person's; the defaults of who never chose anything."""
        return self._chosen(await self._repository.document_of(user_id))

    async def of_people(self, user_ids: Collection[int]) -> dict[int, Preferences]:
        """Those of all of them, in one query."""
        documents = await self._repository.documents_of(user_ids)
        return {user_id: completed_text(documents.get(user_id, "{}"), self._timezone) for user_id in user_ids}

    async def replace(self, user_id: int, wanted: PreferencesIn, reads: Reads) -> list[str]:
        """Keep a whole document and name the fields that changed; InvalidInputError names each one that is wrong.

        A chat address stays when it is absent; a new one has been checked before (check_chat). ChangedSinceReadError
        when `updated_at` is given and is not that of the former document.
        """
        await self._people.get_user(user_id)
        await _refuse_faults(wanted, reads)
        former, changed_at = await self._locked(user_id)
        check_unchanged(wanted.updated_at, changed_at)
        kept = completed(msgspec.to_builtins(wanted), timezone=self._timezone)
        await self._repository.keep(user_id, msgspec.to_builtins(kept), self._clock.now())
        changed = [field for field in kept.__struct_fields__ if getattr(kept, field) != getattr(former, field)]
        await lock_personal(self._session, user_id)
        if wanted.chat_url is not msgspec.UNSET:
            await set_personal_chat(self._session, self._settings, user_id, wanted.chat_url)
            changed.append(_CHAT_FIELD)
        await ask_quiet_again(self._session, user_id)
        return changed

    async def turn_off_mail(self, user_id: int, category: str) -> str:
        """No mail of this category to the person any more; their name. Raises UserNotFoundError."""
        person = await self._people.get_user(user_id)
        kept = without_mail((await self._locked(user_id)).preferences, category)
        await self._repository.keep(user_id, msgspec.to_builtins(kept), self._clock.now())
        return person.name

    async def _locked(self, user_id: int) -> Chosen:
        """To be changed: whoever else would waits until this transaction ends."""
        return self._chosen(await self._repository.locked(user_id, self._clock.now()))

    def _chosen(self, kept: tuple[JsonObject, datetime] | None) -> Chosen:
        document, updated_at = kept or ({}, None)
        return Chosen(completed(document, timezone=self._timezone), updated_at)

    async def shown(self, user_id: int) -> PreferencesOut:
        """A person's preferences, and what they can be reached by; raises UserNotFoundError."""
        person = await self._people.get_user(user_id)
        chosen = await self.of(user_id)
        own = await personal_of(self._session, user_id)
        email, chat = own.get(Channel.EMAIL), own.get(Channel.CHAT)
        document = msgspec.convert(chosen.preferences, DocumentOut, from_attributes=True)
        return PreferencesOut(
            **msgspec.structs.asdict(document),
            user_id=user_id,
            email=PersonalEmail(
                address=person.email, has_mail_server=self._settings.smtp_url is not None, **state_of(email)
            ),
            chat=PersonalChat(
                is_set=chat is not None and has_address(chat),
                shown_address=chat.shown_address or None if chat else None,
                **state_of(chat),
            ),
            updated_at=chosen.updated_at,
        )


async def check_chat(settings: Settings, wanted: PreferencesIn) -> None:
    """Refuse a chat address that cannot be used. It looks names up: not within a transaction."""
    if not isinstance(wanted.chat_url, str):
        return
    try:
        await check_address(settings, Channel.CHAT, wanted.chat_url)
    except InvalidInputError as error:
        # There it is the `url` of a destination.
        message = error.errors[0].message
        raise type(error)(f"{_CHAT_FIELD}: {message}", errors=(FieldError(_CHAT_FIELD, message),)) from error


async def _refuse_faults(wanted: PreferencesIn, reads: Reads) -> None:
    stores = {override.store_id for override in wanted.overrides if override.store_id is not None}
    merchants = {override.merchant_id for override in wanted.overrides if override.merchant_id is not None}
    found = list(
        faults(
            wanted,
            store_ids=await names_of_stores(reads, stores),
            merchant_ids=await names_of_merchants(reads, merchants),
        )
    )
    if found:
        first = found[0]
        raise InvalidInputError(f"{first.path}: {first.message}", errors=tuple(found[:_MOST_FAULTS]))
