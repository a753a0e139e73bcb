"""The list of an owner's domains, in the order in which they were added."""

from typing import NamedTuple

from backend.core.paging import Page, decode_cursor, page_of
from backend.tenancy.domain_owner import Owner
from backend.tenancy.domain_schemas import DomainOut, domain_out
from backend.tenancy.domain_service import DomainService


class _Position(NamedTuple):
    id: int


async def domain_page(service: DomainService, owner: Owner, *, limit: int, cursor: str | None) -> Page[DomainOut]:
    scope = (f"{owner.kind}_domains", owner.id)
    after = decode_cursor(cursor, _Position, scope=scope)
    domains = await service.list(owner, after=after.id if after else 0, limit=limit + 1)
    return page_of([domain_out(domain) for domain in domains], limit, lambda item: _Position(item.id), scope=scope)
