"""The API's composition root: one Litestar application from one Settings."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from alembic.script import ScriptDirectory
from litestar import Litestar
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers import HTTPRouteHandler

from backend import wiring
from backend.app import health, metrics, openapi, spa
from backend.app.access import RouteAccess, guard
from backend.app.dependencies import DEPENDENCIES
from backend.app.headers import add_security_headers
from backend.app.problems import EXCEPTION_HANDLERS
from backend.app.query_parameters import learn_query_parameters, refuse_unknown_query_parameters
from backend.app.request_context import remember_response
from backend.core.clock import Clock, SystemClock
from backend.core.settings import Settings, SettingsError
from backend.db.database import open_database
from backend.db.migrate import alembic_config
from backend.jobs import KINDS, SUBSCRIPTIONS
from backend.jobs.dispatch import RedisBell, open_redis
from backend.realtime import EventController, Hub

BODY_LIMIT = 1 << 20  # bytes; uploads set their own


def create_app(settings: Settings, *, clock: Clock | None = None) -> Litestar:
    """The whole API. Raises SettingsError without database or Redis address: `tocsin up` provides them."""
    app = Litestar(
        route_handlers=[
            *wiring.controllers(),
            EventController,
            openapi.serve_openapi,
            openapi.serve_reference,
            health.live,
            health.ready,
            metrics.metrics,
            spa.unknown_api_path,
            spa.assets_router(),
            spa.serve_page,
        ],
        lifespan=[_lifespan(settings, clock or SystemClock())],
        guards=[guard],
        dependencies=DEPENDENCIES,
        exception_handlers=EXCEPTION_HANDLERS,
        before_request=refuse_unknown_query_parameters,
        after_request=remember_response,
        before_send=[add_security_headers],
        middleware=[metrics.count_requests],
        request_max_body_size=BODY_LIMIT,
        openapi_config=openapi.OPENAPI_CONFIG,
        logging_config=None,
    )
    app.state.settings = settings
    _refuse_undeclared_routes(app)
    learn_query_parameters(app)
    return app


def _lifespan(settings: Settings, clock: Clock) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    database_url, redis_url = settings.stores.database_url, settings.stores.redis_url
    if database_url is None or redis_url is None:
        raise SettingsError("TOCSIN_DATABASE_URL and TOCSIN_REDIS_URL are needed here; `tocsin up` brings its own.")

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        redis = open_redis(redis_url)
        bell = RedisBell(redis)
        kinds = {kind.name: kind for kind in wiring.job_kinds()}
        info = {SUBSCRIPTIONS: wiring.subscriptions(), KINDS: kinds}
        async with open_database(database_url, bell=bell, info=info) as database:
            app.state.database = database
            app.state.redis = redis
            app.state.clock = clock
            app.state.head_revision = ScriptDirectory.from_config(alembic_config(database_url)).get_current_head()
            app.state.hub = Hub(redis_url, database.reads, streams_per_admin=settings.server.streams_per_admin)
            async with app.state.hub.running():
                yield
            await bell.close()
            await redis.aclose()

    return lifespan


def _refuse_undeclared_routes(app: Litestar) -> None:
    """Deny by default, told at start: a route without a role or the word public is a mistake."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            access = RouteAccess.of(handler)
            if isinstance(handler, HTTPRouteHandler) and handler.http_methods == {"OPTIONS"}:
                continue
            if not access.is_public and access.role is None:
                raise ImproperlyConfiguredException(f"{route.path} declares neither a role nor that it is public")
