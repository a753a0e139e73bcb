"""A store's credentials: tested before they are kept, sealed at rest, and shown by their last four characters only."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import FieldError, InvalidInputError
from backend.core.settings import Settings
from backend.letzshop.connection import Connection, connection_of, guard_for, open_client, seal_key
from backend.letzshop.errors import LetzshopRefusedError
from backend.letzshop.failure import LetzshopError, Outcome
from backend.letzshop.models import LetzshopCredentials
from backend.letzshop.repository import credentials_of
from backend.letzshop.schedule import schedule_sync
from backend.letzshop.service import LetzshopService
from backend.letzshop.walk_plan import UNCONFIRMED
from backend.tenancy import TenancyService


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an admin enters; without a key the stored one stays."""

    api_key: str | None
    endpoint_url: str
    sync_interval_minutes: int
    auto_sync_enabled: bool
    default_carrier: str | None


class CredentialsService:
    def __init__(self, session: AsyncSession, clock: Clock, settings: Settings) -> None:
        self._session = session
        self._clock = clock
        self._settings = settings

    async def connection(self, store_id: int, wanted: Wanted) -> Connection:
        """What is to be tested; ends the read, so that no transaction waits for Letzshop."""
        await TenancyService(self._session, self._clock).get_store(store_id)
        await guard_for(self._settings, wanted.endpoint_url).check_url(wanted.endpoint_url, field="endpoint_url")
        if wanted.api_key is not None:
            return Connection(wanted.endpoint_url, wanted.api_key)
        present = await credentials_of(self._session, store_id)
        if present is None:
            raise InvalidInputError.field("api_key", "the store has no API key yet")
        if present.endpoint_url != wanted.endpoint_url:
            # Or whoever may set an address could have the stored key sent there.
            raise InvalidInputError.field("api_key", "another address needs its API key again")
        return connection_of(self._settings, present)

    async def save(
        self, store_id: int, wanted: Wanted, *, first_sync_after: timedelta | None = None
    ) -> LetzshopCredentials:
        """Keep credentials that were tested, and sync by their schedule from now on."""
        now = self._clock.now()
        row = await credentials_of(self._session, store_id, for_update=True)
        if row is None:
            row = LetzshopCredentials(store_id=store_id, connected_at=now, created_at=now)
            self._session.add(row)
        elif row.endpoint_url != wanted.endpoint_url:
            row.confirmed_cursor = row.walked_at = None
        if wanted.api_key is not None:
            row.sealed_api_key = seal_key(self._settings, store_id, wanted.api_key)
            row.api_key_last_four = wanted.api_key[-4:]
        row.endpoint_url = wanted.endpoint_url
        row.sync_interval_minutes = wanted.sync_interval_minutes
        row.auto_sync_enabled = wanted.auto_sync_enabled
        row.default_carrier = wanted.default_carrier
        row.updated_at = now
        await self._session.flush()
        await schedule_sync(self._session, self._clock, store_id, first_after=first_sync_after)
        return row

    async def remove(self, store_id: int) -> None:
        """Disconnect the store: its key is gone, and its schedule stops."""
        await self._session.delete(await LetzshopService(self._session, self._clock).connected(store_id))
        await self._session.flush()
        await schedule_sync(self._session, self._clock, store_id)


async def try_connection(settings: Settings, connection: Connection, clock: Clock) -> None:
    """Ask Letzshop for one shipment; LetzshopRefusedError naming the field when it gives no data."""
    try:
        async with open_client(settings, connection, clock) as client:
            await client.shipments(state=UNCONFIRMED, after=None, first=1)
    except LetzshopError as error:
        field = "api_key" if error.outcome is Outcome.CREDENTIALS else "endpoint_url"
        errors = (FieldError(path=field, message=str(error)),)
        raise LetzshopRefusedError(str(error), errors=errors) from error
