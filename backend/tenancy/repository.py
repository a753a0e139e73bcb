from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.like import like_pattern
from backend.tenancy.models import Merchant, Store


class NamePosition(NamedTuple):
    """A place in a list by name."""

    name: str
    id: int

    @property
    def key(self) -> ColumnElement[Any]:  # Any: a row of two columns
        return tuple_(literal(self.name), literal(self.id))


class TenancyRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def merchants(
        self, *, q: str | None, is_active: bool | None, after: NamePosition | None, limit: int
    ) -> Sequence[tuple[Merchant, str]]:
        """Merchants by name, each with what it is sorted by: the database's lower() is not quite Python's."""
        where: list[ColumnElement[bool]] = []
        if q:
            pattern = like_pattern(q)
            where.append(or_(Merchant.name.ilike(pattern), Merchant.contact_email.ilike(pattern)))
        if is_active is not None:
            where.append(Merchant.is_active.is_(is_active))
        if after is not None:
            where.append(
                tuple_(func.lower(Merchant.name), Merchant.id) > tuple_(literal(after.name), literal(after.id))
            )
        sorted_by = func.lower(Merchant.name)
        found = await self._session.execute(
            select(Merchant, sorted_by).where(*where).order_by(sorted_by, Merchant.id).limit(limit)
        )
        return found.tuples().all()

    async def stores(
        self,
        *,
        q: str | None,
        merchant_ids: Collection[int],
        is_active: bool | None,
        after: NamePosition | None,
        limit: int,
    ) -> Sequence[tuple[Store, str]]:
        """Stores by name, each with what it is sorted by."""
        where: list[ColumnElement[bool]] = []
        if q:
            pattern = like_pattern(q)
            where.append(
                or_(Store.name.ilike(pattern), Store.store_code.ilike(pattern), Store.subdomain.ilike(pattern))
            )
        if merchant_ids:
            where.append(Store.merchant_id.in_(merchant_ids))
        if is_active is not None:
            where.append(Store.is_active.is_(is_active))
        if after is not None:
            where.append(tuple_(func.lower(Store.name), Store.id) > after.key)
        sorted_by = func.lower(Store.name)
        found = await self._session.execute(
            select(Store, sorted_by).where(*where).order_by(sorted_by, Store.id).limit(limit)
        )
        return found.tuples().all()

    async def store_counts(self, merchant_ids: Collection[int]) -> dict[int, int]:
        """How many stores each merchant has, those without any left out."""
        rows = await self._session.execute(
            select(Store.merchant_id, func.count())
            .where(Store.merchant_id.in_(merchant_ids))
            .group_by(Store.merchant_id)
        )
        return dict(rows.tuples().all())

    async def merchant_names(self, merchant_ids: Collection[int]) -> dict[int, str]:
        rows = await self._session.execute(select(Merchant.id, Merchant.name).where(Merchant.id.in_(merchant_ids)))
        return dict(rows.tuples().all())

    async def store_names(self, store_ids: Collection[int]) -> dict[int, str]:
        rows = await self._session.execute(select(Store.id, Store.name).where(Store.id.in_(store_ids)))
        return dict(rows.tuples().all())

    async def store_ids(self, codes: Collection[str]) -> dict[str, int]:
        rows = await self._session.execute(select(Store.store_code, Store.id).where(Store.store_code.in_(codes)))
        return dict(rows.tuples().all())

    async def stores_of(self, merchant_id: int) -> Sequence[Store]:
        return (await self._session.scalars(select(Store).where(Store.merchant_id == merchant_id))).all()

    async def active_store_ids(self, store_ids: Collection[int]) -> set[int]:
        active = (
            select(Store.id)
            .join(Merchant, Merchant.id == Store.merchant_id)
            .where(Store.id.in_(store_ids), Store.is_active, Merchant.is_active)
        )
        return set(await self._session.scalars(active))
