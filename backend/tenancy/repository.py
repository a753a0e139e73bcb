from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.like import like_pattern
from backend.tenancy.models import Merchant, Store

# A place in a list by name: the name in lower case, then the id.
NamePosition = tuple[str, int]


class TenancyRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def merchants(
        self, *, q: str | None, is_active: bool | None, after: NamePosition | None, limit: int
    ) -> Sequence[Merchant]:
        where: list[ColumnElement[bool]] = []
        if q:
            pattern = like_pattern(q)
            where.append(or_(Merchant.name.ilike(pattern), Merchant.contact_email.ilike(pattern)))
        if is_active is not None:
            where.append(Merchant.is_active.is_(is_active))
        if after is not None:
            where.append(tuple_(func.lower(Merchant.name), Merchant.id) > tuple_(*after))
        found = await self._session.scalars(
            select(Merchant).where(*where).order_by(func.lower(Merchant.name), Merchant.id).limit(limit)
        )
        return found.all()

    async def stores(
        self,
        *,
        q: str | None,
        merchant_ids: Collection[int],
        is_active: bool | None,
        after: NamePosition | None,
        limit: int,
    ) -> Sequence[Store]:
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
            where.append(tuple_(func.lower(Store.name), Store.id) > tuple_(*after))
        found = await self._session.scalars(
            select(Store).where(*where).order_by(func.lower(Store.name), Store.id).limit(limit)
        )
        return found.all()

    async def store_counts(self, merchant_ids: Collection[int]) -> dict[int, int]:
        """How many stores each merchant has, those without any left out."""
        rows = await self._session.execute(
            select(Store.merchant_id, func.count())
            .where(Store.merchant_id.in_(merchant_ids))
            .group_by(Store.merchant_id)
        )
        return {merchant_id: count for merchant_id, count in rows}

    async def merchant_names(self, merchant_ids: Collection[int]) -> dict[int, str]:
        rows = await self._session.execute(select(Merchant.id, Merchant.name).where(Merchant.id.in_(merchant_ids)))
        return {merchant_id: name for merchant_id, name in rows}
