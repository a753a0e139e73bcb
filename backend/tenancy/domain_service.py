from collections.abc import Sequence

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.errors import InvalidInputError
from backend.core.secrets import random_token
from backend.jobs import enqueue
from backend.tenancy.domain_models import Domain
from backend.tenancy.domain_name import NameRefusal, domain_name
from backend.tenancy.domain_owner import Owner, OwnerKind
from backend.tenancy.domain_repository import DomainRepository
from backend.tenancy.domain_schemas import DomainPatch
from backend.tenancy.errors import DomainNotFoundError
from backend.tenancy.platform_host import PlatformHost
from backend.tenancy.service import TenancyService
from backend.tenancy.unique import flush_unique

VERIFY_DOMAIN = "tenancy.verify_domain"


class DomainService:
    """The custom domains of stores and merchants within the caller's transaction."""

    def __init__(self, session: AsyncSession, clock: Clock, platform: PlatformHost) -> None:
        self._session = session
        self._clock = clock
        self._platform = platform
        self._repository = DomainRepository(session)

    async def list(self, owner: Owner, *, after: int, limit: int) -> Sequence[Domain]:
        await self._require(owner)
        return await self._repository.of_owner(owner, after=after, limit=limit)

    async def get(self, owner: Owner, domain_id: int) -> Domain:
        await self._require(owner)
        found = await self._repository.one(owner, domain_id)
        if found is None:
            raise DomainNotFoundError(f"The {owner.kind} {owner.id} has no domain {domain_id}.")
        return found

    async def add(self, owner: Owner, typed: str, *, is_primary: bool | None = None) -> Domain:
        """Add a domain, still unverified; the first one is primary unless told otherwise.

        InvalidInputError for what is no domain or is the platform's own, TakenError for one in use by anybody.
        """
        await self._lock(owner)
        name = self._checked(typed)
        if is_primary is None:
            is_primary = not await self._repository.of_owner(owner, limit=1)
        if is_primary:
            await self._repository.unset_primary(owner)
        now = self._clock.now()
        domain = owner.kind.domains(
            **owner.reference,
            domain=name,
            is_primary=is_primary,
            verification_token=random_token(),
            created_at=now,
            updated_at=now,
        )
        self._session.add(domain)
        await flush_unique(self._session)
        return domain

    async def change(self, owner: Owner, domain_id: int, changes: DomainPatch) -> Domain:
        """Change what is given; a new primary domain takes the place of the old one."""
        await self._lock(owner)
        domain = await self.get(owner, domain_id)
        if changes.is_active is not msgspec.UNSET:
            domain.is_active = changes.is_active
        if changes.is_primary is not msgspec.UNSET and changes.is_primary != domain.is_primary:
            await self._repository.unset_primary(owner)
            domain.is_primary = changes.is_primary
        domain.updated_at = self._clock.now()
        await self._session.flush()
        return domain

    async def remove(self, owner: Owner, domain_id: int) -> Domain:
        """Forget a domain; anybody may add it from now on."""
        domain = await self.get(owner, domain_id)
        await self._session.delete(domain)
        await self._session.flush()
        return domain

    async def request_check(self, owner: Owner, domain_id: int) -> Domain:
        """Have the domain's TXT record looked up now; a failure is told to the admins."""
        domain = await self.get(owner, domain_id)
        await enqueue_check(self._session, owner.kind, domain_id, is_asked=True)
        return domain

    def _checked(self, typed: str) -> str:
        name = domain_name(typed)
        if isinstance(name, NameRefusal):
            raise InvalidInputError.field("domain", name.reason)
        if self._platform.owns(name):
            raise InvalidInputError.field("domain", f"belongs to this platform ({self._platform.name})")
        return name

    async def _require(self, owner: Owner) -> None:
        tenancy = TenancyService(self._session, self._clock)
        await (tenancy.get_store(owner.id) if owner.kind is OwnerKind.STORE else tenancy.get_merchant(owner.id))

    async def _lock(self, owner: Owner) -> None:
        """Two who change one owner's domains take turns: the primary one is one of all of them."""
        await self._require(owner)
        await self._session.get(
            owner.kind.owners, owner.id, with_for_update={"key_share": True}, populate_existing=True
        )


async def enqueue_check(session: AsyncSession, kind: OwnerKind, domain_id: int, *, is_asked: bool) -> None:
    """Queue a look-up; checks of one domain run one after the other, and of unasked ones only one waits.

    An asked one is never left out for one that runs already: what it looks for may have come a moment ago.
    """
    name = f"{VERIFY_DOMAIN}:{kind}:{domain_id}"
    payload = {"owner": kind.value, "domain_id": domain_id, "is_asked": is_asked}
    await enqueue(session, VERIFY_DOMAIN, payload, exclusive_key=name, dedup_key=None if is_asked else name)
