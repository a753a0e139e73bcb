from collections.abc import Callable, Collection
from typing import Any, TypeVar

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import ConflictError, FieldError, InvalidInputError, NotFoundError
from backend.tenancy.models import Merchant, Store
from backend.tenancy.repository import TenancyRepository

RowT = TypeVar("RowT", Merchant, Store)

# Unique constraints and the input field that each one speaks of.
_FIELD_OF = {"uq_stores_store_code": "store_code", "uq_stores_subdomain": "subdomain"}


class MerchantNotFoundError(NotFoundError):
    code = "merchant_not_found"
    title = "Merchant not found"


class StoreNotFoundError(NotFoundError):
    code = "store_not_found"
    title = "Store not found"


class TakenError(ConflictError):
    code = "already_taken"
    title = "Already taken"


class TenancyService:
    """Merchants and stores within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

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
        await self._flush_unique()
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
        return await TenancyRepository(self._session).store_names(store_ids) if store_ids else {}

    async def update_merchant(self, merchant_id: int, changes: msgspec.Struct) -> Merchant:
        return await self._update(await self.get_merchant(merchant_id), changes)

    async def update_store(self, store_id: int, changes: msgspec.Struct) -> Store:
        return await self._update(await self.get_store(store_id), changes)

    async def _update(self, row: RowT, changes: msgspec.Struct) -> RowT:
        for name, value in _given(changes).items():
            setattr(row, name, _NORMAL.get(name, _as_it_is)(value))
        row.updated_at = self._clock.now()
        await self._flush_unique()
        return row

    async def _flush_unique(self) -> None:
        try:
            await self._session.flush()
        except IntegrityError as error:
            constraint = getattr(error.orig.__cause__, "constraint_name", None) if error.orig is not None else None
            field = _FIELD_OF.get(constraint or "")
            if field is None:
                raise
            raise TakenError(
                f"Another store has this {field}.", errors=(FieldError(path=field, message="already taken"),)
            ) from error


def _given(changes: msgspec.Struct) -> dict[str, Any]:  # Any: column values
    return {name: value for name in changes.__struct_fields__ if (value := getattr(changes, name)) is not msgspec.UNSET}


def _as_it_is(value: Any) -> Any:  # Any: column values
    return value


_NORMAL: dict[str, Callable[[Any], Any]] = {"store_code": str.upper, "subdomain": str.lower}  # Any: column values
