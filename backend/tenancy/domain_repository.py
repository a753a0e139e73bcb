from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.tenancy.domain_models import Domain, MerchantDomain, StoreDomain
from backend.tenancy.domain_owner import Owner, OwnerKind
from backend.tenancy.models import Merchant, Store
from backend.tenancy.resolution import FoundDomain, FoundStore, OwnDomain


class DomainRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_owner(self, owner: Owner, *, after: int = 0, limit: int | None = None) -> Sequence[Domain]:
        """In the order in which they were added."""
        model = owner.kind.domains
        found = await self._session.scalars(
            select(model).where(owner.kind.owner_column == owner.id, model.id > after).order_by(model.id).limit(limit)
        )
        return found.all()

    async def one(self, owner: Owner, domain_id: int) -> Domain | None:
        model = owner.kind.domains
        statement = select(model).where(owner.kind.owner_column == owner.id, model.id == domain_id)
        return (await self._session.scalars(statement)).one_or_none()

    async def locked(self, kind: OwnerKind, domain_id: int) -> Domain | None:
        return await self._session.get(
            kind.domains, domain_id, with_for_update={"key_share": True}, populate_existing=True
        )

    async def unset_primary(self, owner: Owner) -> None:
        model = owner.kind.domains
        await self._session.execute(
            update(model).where(owner.kind.owner_column == owner.id, model.is_primary).values(is_primary=False)
        )

    async def to_recheck(self) -> Sequence[Domain]:
        """The domains of both kinds that are in use: active ones of whoever is active."""
        of_stores = (
            select(StoreDomain)
            .join(Store, Store.id == StoreDomain.store_id)
            .join(Merchant, Merchant.id == Store.merchant_id)
            .where(StoreDomain.is_active, Store.is_active, Merchant.is_active)
        )
        of_merchants = (
            select(MerchantDomain)
            .join(Merchant, Merchant.id == MerchantDomain.merchant_id)
            .where(MerchantDomain.is_active, Merchant.is_active)
        )
        return [*await self._session.scalars(of_stores), *await self._session.scalars(of_merchants)]


class HostRepository:
    """What resolution decides over."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store_domain(self, name: str) -> FoundDomain | None:
        statement = (
            select(StoreDomain, Store, Merchant.is_active)
            .join(Store, Store.id == StoreDomain.store_id)
            .join(Merchant, Merchant.id == Store.merchant_id)
            .where(StoreDomain.domain == name)
        )
        row = (await self._session.execute(statement)).tuples().one_or_none()
        if row is None:
            return None
        domain, store, is_merchant_active = row
        found = FoundStore(store.id, store.name, store.is_active, is_merchant_active)
        return FoundDomain(domain.is_active, domain.is_verified, is_merchant_active, [found])

    async def merchant_domain(self, name: str) -> FoundDomain | None:
        statement = (
            select(MerchantDomain, Merchant.is_active)
            .join(Merchant, Merchant.id == MerchantDomain.merchant_id)
            .where(MerchantDomain.domain == name)
        )
        row = (await self._session.execute(statement)).tuples().one_or_none()
        if row is None:
            return None
        domain, is_merchant_active = row
        stores = await self._session.scalars(select(Store).where(Store.merchant_id == domain.merchant_id))
        found = [FoundStore(store.id, store.name, store.is_active, is_merchant_active) for store in stores]
        return FoundDomain(domain.is_active, domain.is_verified, is_merchant_active, found)

    async def store_at(self, subdomain: str) -> FoundStore | None:
        statement = (
            select(Store, Merchant.is_active)
            .join(Merchant, Merchant.id == Store.merchant_id)
            .where(Store.subdomain == subdomain)
        )
        row = (await self._session.execute(statement)).tuples().one_or_none()
        if row is None:
            return None
        store, is_merchant_active = row
        return FoundStore(store.id, store.name, store.is_active, is_merchant_active)

    async def own_domains(self, owner: Owner) -> list[OwnDomain]:
        domains = await DomainRepository(self._session).of_owner(owner)
        return [OwnDomain(domain.domain, domain.is_primary, domain.is_active, domain.is_verified) for domain in domains]
