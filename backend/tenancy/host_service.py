from sqlalchemy.ext.asyncio import AsyncSession

from backend.tenancy.domain_name import host_name
from backend.tenancy.domain_owner import Owner, OwnerKind
from backend.tenancy.domain_repository import HostRepository
from backend.tenancy.models import Store
from backend.tenancy.platform_host import PlatformHost
from backend.tenancy.resolution import Resolved, Unresolved, Via, effective_domain, resolve_custom, resolve_store


class HostService:
    """From hosts to stores and back (domain facts 1.4)."""

    def __init__(self, session: AsyncSession, platform: PlatformHost) -> None:
        self._hosts = HostRepository(session)
        self._platform = platform

    async def resolve_host(self, host: str) -> Resolved | Unresolved:
        """The one store that a request's host means, or why there is none. A port is ignored."""
        name = host_name(host)
        if not isinstance(name, str):
            return Unresolved.NOT_A_HOST_NAME
        # First, so that the platform's own hosts can never be taken for somebody's domain.
        if self._platform.owns(name):
            return await self._resolve_own(name)
        return resolve_custom(await self._hosts.store_domain(name), await self._hosts.merchant_domain(name))

    async def _resolve_own(self, name: str) -> Resolved | Unresolved:
        subdomain = self._platform.subdomain_in(name)
        if subdomain is None:
            return Unresolved.PLATFORM_HOST if name == self._platform.name else Unresolved.UNKNOWN_SUBDOMAIN
        store = await self._hosts.store_at(subdomain)
        return resolve_store(store, Via.SUBDOMAIN) if store is not None else Unresolved.UNKNOWN_SUBDOMAIN

    async def effective_domain(self, store: Store) -> str | None:
        """The host that a store is reached by; None when it has no domain and the platform no public URL."""
        own = await self._hosts.own_domains(Owner(OwnerKind.STORE, store.id))
        inherited = await self._hosts.own_domains(Owner(OwnerKind.MERCHANT, store.merchant_id))
        return effective_domain(own, inherited, self._platform.host_of(store.subdomain))
