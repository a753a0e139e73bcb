"""A store's credentials: tested before they are kept, sealed at rest, and shown by their last four characters only."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import FieldError, InvalidInputError
from backend.core.settings import Settings
from backend.letzshop.announcing import leave_alerts, leave_shared_alerts
from backend.letzshop.connection import Connection, connection_of, open_client, seal_key
from backend.letzshop.errors import KeyUnreadableError, LetzshopRefusedError
from backend.letzshop.failure import LetzshopError, Outcome
from backend.letzshop.models import LetzshopCredentials
from backend.letzshop.repository import credentials_of
from backend.letzshop.schedule import schedule_sync
from backend.letzshop.service import LetzshopService
from backend.letzshop.walk_plan import UNCONFIRMED
from backend.tenancy import TenancyService

_USUAL_LENGTH = 8


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
        """What is to be tested, at an address that was checked already."""
        await TenancyService(self._session, self._clock).get_store(store_id)
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
            row = LetzshopCredentials(store_id=store_id, connected_at=now, silence_counts_from=now, created_at=now)
            self._session.add(row)
        else:
            await self._change(row, wanted)
        if wanted.api_key is not None:
            row.sealed_api_key = seal_key(self._settings, store_id, wanted.api_key)
            row.api_key_last_four = shown_end(wanted.api_key)
        row.endpoint_url = wanted.endpoint_url
        row.sync_interval_minutes = wanted.sync_interval_minutes
        row.auto_sync_enabled = wanted.auto_sync_enabled
        row.default_carrier = wanted.default_carrier
        row.updated_at = now
        await self._session.flush()
        await schedule_sync(self._session, self._clock, store_id, first_after=first_sync_after)
        return row

    async def remove(self, store_id: int) -> None:
        """Disconnect the store: its key is gone, its schedule stops, and it is out of all alerts of Letzshop."""
        row = await LetzshopService(self._session, self._clock).connected(store_id, for_update=True)
        await leave_alerts(self._session, self._clock, row, by="the store's disconnection from Letzshop")
        await self._session.delete(row)
        await self._session.flush()
        await schedule_sync(self._session, self._clock, store_id)

    async def _change(self, row: LetzshopCredentials, wanted: Wanted) -> None:
        """What was known of the shop and its syncs counts no longer, as far as the change goes."""
        if row.endpoint_url != wanted.endpoint_url or self._is_other_key(row, wanted.api_key):
            # Another shop, perhaps: its lists are others.
            row.confirmed_cursor = row.walked_at = None
            row.lost_shipments = []
        if row.endpoint_url != wanted.endpoint_url:
            await leave_shared_alerts(self._session, self._clock, row, by="the store's move to another address")
        elif row.auto_sync_enabled and not wanted.auto_sync_enabled:
            await leave_shared_alerts(self._session, self._clock, row, by="the end of the store's automatic syncs")
        has_begun = wanted.auto_sync_enabled and not row.auto_sync_enabled
        if has_begun or row.sync_interval_minutes != wanted.sync_interval_minutes:
            row.silence_counts_from, row.silent_since = self._clock.now(), None

    def _is_other_key(self, row: LetzshopCredentials, api_key: str | None) -> bool:
        if api_key is None:
            return False
        try:
            return connection_of(self._settings, row).api_key != api_key
        except KeyUnreadableError:
            return True


def shown_end(api_key: str) -> str:
    """What is shown of a key: its last four characters; of one with less than eight, which no real one has, a third."""
    return api_key[-4:] if len(api_key) >= _USUAL_LENGTH else api_key[-(len(api_key) // 3) :]


async def try_connection(settings: Settings, connection: Connection, clock: Clock) -> None:
    """Ask Letzshop for one shipment; LetzshopRefusedError naming the field when it gives no data."""
    try:
        async with open_client(settings, connection, clock) as client:
            await client.shipments(state=UNCONFIRMED, after=None, first=1)
    except LetzshopError as error:
        field = "api_key" if error.outcome is Outcome.CREDENTIALS else "endpoint_url"
        errors = (FieldError(path=field, message=str(error)),)
        raise LetzshopRefusedError(str(error), errors=errors) from error
