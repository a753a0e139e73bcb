from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.audit.models import AuditEntry


class AuditFilters(msgspec.Struct, frozen=True):
    """None and empty: everything. `q` looks into names, actions and targets."""

    actor_kind: list[str]
    action: list[str]
    q: str | None
    since: datetime | None
    until: datetime | None


async def list_entries(
    session: AsyncSession, filters: AuditFilters, *, limit: int, before_id: int | None
) -> Sequence[AuditEntry]:
    """Newest first, those older than `before_id` when it is given."""
    statement = select(AuditEntry).where(*_conditions(filters)).order_by(AuditEntry.id.desc()).limit(limit)
    if before_id is not None:
        statement = statement.where(AuditEntry.id < before_id)
    return (await session.scalars(statement)).all()


def _conditions(filters: AuditFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.actor_kind:
        found.append(AuditEntry.actor_kind.in_(filters.actor_kind))
    if filters.action:
        found.append(AuditEntry.action.in_(filters.action))
    if filters.q:
        looked_at = (AuditEntry.actor_name, AuditEntry.action, AuditEntry.target)
        found.append(or_(*(column.icontains(filters.q, autoescape=True) for column in looked_at)))
    if filters.since is not None:
        found.append(AuditEntry.at >= filters.since)
    if filters.until is not None:
        found.append(AuditEntry.at < filters.until)
    return found
