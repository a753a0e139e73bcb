from typing import Any

import msgspec
from litestar import Controller, Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.tenancy.domain_dependencies import DOMAIN_DEPENDENCIES
from backend.tenancy.domain_owner import Owner, OwnerKind
from backend.tenancy.domain_page import domain_page
from backend.tenancy.domain_schemas import DomainIn, DomainOut, DomainPatch, domain_out
from backend.tenancy.domain_service import DomainService
from backend.tenancy.errors import DomainNotFoundError, StoreNotFoundError, TakenError

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class StoreDomainController(Controller):
    path = "/api/v1/admin/stores/{store_id:int}/domains"
    tags = ("stores",)
    dependencies = DOMAIN_DEPENDENCIES

    @get(
        "/",
        operation_id="list_store_domains",
        opt={"role": Role.VIEWER},
        responses=problems(StoreNotFoundError),
    )
    async def list_store_domains(
        self,
        store_id: PathId,
        domains: NamedDependency[DomainService],
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[DomainOut]:
        return await domain_page(domains, _owner(store_id), limit=limit, cursor=cursor)

    @post(
        "/",
        operation_id="add_store_domain",
        opt={"role": Role.ADMIN, "audit": "store_domain.add", "idempotent": True},
        responses=problems(StoreNotFoundError, TakenError),
    )
    async def add_store_domain(
        self,
        request: AnyRequest,
        store_id: PathId,
        data: JSONBody[DomainIn],
        domains: NamedDependency[DomainService],
    ) -> DomainOut:
        domain = await domains.add(_owner(store_id), data.domain, is_primary=data.is_primary)
        request.state.audit_detail = {"domain_id": domain.id, "domain": domain.domain}
        return domain_out(domain)

    @patch(
        "/{domain_id:int}",
        operation_id="update_store_domain",
        opt={"role": Role.ADMIN, "audit": "store_domain.update"},
        responses=problems(StoreNotFoundError, DomainNotFoundError),
    )
    async def update_store_domain(
        self,
        request: AnyRequest,
        store_id: PathId,
        domain_id: PathId,
        data: JSONBody[DomainPatch],
        domains: NamedDependency[DomainService],
    ) -> DomainOut:
        domain = await domains.change(_owner(store_id), domain_id, data)
        request.state.audit_detail = {"domain": domain.domain, **msgspec.to_builtins(data)}
        return domain_out(domain)

    @delete(
        "/{domain_id:int}",
        operation_id="remove_store_domain",
        opt={"role": Role.ADMIN, "audit": "store_domain.remove"},
        responses=problems(StoreNotFoundError, DomainNotFoundError),
    )
    async def remove_store_domain(
        self,
        request: AnyRequest,
        store_id: PathId,
        domain_id: PathId,
        domains: NamedDependency[DomainService],
    ) -> None:
        domain = await domains.remove(_owner(store_id), domain_id)
        request.state.audit_detail = {"domain": domain.domain}

    @post(
        "/{domain_id:int}/verify",
        operation_id="verify_store_domain",
        status_code=202,
        opt={"role": Role.ADMIN, "audit": "store_domain.verify", "idempotent": True},
        responses=problems(StoreNotFoundError, DomainNotFoundError),
    )
    async def verify_store_domain(
        self,
        request: AnyRequest,
        store_id: PathId,
        domain_id: PathId,
        domains: NamedDependency[DomainService],
    ) -> DomainOut:
        domain = await domains.request_check(_owner(store_id), domain_id)
        request.state.audit_detail = {"domain": domain.domain}
        return domain_out(domain)


def _owner(store_id: int) -> Owner:
    return Owner(OwnerKind.STORE, store_id)
