from collections.abc import Callable, Collection
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.tenancy.activation import announce, stop_schedules
from backend.tenancy.errors import MerchantNotFoundError, StoreNotFoundError
from backend.tenancy.models import Merchant, Store
from backend.tenancy.repository import TenancyRepository
from backend.tenancy.schemas import MerchantPatch, StorePatch
from backend.tenancy.unique import flush_unique

RowT = TypeVar("RowT", Merchant, Store)


class Updated(NamedTuple, Generic[RowT]):
    row: RowT
    stopped_schedules: list[str]


class TenancyService:
    """Merchants and stores within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._repository = TenancyRepository(session)

    async def create_merchant(self, *, name: str, contact_email: str, **details: object) -> Merchant:
        now = self._clock.now()
        merchant = Merchant(name=name, contact_email=contact_email, created_at=now, updated_at=now, **details)
        self._session.add(merchant)
        await self._session.flush()
        return merchant

    async def create_store(
        self, *, merchant_id: int, name: str, store_code: str, subdomain: str, **details: object
    ) -> Store:
        """Create a store; InvalidInputError for an unknown merchant, TakenError for a code or subdomain in use."""
        if await self._session.get(Merchant, merchant_id) is None:
            raise InvalidInputError.field("merchant_id", f"there is no merchant {merchant_id}")
        now = self._clock.now()
        store = Store(
            merchant_id=merchant_id,
            name=name,
            store_code=store_code.upper(),
            subdomain=subdomain.lower(),
            created_at=now,
            updated_at=now,
            **details,
        )
        self._session.add(store)
        await flush_unique(self._session)
        return store

    async def get_merchant(self, merchant_id: int) -> Merchant:
        found = await self._session.get(Merchant, merchant_id)
        if found is None:
            raise MerchantNotFoundError(f"There is no merchant {merchant_id}.")
        return found

    async def get_store(self, store_id: int) -> Store:
        found = await self._session.get(Store, store_id)
        if found is None:
            raise StoreNotFoundError(f"There is no store {store_id}.")
        return found

    async def names_of_stores(self, store_ids: Collection[int]) -> dict[int, str]:
        """In one query within the transaction; unknown ids are left out."""
        return await self._repository.store_names(store_ids) if store_ids else {}

    async def names_of_merchants(self, merchant_ids: Collection[int]) -> dict[int, str]:
        """In one query within the transaction; unknown ids are left out."""
        return await self._repository.merchant_names(merchant_ids) if merchant_ids else {}

    async def is_active(self, store_id: int) -> bool:
        """Whether a store counts as active: it and its merchant both are; one that is unknown does not."""
        return bool(await self.active_store_ids([store_id]))

    async def active_store_ids(self, store_ids: Collection[int]) -> set[int]:
        """Those of them that count as active, in one query."""
        return await self._repository.active_store_ids(store_ids) if store_ids else set()

    async def store_ids_of_codes(self, codes: Collection[str]) -> dict[str, int]:
        """By code as it is spelled here, in one query; unknown ones are left out."""
        if not codes:
            return {}
        found = await self._repository.store_ids({code.upper() for code in codes})
        return {code: found[code.upper()] for code in codes if code.upper() in found}

    async def update_merchant(self, merchant_id: int, changes: MerchantPatch) -> Updated[Merchant]:
        """Change what is given; switching it off stops the schedules of all its stores."""
        merchant = await self.get_merchant(merchant_id)
        if changes.is_active is msgspec.UNSET:
            return Updated(await self._change(merchant, changes), [])
        # Locked, so that a change of one of its stores at the same time sees what became of this one.
        await self._session.refresh(merchant, with_for_update={"key_share": True})
        was_active = merchant.is_active
        await self._change(merchant, changes)
        stores = await self._repository.stores_of(merchant_id)
        if merchant.is_active != was_active:
            switched_on = [store.id for store in stores if store.is_active]
            await announce(self._session, switched_on, is_active=merchant.is_active)
        stopped = [] if merchant.is_active else await stop_schedules(self._session, [store.id for store in stores])
        return Updated(merchant, stopped)

    async def update_store(self, store_id: int, changes: StorePatch) -> Updated[Store]:
        """Change what is given; switching it off stops its schedules."""
        store = await self.get_store(store_id)
        if changes.is_active is msgspec.UNSET:
            return Updated(await self._change(store, changes), [])
        merchant = await self.get_merchant(store.merchant_id)
        await self._session.refresh(merchant, with_for_update={"read": True})
        await self._session.refresh(store, with_for_update={"key_share": True})
        was_active = store.is_active
        await self._change(store, changes)
        if store.is_active != was_active and merchant.is_active:
            await announce(self._session, [store_id], is_active=store.is_active)
        return Updated(store, [] if store.is_active else await stop_schedules(self._session, [store_id]))

    async def _change(self, row: RowT, changes: msgspec.Struct) -> RowT:
        for name, value in _given(changes).items():
            setattr(row, name, _NORMAL.get(name, _as_it_is)(value))
        row.updated_at = self._clock.now()
        await flush_unique(self._session)
        return row


def _given(changes: msgspec.Struct) -> dict[str, Any]:  # Any: column values
    return {name: value for name in changes.__struct_fields__ if (value := getattr(changes, name)) is not msgspec.UNSET}


def _as_it_is(value: Any) -> Any:  # Any: column values
    return value


_NORMAL: dict[str, Callable[[Any], Any]] = {"store_code": str.upper, "subdomain": str.lower}  # Any: column values
