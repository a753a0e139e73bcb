from dataclasses import dataclass
from typing import Literal

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromQuery
from litestar.response import Stream
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import export_feed
from backend.core.clock import Clock
from backend.core.fields import Id
from backend.core.problem import problems
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.tenancy import StoreNotFoundError, TenancyService

MEDIA_TYPE = "text/tab-separated-values"


@dataclass
class ExportOperation(Operation):
    """The answer's media type in the OpenAPI document."""

    def __post_init__(self) -> None:
        answer = (self.responses or {}).get("200")
        if isinstance(answer, OpenAPIResponse):
            answer.content = {MEDIA_TYPE: OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))}


class ExportController(Controller):
    path = "/api/v1/admin/letzshop/export"
    tags = ("letzshop",)

    @get(
        "/",
        operation_id="export_letzshop_feed",
        opt={"role": Role.VIEWER},
        responses=problems(StoreNotFoundError),
        operation_class=ExportOperation,
        description="A store's products in one language, in the format of Letzshop's product feed.",
    )
    async def export(
        self,
        store_id: FromQuery[Id],
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        language: FromQuery[Literal["fr", "de", "en"]] = "en",
    ) -> Stream:
        store = await TenancyService(session, clock).get_store(store_id)
        name = f"{store.store_code}_letzshop_export.csv"
        return Stream(
            export_feed(reads, store_id, language),
            media_type=MEDIA_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
