from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Controller, Request, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody

from backend.core.errors import NotFoundError
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId
from backend.core.problem import problems
from backend.core.roles import Role
from backend.tenancy.domain_dependencies import DOMAIN_DEPENDENCIES
from backend.tenancy.domain_owner import Owner, OwnerKind
from backend.tenancy.domain_page import domain_page
from backend.tenancy.domain_schemas import DomainIn, DomainOut, DomainPatch, domain_out
from backend.tenancy.domain_service import DomainService
from backend.tenancy.errors import DomainNotFoundError, MerchantNotFoundError, StoreNotFoundError, TakenError

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


def domain_controller(
    kind: OwnerKind, owner_in_path: Callable[[PathId], Owner], owner_missing: type[NotFoundError]
) -> type[Controller]:
    """The routes of the domains of stores, or those of merchants: nothing but the names differs."""
    title = kind.capitalize()
    unknown_domain = problems(owner_missing, DomainNotFoundError)

    def changing(what: str, **more: bool) -> dict[str, object]:
        return {"role": Role.ADMIN, "audit": f"{kind}_domain.{what}", **more}

    class DomainController(Controller):
        path = f"/api/v1/admin/{kind}s/{{{kind}_id:int}}/domains"
        tags = (f"{kind}s",)
        dependencies = {**DOMAIN_DEPENDENCIES, "owner": Provide(owner_in_path, sync_to_thread=False)}

        @get(
            "/",
            operation_id=f"list_{kind}_domains",
            summary=f"List{title}Domains",
            opt={"role": Role.VIEWER},
            responses=problems(owner_missing),
        )
        async def list_domains(
            self,
            owner: NamedDependency[Owner],
            domains: NamedDependency[DomainService],
            limit: PageLimit = DEFAULT_LIMIT,
            cursor: FromQuery[str | None] = None,
        ) -> Page[DomainOut]:
            return await domain_page(domains, owner, limit=limit, cursor=cursor)

        @post(
            "/",
            operation_id=f"add_{kind}_domain",
            summary=f"Add{title}Domain",
            opt=changing("add", idempotent=True),
            responses=problems(owner_missing, TakenError),
        )
        async def add_domain(
            self,
            request: AnyRequest,
            owner: NamedDependency[Owner],
            data: JSONBody[DomainIn],
            domains: NamedDependency[DomainService],
        ) -> DomainOut:
            domain = await domains.add(owner, data.domain, is_primary=data.is_primary)
            request.state.audit_detail = {"domain_id": domain.id, "domain": domain.domain}
            return domain_out(domain)

        @patch(
            "/{domain_id:int}",
            operation_id=f"update_{kind}_domain",
            summary=f"Update{title}Domain",
            opt=changing("update"),
            responses=unknown_domain,
        )
        async def update_domain(
            self,
            request: AnyRequest,
            owner: NamedDependency[Owner],
            domain_id: PathId,
            data: JSONBody[DomainPatch],
            domains: NamedDependency[DomainService],
        ) -> DomainOut:
            domain = await domains.change(owner, domain_id, data)
            request.state.audit_detail = {"domain": domain.domain, **msgspec.to_builtins(data)}
            return domain_out(domain)

        @delete(
            "/{domain_id:int}",
            operation_id=f"remove_{kind}_domain",
            summary=f"Remove{title}Domain",
            opt=changing("remove"),
            responses=unknown_domain,
        )
        async def remove_domain(
            self,
            request: AnyRequest,
            owner: NamedDependency[Owner],
            domain_id: PathId,
            domains: NamedDependency[DomainService],
        ) -> None:
            domain = await domains.remove(owner, domain_id)
            request.state.audit_detail = {"domain": domain.domain}

        @post(
            "/{domain_id:int}/verify",
            operation_id=f"verify_{kind}_domain",
            summary=f"Verify{title}Domain",
            status_code=202,
            opt=changing("verify", idempotent=True),
            responses=unknown_domain,
        )
        async def verify_domain(
            self,
            request: AnyRequest,
            owner: NamedDependency[Owner],
            domain_id: PathId,
            domains: NamedDependency[DomainService],
        ) -> DomainOut:
            domain = await domains.request_check(owner, domain_id)
            request.state.audit_detail = {"domain": domain.domain}
            return domain_out(domain)

    return DomainController


def _store(store_id: PathId) -> Owner:
    return Owner(OwnerKind.STORE, store_id)


def _merchant(merchant_id: PathId) -> Owner:
    return Owner(OwnerKind.MERCHANT, merchant_id)


StoreDomainController = domain_controller(OwnerKind.STORE, _store, StoreNotFoundError)
MerchantDomainController = domain_controller(OwnerKind.MERCHANT, _merchant, MerchantNotFoundError)
