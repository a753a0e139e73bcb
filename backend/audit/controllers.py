from datetime import datetime
from typing import Literal

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from backend.audit.repository import AuditFilters, list_entries
from backend.audit.schemas import AuditEntryOut
from backend.core.fields import Query
from backend.core.paging import DEFAULT_LIMIT, Page, decode_cursor, page_of
from backend.core.parameters import PageLimit, SearchText, with_zone
from backend.core.roles import Role

ActorKind = Literal["user", "key", "system", "anonymous"]


class AuditController(Controller):
    path = "/api/v1/admin/audit-log"
    tags = ("audit log",)

    @get(
        "",
        operation_id="list_audit_log",
        summary="Who did what, newest first",
        opt={"role": Role.ADMIN},
    )
    async def list_entries(
        self,
        session: NamedDependency[AsyncSession],
        actor_kind: FromQuery[list[ActorKind] | None] = None,
        action: FromQuery[list[Query] | None] = None,
        q: SearchText = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[AuditEntryOut]:
        filters = AuditFilters(
            actor_kind=list(actor_kind or []),
            action=list(action or []),
            q=q,
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
        )
        scope = ["audit_log", filters]
        before_id = decode_cursor(cursor, int, scope=scope)
        entries = await list_entries(session, filters, limit=limit + 1, before_id=before_id)
        items = [msgspec.convert(entry, AuditEntryOut, from_attributes=True) for entry in entries]
        return page_of(items, limit, lambda entry: entry.id, scope=scope)
