"""What stands open to everybody, and that nothing else can: a route that declares nothing is no route.

Who may what below /api/v1 is test_roles.py's table.
"""

import httpx
import pytest
from litestar import Litestar, get
from litestar.exceptions import ImproperlyConfiguredException

from backend import wiring
from backend.app.factory import create_app
from backend.core.settings import Settings

# Adding a line here is opening something to people who are not signed in.
PUBLIC = {
    "/",
    "/{rest}",
    "/api",
    "/api/{rest}",
    "/api/v1/auth/login",
    "/api/v1/delivery/unsubscribe/{token}",
    "/assets/{file_path}",
    "/docs",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/openapi.json",
}
# Litestar's own pages about the API, which answer 404.
CLOSED = {"/.openapi", "/.openapi/openapi.json", "/.openapi/{path}"}


def test_only_these_routes_are_open_to_everybody(app: Litestar) -> None:
    is_open = {
        route.path_format
        for route in app.routes
        for handler in getattr(route, "route_handlers", [getattr(route, "route_handler", None)])
        if handler is not None and handler.opt.get("public")
    }
    assert is_open == PUBLIC | CLOSED


@pytest.mark.parametrize("path", ["", "/openapi.json", "/redoc", "/swagger", "/elements", "/oauth2-redirect.html"])
async def test_the_frameworks_own_pages_are_closed(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(f"/.openapi{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_route_that_declares_nothing_fails_the_creation_of_the_app(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    @get("/api/v1/admin/forgotten")
    async def forgotten() -> None: ...

    controllers = [*wiring.controllers(), forgotten]
    monkeypatch.setattr(wiring, "controllers", lambda: controllers)
    with pytest.raises(ImproperlyConfiguredException, match="/api/v1/admin/forgotten declares neither"):
        create_app(settings)
