from datetime import datetime
from typing import Any, Literal

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Stream
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.catalog import import_reads
from backend.catalog.import_outcome import ImportStatus
from backend.catalog.import_request import StartImportOperation, import_from, receiving, refuse_large_json
from backend.catalog.issues_csv import ListIssuesOperation, issues_csv
from backend.catalog.repository import ImportFilters
from backend.catalog.row_issue import IssueSeverity
from backend.catalog.schemas import ImportOut, Language, RowIssueOut
from backend.catalog.service import (
    ImportFileGoneError,
    ImportFinishedError,
    ImportNotFoundError,
    ImportRunningError,
    ImportService,
)
from backend.core.clock import Clock
from backend.core.fields import Id
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId, with_zone
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.reads import Reads

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class ImportController(Controller):
    path = "/api/v1/admin/imports"
    tags = ("imports",)

    @get("/", operation_id="list_imports", opt={"role": Role.VIEWER})
    async def list_imports(
        self,
        reads: NamedDependency[Reads],
        store_id: FromQuery[list[Id] | None] = None,
        status: FromQuery[list[ImportStatus] | None] = None,
        language: FromQuery[list[Language] | None] = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ImportOut]:
        filters = ImportFilters(
            store_id=tuple(store_id or ()),
            status=tuple(status or ()),
            language=tuple(language or ()),
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
        )
        return await import_reads.import_page(reads, filters, limit=limit, cursor=cursor)

    @post(
        "/",
        operation_id="start_import",
        status_code=202,
        operation_class=StartImportOperation,
        request_max_body_size=None,
        guards=[refuse_large_json],
        opt={
            "role": Role.OPERATOR,
            "ingest": True,
            "audit": "import.start",
            "idempotent": True,
            "receive": receiving,
        },
    )
    async def start_import(
        self,
        request: AnyRequest,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
        principal: NamedDependency[Principal],
    ) -> ImportOut:
        job = await import_from(request, ImportService(session, clock), settings, principal.user_id)
        return await import_reads.one_import(reads, job)

    @get(
        "/{import_id:int}",
        operation_id="get_import",
        opt={"role": Role.VIEWER},
        responses=problems(ImportNotFoundError),
    )
    async def get_import(
        self,
        import_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> ImportOut:
        return await import_reads.one_import(reads, await ImportService(session, clock).get(import_id))

    @get(
        "/{import_id:int}/errors",
        operation_id="list_import_errors",
        opt={"role": Role.VIEWER},
        responses=problems(ImportNotFoundError),
        operation_class=ListIssuesOperation,
        description="JSON pages; as a whole in `text/csv` by the Accept header or `format=csv`.",
    )
    async def list_import_errors(
        self,
        request: AnyRequest,
        import_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        severity: FromQuery[list[IssueSeverity] | None] = None,
        format: FromQuery[Literal["json", "csv"] | None] = None,  # noqa: A002 - the parameter's name is the contract
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Response[Page[RowIssueOut]]:
        await ImportService(session, clock).get(import_id)
        if format == "csv" or (format is None and request.accept.best_match(_MEDIA_TYPES) == _CSV):
            return _download(import_id, reads, severity or [])
        return Response(
            await import_reads.issue_page(reads, import_id, severity or [], limit=limit, cursor=cursor),
            headers={"Vary": "Accept"},
        )

    @post(
        "/{import_id:int}/cancel",
        operation_id="cancel_import",
        status_code=200,
        opt={"role": Role.OPERATOR, "audit": "import.cancel"},
        responses=problems(ImportNotFoundError, ImportFinishedError),
    )
    async def cancel_import(
        self,
        import_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> ImportOut:
        return await import_reads.one_import(reads, await ImportService(session, clock).cancel(import_id))

    @post(
        "/{import_id:int}/retry",
        operation_id="retry_import",
        status_code=202,
        opt={"role": Role.OPERATOR, "audit": "import.retry", "idempotent": True},
        responses=problems(ImportNotFoundError, ImportRunningError, ImportFileGoneError),
    )
    async def retry_import(
        self,
        import_id: PathId,
        session: NamedDependency[AsyncSession],
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
    ) -> ImportOut:
        return await import_reads.one_import(reads, await ImportService(session, clock).retry(import_id))


_CSV = "text/csv"
_MEDIA_TYPES = ["application/json", _CSV]


def _download(import_id: int, reads: Reads, severities: list[IssueSeverity]) -> Response[Any]:  # Any: a stream of text
    return Stream(
        issues_csv(reads, import_id, severities),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="import-{import_id}-errors.csv"', "Vary": "Accept"},
    )
