from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.patterns import NO_CONTROL
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.tenancy.domain_schemas import HostOut
from backend.tenancy.host_service import HostService
from backend.tenancy.platform_host import PlatformHost
from backend.tenancy.resolution import Resolved

HostParameter = Annotated[str, QueryParameter(min_length=1, max_length=300, pattern=NO_CONTROL)]


class HostController(Controller):
    path = "/api/v1/admin/domains"
    tags = ("stores",)

    @get(
        "/resolve",
        operation_id="resolve_host",
        summary="Which store a host leads to and how, or why it leads to none",
        opt={"role": Role.VIEWER},
    )
    async def resolve_host(
        self,
        host: HostParameter,
        session: NamedDependency[AsyncSession],
        settings: NamedDependency[Settings],
    ) -> HostOut:
        found = await HostService(session, PlatformHost.of(settings.server)).resolve_host(host)
        if isinstance(found, Resolved):
            return HostOut(host=host, store_id=found.store_id, store_name=found.store_name, via=found.via, reason=None)
        return HostOut(host=host, store_id=None, store_name=None, via=None, reason=found)
