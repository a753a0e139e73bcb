"""Whether this process lives, and whether it can serve: only after migration and seed."""

from typing import Any

import msgspec
from litestar import Request, Response, get

from backend.db.database import Database


class Health(msgspec.Struct):
    status: str


@get("/health/live", operation_id="health_live", tags=["health"], opt={"public": True})
async def live() -> Health:
    return Health("live")


@get("/health/ready", operation_id="health_ready", tags=["health"], opt={"public": True})
async def ready(request: Request[Any, Any, Any]) -> Response[Health]:  # Any: Litestar's free parameters
    """200 once the database is migrated to this code's revision and seeded; 503 until then."""
    database: Database = request.app.state.database
    revision = await database.reads.fetchval("select version_num from alembic_version")
    is_ready = revision == request.app.state.head_revision
    return Response(Health("ready" if is_ready else "migrating"), status_code=200 if is_ready else 503)
