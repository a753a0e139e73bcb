import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromQuery
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Scope, Send
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.catalog import FeedPiece, export_feed
from backend.core.clock import Clock
from backend.core.fields import Id
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.database import Database
from backend.letzshop.export_run import Export, begin_export
from backend.tenancy import StoreNotFoundError, TenancyService

MEDIA_TYPE = "text/tab-separated-values"


@dataclass
class ExportOperation(Operation):
    """The answer's media type in the OpenAPI document."""

    def __post_init__(self) -> None:
        answer = (self.responses or {}).get("200")
        if isinstance(answer, OpenAPIResponse):
            answer.content = {MEDIA_TYPE: OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))}


class ExportStream(ASGIStreamingResponse):
    """Sends the feed as a file, and concludes the export however that ends."""

    __slots__ = ("_export",)

    def __init__(self, export: Export, feed: AsyncIterator[FeedPiece], file_name: str) -> None:
        super().__init__(
            iterator=export.sent(feed),
            media_type=MEDIA_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
        )
        self._export = export

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # A server that stops cancels this task.
            await asyncio.shield(self._export.conclude())


class ExportController(Controller):
    path = "/api/v1/admin/letzshop/export"
    tags = ("letzshop",)

    @get(
        "/",
        operation_id="export_letzshop_feed",
        opt={"role": Role.VIEWER, "audit": "letzshop.export"},
        responses=problems(StoreNotFoundError),
        operation_class=ExportOperation,
        description="A store's products in one language, in the format of Letzshop's product feed. "
        "Each download is a run of kind `export`.",
    )
    async def export(
        self,
        store_id: FromQuery[Id],
        session: NamedDependency[AsyncSession],
        database: NamedDependency[Database],
        clock: NamedDependency[Clock],
        principal: NamedDependency[Principal],
        request: Request[Principal, None, State],
        language: FromQuery[Literal["fr", "de", "en"]] = "en",
    ) -> ExportStream:
        store = await TenancyService(session, clock).get_store(store_id)
        run = await begin_export(session, clock, store_id=store_id, language=language, user_id=principal.user_id)
        request.state.audit_detail = {"run_id": run.id, "store_id": store_id, "language": language}
        return ExportStream(
            Export(database, clock, run.id),
            export_feed(database.reads, store_id, language),
            f"{store.store_code}_letzshop_export_{language}.csv",
        )
