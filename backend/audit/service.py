"""Who did what, when, from where: written in the transaction of the deed itself, never changed (ASVS 16.2, 16.4)."""

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.audit.models import AuditEntry
from backend.core.fields import JsonObject

_LONGEST_NAME = 300


async def record(
    session: AsyncSession,
    *,
    actor_kind: str,
    actor_id: int | None,
    actor_name: str,
    action: str,
    target: str | None = None,
    outcome: str = "done",
    address: str | None = None,
    request_id: str | None = None,
    detail: JsonObject | None = None,
) -> None:
    """Write one line; it commits or vanishes with the caller's transaction.

    `actor_kind` is user, key, system or anonymous; `outcome` is done, failed or refused.
    """
    values = {
        "actor_kind": actor_kind,
        "actor_id": actor_id,
        "actor_name": actor_name[:_LONGEST_NAME],
        "action": action,
        "target": target,
        "outcome": outcome,
        "address": address,
        "request_id": request_id,
        "detail": detail or {},
    }
    await session.execute(insert(AuditEntry).values(values))
