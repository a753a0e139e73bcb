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
from backend.tenancy.errors import DomainNotFoundError, MerchantNotFoundError, TakenError

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class MerchantDomainController(Controller):
    path = "/api/v1/admin/merchants/{merchant_id:int}/domains"
    tags = ("merchants",)
    dependencies = DOMAIN_DEPENDENCIES

    @get(
        "/",
        operation_id="list_merchant_domains",
        opt={"role": Role.VIEWER},
        responses=problems(MerchantNotFoundError),
    )
    async def list_merchant_domains(
        self,
        merchant_id: PathId,
        domains: NamedDependency[DomainService],
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[DomainOut]:
        return await domain_page(domains, _owner(merchant_id), limit=limit, cursor=cursor)

    @post(
        "/",
        operation_id="add_merchant_domain",
        opt={"role": Role.ADMIN, "audit": "merchant_domain.add", "idempotent": True},
        responses=problems(MerchantNotFoundError, TakenError),
    )
    async def add_merchant_domain(
        self,
        request: AnyRequest,
        merchant_id: PathId,
        data: JSONBody[DomainIn],
        domains: NamedDependency[DomainService],
    ) -> DomainOut:
        domain = await domains.add(_owner(merchant_id), data.domain, is_primary=data.is_primary)
        request.state.audit_detail = {"domain_id": domain.id, "domain": domain.domain}
        return domain_out(domain)

    @patch(
        "/{domain_id:int}",
        operation_id="update_merchant_domain",
        opt={"role": Role.ADMIN, "audit": "merchant_domain.update"},
        responses=problems(MerchantNotFoundError, DomainNotFoundError),
    )
    async def update_merchant_domain(
        self,
        request: AnyRequest,
        merchant_id: PathId,
        domain_id: PathId,
        data: JSONBody[DomainPatch],
        domains: NamedDependency[DomainService],
    ) -> DomainOut:
        domain = await domains.change(_owner(merchant_id), domain_id, data)
        request.state.audit_detail = {"domain": domain.domain, **msgspec.to_builtins(data)}
        return domain_out(domain)

    @delete(
        "/{domain_id:int}",
        operation_id="remove_merchant_domain",
        opt={"role": Role.ADMIN, "audit": "merchant_domain.remove"},
        responses=problems(MerchantNotFoundError, DomainNotFoundError),
    )
    async def remove_merchant_domain(
        self,
        request: AnyRequest,
        merchant_id: PathId,
        domain_id: PathId,
        domains: NamedDependency[DomainService],
    ) -> None:
        domain = await domains.remove(_owner(merchant_id), domain_id)
        request.state.audit_detail = {"domain": domain.domain}

    @post(
        "/{domain_id:int}/verify",
        operation_id="verify_merchant_domain",
        status_code=202,
        opt={"role": Role.ADMIN, "audit": "merchant_domain.verify", "idempotent": True},
        responses=problems(MerchantNotFoundError, DomainNotFoundError),
    )
    async def verify_merchant_domain(
        self,
        request: AnyRequest,
        merchant_id: PathId,
        domain_id: PathId,
        domains: NamedDependency[DomainService],
    ) -> DomainOut:
        domain = await domains.request_check(_owner(merchant_id), domain_id)
        request.state.audit_detail = {"domain": domain.domain}
        return domain_out(domain)


def _owner(merchant_id: int) -> Owner:
    return Owner(OwnerKind.MERCHANT, merchant_id)
