from functools import partial
from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import Principal
from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.core.roles import Role
from backend.db.database import Database
from backend.ingest import alertmanager, plain_json
from backend.ingest.alertmanager import AlertmanagerIn
from backend.ingest.schemas import IngestOut
from backend.ingest.service import Applied, IngestService
from backend.ingest.signal import Reading

AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters


class IngestController(Controller):
    """One route a protocol; each adapter reads its own body."""

    path = "/api/v1/ingest"
    tags = ("ingest",)

    @post(
        "/alertmanager",
        operation_id="ingest_alertmanager",
        summary="A group of alerts from Prometheus Alertmanager",
        description="The body of its webhook, version 4. Firing alerts open or count on, resolved ones heal.",
        status_code=200,
        opt={"role": Role.ADMIN, "ingest": True, "audit": "ingest.alertmanager", "idempotent": True},
    )
    async def alertmanager(
        self, data: JSONBody[AlertmanagerIn], request: AnyRequest, session: NamedDependency[AsyncSession]
    ) -> IngestOut:
        return await _apply(alertmanager.read(data), request, session)

    @post(
        "/alerts",
        operation_id="ingest_alerts",
        summary="Alerts in plain JSON: up to 1,000, each validated alone, or one",
        description=(
            "`{alerts: [...]}`, or one alert alone: `{dedup_key, title, state?: firing|resolved, alert_type?, "
            "severity?, description?, store_id? or store_code?, systems?}`. A resolved one needs its `dedup_key` only."
        ),
        status_code=200,
        opt={"role": Role.ADMIN, "ingest": True, "audit": "ingest.alerts", "idempotent": True},
    )
    async def alerts(
        self, data: JSONBody[JsonObject], request: AnyRequest, session: NamedDependency[AsyncSession]
    ) -> IngestOut:
        return await _apply(plain_json.read(data), request, session)


async def _apply(reading: Reading, request: AnyRequest, session: AsyncSession) -> IngestOut:
    """Where nothing else belongs to the transaction, which is so for machines, a deadlock's victim is done again.

    Litestar makes a task of each dependency when a route has several, so what is at hand is taken from the request.
    """
    principal: Principal = request.state.principal
    database: Database = request.app.state.database
    work = partial(_applied, reading, request.app.state.clock)
    if principal.role is Role.INGEST and "idempotency-key" not in request.headers:
        return (await database.retrying(work)).reply
    applied = await work(session)
    request.state.audit_detail = {"alert_ids": applied.alert_ids}
    return applied.reply


async def _applied(reading: Reading, clock: Clock, session: AsyncSession) -> Applied:
    return await IngestService(session, clock).apply(reading)
