"""Shared destinations within the caller's transaction. Addresses are checked before it (destination_address)."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.settings import Settings
from backend.delivery.destination_address import owner_of, seal
from backend.delivery.destination_errors import DestinationNotFoundError, NoSigningSecretError
from backend.delivery.destination_repository import DestinationRepository
from backend.delivery.destination_schemas import DestinationIn, DestinationPatch
from backend.delivery.detail import DetailCode
from backend.delivery.kinds import CATEGORIES, Channel, DeliveryStatus
from backend.delivery.masking import shown_address
from backend.delivery.models import Destination
from backend.delivery.signing import new_signing_secret
from backend.delivery.switching import Off, move, switch_off, switch_on
from backend.tenancy import TenancyService

__all__ = ["DestinationService", "ensure_email", "owner_of"]

# For how long receivers may still check with the secret before.
PREVIOUS_SECRET_LIVES = timedelta(hours=24)


_ENSURE_EMAIL = text("""
insert into delivery_destinations (kind, user_id, name)
select 'email', person.id, 'E-mail' from unnest(cast(:user_ids as bigint[])) as person (id)
where not exists (select from delivery_destinations own where own.user_id = person.id and own.kind = 'email')
on conflict (user_id, kind) where user_id is not null do nothing
""")


async def ensure_email(session: AsyncSession, user_ids: Sequence[int]) -> None:
    """Give each person a destination for their mail who has none."""
    if user_ids:
        await session.execute(_ENSURE_EMAIL, {"user_ids": list(user_ids)})


class DestinationService:
    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._settings = settings
        self._repository = DestinationRepository(session)

    async def create(self, wanted: DestinationIn, *, created_by: int | None) -> tuple[Destination, str | None]:
        """The destination, and a webhook's secret; InvalidInputError for a type or a store that is unknown."""
        now = self._clock.now()
        row = Destination(
            kind=wanted.kind.value,
            name=wanted.name,
            shown_address=shown_address(wanted.kind, wanted.url),
            types=_known_types(wanted.types),
            min_priority=wanted.min_priority.value,
            store_ids=await self._known_stores(wanted.store_ids),
            language=wanted.language.value,
            created_by_user_id=created_by,
            created_at=now,
            updated_at=now,
        )
        self._session.add(row)
        # Its id is sealed in with its secrets.
        await self._session.flush()
        row.sealed_address = seal(self._settings, row.id, wanted.url)
        secret = new_signing_secret() if wanted.kind is Channel.WEBHOOK else None
        row.sealed_secret = seal(self._settings, row.id, secret) if secret else None
        await self._session.flush()
        return row, secret

    async def page(
        self, *, limit: int, before_id: int | None = None, kinds: Sequence[Channel] = ()
    ) -> Sequence[Destination]:
        return await self._repository.page(limit=limit, before_id=before_id, kinds=kinds)

    async def get(self, destination_id: int, *, for_update: bool = False) -> Destination:
        row = await self._repository.shared(destination_id, for_update=for_update)
        if row is None:
            raise DestinationNotFoundError(destination_id)
        return row

    async def change(self, destination_id: int, wanted: DestinationPatch) -> Destination:
        row = await self.get(destination_id, for_update=True)
        if isinstance(wanted.name, str):
            row.name = wanted.name
        if isinstance(wanted.language, str):
            row.language = wanted.language.value
        if isinstance(wanted.min_priority, str):
            row.min_priority = wanted.min_priority.value
        if isinstance(wanted.types, list):
            row.types = _known_types(wanted.types)
        if isinstance(wanted.store_ids, list):
            row.store_ids = await self._known_stores(wanted.store_ids)
        if isinstance(wanted.url, str):
            self._move(row, wanted.url)
        if wanted.is_enabled is True:
            switch_on(row)
        elif wanted.is_enabled is False:
            switch_off(row, Off.BY_HAND, self._clock.now())
        if isinstance(wanted.url, str) and row.is_enabled:
            # What failed at the address before.
            await self._repository.hurry(row.id)
        return await self._changed(row)

    async def enable(self, destination_id: int) -> Destination:
        """Send to it again at once, whatever it did before: what waits for its next try goes now."""
        row = await self.get(destination_id, for_update=True)
        switch_on(row)
        await self._repository.hurry(row.id)
        return await self._changed(row)

    async def rotate_secret(self, destination_id: int) -> tuple[Destination, str]:
        """Sign with a new secret, and for a day with the one before, too."""
        row = await self.get(destination_id, for_update=True)
        if row.kind != Channel.WEBHOOK:
            raise NoSigningSecretError(row.kind)
        secret = new_signing_secret()
        row.sealed_previous_secret = row.sealed_secret
        row.previous_secret_until = self._clock.now() + PREVIOUS_SECRET_LIVES
        row.sealed_secret = seal(self._settings, row.id, secret)
        return await self._changed(row), secret

    async def delete(self, destination_id: int) -> Destination:
        """Nothing is sent to it any more, and its secrets are gone; what was sent stays provable."""
        row = await self.get(destination_id, for_update=True)
        now = self._clock.now()
        row.deleted_at, row.is_enabled = now, False
        row.sealed_address = row.sealed_secret = row.sealed_previous_secret = None
        await self._repository.end_waiting(row.id, DeliveryStatus.DROPPED, DetailCode.DESTINATION_DELETED, now)
        return await self._changed(row)

    def _move(self, row: Destination, address: str) -> None:
        row.sealed_address = seal(self._settings, row.id, address)
        row.shown_address = shown_address(row.kind, address)
        move(row)

    async def _changed(self, row: Destination) -> Destination:
        row.updated_at = self._clock.now()
        await self._session.flush()
        return row

    async def _known_stores(self, store_ids: Sequence[int]) -> list[int]:
        known = await TenancyService(self._session, self._clock).names_of_stores(store_ids)
        for place, store_id in enumerate(store_ids):
            if store_id not in known:
                raise InvalidInputError.field(f"store_ids.{place}", f"there is no store {store_id}")
        return sorted(known)


def _known_types(types: Sequence[str]) -> list[str]:
    for place, name in enumerate(types):
        if name not in CATEGORIES:
            raise InvalidInputError.field(f"types.{place}", f"unknown; known are {', '.join(CATEGORIES)}")
    return sorted(set(types))
