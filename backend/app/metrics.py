"""Prometheus metrics: requests by route and status, and what an operator watches in the tables."""

from time import perf_counter
from typing import Any

from litestar import Request, Response, get
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from backend.core.fields import JsonObject
from backend.db.database import Database

REGISTRY = CollectorRegistry()
_REQUESTS = Counter("tocsin_http_requests", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
_SECONDS = Histogram("tocsin_http_request_seconds", "Time to answer.", ["method", "route"], registry=REGISTRY)
_JOBS = Gauge("tocsin_jobs", "Unfinished and dead jobs by state.", ["state"], registry=REGISTRY)
_OLDEST_JOB = Gauge("tocsin_oldest_due_job_seconds", "How long the oldest due job has waited.", registry=REGISTRY)
_UNREAD = Gauge("tocsin_unread_notifications", "Unread notifications.", registry=REGISTRY)
_OPEN_ALERTS = Gauge(
    "tocsin_open_alerts", "Alerts that are not resolved, by severity.", ["severity"], registry=REGISTRY
)


def count_requests(app: ASGIApp) -> ASGIApp:
    """Middleware: counts and times each request under its route's template, never its path."""

    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        started = perf_counter()
        status = 500

        async def watching_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, watching_send)
        finally:
            route = str(scope.get("path_template", "unknown"))
            method = str(scope.get("method", ""))
            _REQUESTS.labels(method, route, status).inc()
            _SECONDS.labels(method, route).observe(perf_counter() - started)

    return middleware


@get("/metrics", include_in_schema=False, opt={"public": True})
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:  # Any: Litestar's free parameters
    await _read_tables(request.app.state.database)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


async def _read_tables(database: Database) -> None:
    jobs = {"queued": 0, "running": 0, "dead": 0}
    jobs |= await _counts(database, "select state, count(*) from jobs where state <> 'done' group by state")
    for state, count in jobs.items():
        _JOBS.labels(state).set(count)
    _OLDEST_JOB.set(
        await database.reads.fetchval(
            """
            select coalesce(extract(epoch from tocsin_now() - min(run_at)), 0)::float8
            from jobs where state = 'queued' and run_at <= tocsin_now()
            """
        )
    )
    _UNREAD.set(
        await database.reads.fetchval(
            """
            select count(*) from admin_notifications
            where not is_read and settled_at is null and deleted_at is null
            """
        )
    )
    severities = {"info": 0, "warning": 0, "error": 0, "critical": 0}
    severities |= await _counts(
        database, "select severity, count(*) from platform_alerts where not is_resolved group by severity"
    )
    for severity, count in severities.items():
        _OPEN_ALERTS.labels(severity).set(count)


async def _counts(database: Database, sql: str) -> JsonObject:
    return {row[0]: row[1] for row in await database.reads.fetch(sql)}
