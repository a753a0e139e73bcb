from collections.abc import Sequence
from datetime import datetime
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.alerts import reads as hot
from backend.alerts.batch import validated
from backend.alerts.errors import AlertNotFoundError
from backend.alerts.events import AlertChanged
from backend.alerts.filters import AlertFilters
from backend.alerts.ingest import ingest_now, ingest_within
from backend.alerts.kinds import AlertType, Severity
from backend.alerts.listing import list_page
from backend.alerts.occurrence import Occurrence, fold
from backend.alerts.schemas import (
    AlertBatchIn,
    AlertBatchOut,
    AlertDetailOut,
    AlertIn,
    AlertOut,
    AlertStatsOut,
)
from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.conditional import NOT_MODIFIED, conditional
from backend.core.fields import Id, Line
from backend.core.paging import DEFAULT_LIMIT, Page
from backend.core.parameters import PageLimit, PathId, SearchText, with_zone
from backend.core.problem import problems
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.doorbells import Hint, ring_after_commit
from backend.db.reads import Reads
from backend.jobs import subscribers

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters
INCREMENTED = {200: ResponseSpec(AlertOut, generate_examples=False, description="An open alert was incremented")}


class AlertController(Controller):
    """Raising and reading; what people do with an alert stands in AlertHandlingController."""

    path = "/api/v1/admin/notifications/alerts"
    tags = ("alerts",)

    @get(
        "/",
        operation_id="list_alerts",
        summary="All alerts, newest occurrence first",
        opt={"role": Role.VIEWER},
        responses=NOT_MODIFIED,
    )
    async def list_alerts(
        self,
        request: AnyRequest,
        reads: NamedDependency[Reads],
        severity: FromQuery[list[Severity] | None] = None,
        alert_type: FromQuery[list[AlertType] | None] = None,
        is_resolved: FromQuery[bool | None] = None,
        acknowledged: FromQuery[bool | None] = None,
        snoozed: FromQuery[bool | None] = None,
        store_id: FromQuery[list[Id] | None] = None,
        system: FromQuery[list[Line] | None] = None,
        q: SearchText = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
        limit: PageLimit = DEFAULT_LIMIT,
        cursor: FromQuery[str | None] = None,
    ) -> Response[Page[AlertOut]]:
        filters = AlertFilters(
            severity=tuple(severity or ()),
            alert_type=tuple(alert_type or ()),
            is_resolved=is_resolved,
            acknowledged=acknowledged,
            snoozed=snoozed,
            store_id=tuple(store_id or ()),
            system=tuple(system or ()),
            q=q,
            since=with_zone(since, "since"),
            until=with_zone(until, "until"),
        )
        return conditional(request, await list_page(reads, filters, limit=limit, cursor=cursor))

    @post(
        "/",
        operation_id="raise_alert",
        summary="Open an alert, or count one more occurrence of the open one",
        status_code=201,
        opt={"role": Role.ADMIN, "ingest": True, "audit": "alert.raise", "idempotent": True},
        responses=INCREMENTED,
    )
    async def raise_alert(
        self,
        data: JSONBody[AlertIn],
        request: AnyRequest,
        session: NamedDependency[AsyncSession],
    ) -> Response[AlertOut]:
        occurrence = data.occurrence(auto_generated=_is_machine(request))
        (row,) = await _ingest([occurrence], request, session)
        request.state.audit_detail = {"alert_id": row["id"]}
        (alert,) = await hot.with_people(request.app.state.database.reads, [row])
        return Response(alert, status_code=201 if row["is_new"] else 200)

    @post(
        "/batch",
        operation_id="raise_alerts",
        summary="Up to 1,000 occurrences, each validated alone",
        status_code=200,
        opt={"role": Role.ADMIN, "ingest": True, "audit": "alert.raise_batch", "idempotent": True},
    )
    async def raise_alerts(
        self,
        data: JSONBody[AlertBatchIn],
        request: AnyRequest,
        session: NamedDependency[AsyncSession],
    ) -> AlertBatchOut:
        batch = validated(data.alerts, auto_generated=_is_machine(request))
        rows = await _ingest(batch.valid, request, session)
        created = sum(row["is_new"] for row in rows)
        request.state.audit_detail = {"alert_ids": sorted(row["id"] for row in rows)}
        return AlertBatchOut(created_count=created, incremented_count=len(batch.valid) - created, failed=batch.failed)

    @get(
        "/stats",
        operation_id="alert_stats",
        summary="The figures of the stat strip",
        opt={"role": Role.VIEWER},
        responses=NOT_MODIFIED,
    )
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
        summary="One alert with its timeline and stores",
        opt={"role": Role.VIEWER},
        responses=problems(AlertNotFoundError) | NOT_MODIFIED,
    )
    async def get_alert(
        self, alert_id: PathId, request: AnyRequest, reads: NamedDependency[Reads]
    ) -> Response[AlertDetailOut]:
        return conditional(request, await hot.detail(reads, alert_id))


def _is_machine(request: AnyRequest) -> bool:
    principal: Principal = request.state.principal
    return principal.kind == "key"


async def _ingest(
    occurrences: Sequence[Occurrence], request: AnyRequest, session: AsyncSession
) -> Sequence[Any]:  # Any: database rows, by column name
    """Ingest in one round trip where nothing else belongs to the transaction, which is what machines do all day.

    Litestar makes a task of each dependency when a route has several, so what is at hand is taken from the request.
    """
    principal: Principal = request.state.principal
    database: Database = request.app.state.database
    clock: Clock = request.app.state.clock
    folded = fold(occurrences)
    if not folded:
        return []
    if principal.role is Role.INGEST and "idempotency-key" not in request.headers:
        listeners = subscribers(session, AlertChanged)
        rows: Sequence[Any] = await ingest_now(database.reads, folded, at=clock.now(), listeners=listeners)
        await database.ring(_hint(rows))
        return rows
    rows = await ingest_within(session, folded, at=clock.now())
    ring_after_commit(session, _hint(rows))
    return rows


def _hint(rows: Sequence[Any]) -> Hint:
    return Hint("alert.changed", rows[0]["id"] if len(rows) == 1 else None)
