from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import reads as hot
from backend.alerts.batch import validated
from backend.alerts.filters import AlertFilters
from backend.alerts.ingest import ingest_now, ingest_within
from backend.alerts.kinds import AlertType, Severity
from backend.alerts.occurrence import Folded, fold
from backend.alerts.schemas import (
    AlertBatchIn,
    AlertBatchOut,
    AlertDetailOut,
    AlertIn,
    AlertOut,
    AlertStatsOut,
)
from backend.alerts.service import AlertNotFoundError
from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.conditional import NOT_MODIFIED, conditional
from backend.core.fields import Id, Line, Query
from backend.core.paging import DEFAULT_LIMIT, Limit, Page
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.doorbells import Hint, ring_after_commit
from backend.db.reads import Reads

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters
INCREMENTED = {200: ResponseSpec(AlertOut, generate_examples=False, description="An open alert was incremented")}


class AlertController(Controller):
    path = "/api/v1/admin/notifications/alerts"
    tags = ["alerts"]

    @get("/", operation_id="list_alerts", opt={"role": Role.VIEWER})
    async def list_alerts(
        self,
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        severity: FromQuery[list[Severity] | None] = None,
        alert_type: FromQuery[list[AlertType] | None] = None,
        is_resolved: FromQuery[bool | None] = None,
        acknowledged: FromQuery[bool | None] = None,
        store_id: FromQuery[list[Id] | None] = None,
        system: FromQuery[list[Line] | None] = None,
        q: FromQuery[Query | None] = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: FromQuery[Limit] = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Page[AlertOut]:
        filters = AlertFilters(
            severity=tuple(severity or ()),
            alert_type=tuple(alert_type or ()),
            is_resolved=is_resolved,
            acknowledged=acknowledged,
            store_id=tuple(store_id or ()),
            system=tuple(system or ()),
            q=q,
            since=since,
            until=until,
        )
        return await hot.list_page(reads, filters, now=clock.now(), limit=limit, cursor=cursor)

    @post(
        "/",
        operation_id="raise_alert",
        status_code=201,
        opt={"role": Role.ADMIN, "ingest": True, "audit": "alert.raise", "idempotent": True},
        responses=INCREMENTED,
    )
    async def raise_alert(
        self,
        data: AlertIn,
        request: AnyRequest,
        principal: NamedDependency[Principal],
        database: NamedDependency[Database],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> Response[AlertOut]:
        folded = fold([data.occurrence(auto_generated=principal.kind == "key")])
        row = await self._ingest(folded, request, principal, database, session, clock)
        alert = await hot.out_of_ingested(database.reads, row)
        return Response(alert, status_code=201 if row["is_new"] else 200)

    async def _ingest(
        self,
        folded: Sequence[Folded],
        request: AnyRequest,
        principal: Principal,
        database: Database,
        session: AsyncSession,
        clock: Clock,
    ) -> Mapping[str, Any]:  # Any: a database row
        """Ingest in one round trip where nothing else belongs to the transaction, which is what machines do all day."""
        if principal.role is Role.INGEST and "idempotency-key" not in request.headers:
            (row,) = await ingest_now(database.reads, folded, at=clock.now())
            await database.ring(Hint("alert.changed", row["id"]))
            return row
        (row,) = await ingest_within(session, folded, at=clock.now())
        ring_after_commit(session, Hint("alert.changed", row.id))
        found: Mapping[str, Any] = row._mapping  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
        return found

    @post(
        "/batch",
        operation_id="raise_alerts",
        status_code=200,
        opt={"role": Role.ADMIN, "ingest": True, "audit": "alert.raise_batch", "idempotent": True},
    )
    async def raise_alerts(
        self,
        data: AlertBatchIn,
        request: AnyRequest,
        principal: NamedDependency[Principal],
        database: NamedDependency[Database],
        session: NamedDependency[AsyncSession],
        clock: NamedDependency[Clock],
    ) -> AlertBatchOut:
        batch = validated(data.alerts, auto_generated=principal.kind == "key")
        folded = fold(batch.valid)
        if principal.role is Role.INGEST and "idempotency-key" not in request.headers:
            rows = await ingest_now(database.reads, folded, at=clock.now()) if folded else []
            await database.ring(Hint("alert.changed"))
            created = sum(row["is_new"] for row in rows)
        else:
            found = await ingest_within(session, folded, at=clock.now()) if folded else []
            ring_after_commit(session, Hint("alert.changed"))
            created = sum(row.is_new for row in found)
        return AlertBatchOut(created_count=created, incremented_count=len(batch.valid) - created, failed=batch.failed)

    @get("/stats", operation_id="alert_stats", opt={"role": Role.VIEWER}, responses=NOT_MODIFIED)
    async def stats(
        self,
        request: AnyRequest,
        reads: NamedDependency[Reads],
        clock: NamedDependency[Clock],
        settings: NamedDependency[Settings],
    ) -> Response[AlertStatsOut]:
        return conditional(request, await hot.stats(reads, now=clock.now(), timezone=settings.timezone))

    @get(
        "/{alert_id:int}",
        operation_id="get_alert",
        opt={"role": Role.VIEWER},
        responses=problems(AlertNotFoundError) | NOT_MODIFIED,
    )
    async def get_alert(
        self, alert_id: FromPath[Id], request: AnyRequest, reads: NamedDependency[Reads]
    ) -> Response[AlertDetailOut]:
        return conditional(request, await hot.detail(reads, alert_id))
