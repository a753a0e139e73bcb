"""Who did what, when, from where: written in the transaction of the deed itself, never changed (ASVS 16.2, 16.4)."""

import getpass
import os

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


async def record_system(session: AsyncSession, action: str, *, target: str | None = None) -> None:
    """Write that somebody with a shell on the server did it."""
    await record(session, actor_kind="system", actor_id=None, actor_name=_account(), action=action, target=target)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # As in a container whose user has no name.
        return f"uid {os.getuid()}"
