"""Whether this process lives, and whether it can serve: only after migration and seed."""

from typing import Any

import asyncpg
import msgspec
from litestar import Request, get

from backend.core.errors import ServiceUnavailableError
from backend.db.database import Database


class Health(msgspec.Struct):
    status: str


@get("/health/live", operation_id="health_live", tags=["health"], opt={"public": True})
async def live() -> Health:
    return Health("live")


@get("/health/ready", operation_id="health_ready", tags=["health"], opt={"public": True})
async def ready(request: Request[Any, Any, Any]) -> Health:  # Any: Litestar's free parameters
    """200 once the database is migrated to this code's revision; the API is started after the seed. 503 until then."""
    if await _revision(request.app.state.database) != request.app.state.head_revision:
        raise ServiceUnavailableError("The database is not migrated to this version yet.")
    return Health("ready")


async def _revision(database: Database) -> str | None:
    try:
        found: str | None = await database.reads.fetchval("select version_num from alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    return found
