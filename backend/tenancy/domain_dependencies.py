"""What the routes of domains are given."""

from litestar.di import NamedDependency, Provide
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.settings import Settings
from backend.tenancy.domain_service import DomainService
from backend.tenancy.platform_host import PlatformHost


def provide_domains(
    session: NamedDependency[AsyncSession], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> DomainService:
    return DomainService(session, clock, PlatformHost.of(settings.server))


DOMAIN_DEPENDENCIES = {"domains": Provide(provide_domains, sync_to_thread=False)}
