"""The built SPA: its page with a nonce for each response, its hashed assets, and no page for unknown /api paths."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import Request, Response, get, route
from litestar.enums import MediaType
from litestar.params import FromPath
from litestar.router import Router
from litestar.static_files import create_static_files_router

from backend.core.errors import NotFoundError
from backend.core.page_nonce import csp_nonce

NONCE_PLACEHOLDER = "__CSP_NONCE__"
AnyRequest = Request[Any, Any, Any]  # Any: Litestar's free parameters

_NOT_BUILT = "<!doctype html><title>Tocsin</title><p>The pages are not built yet. Run <code>./just install</code>."


def spa_folder() -> Path:
    return Path(__file__).resolve().parents[2] / "dist"


@lru_cache
def _read(file: Path, _changed_ns: int) -> str:
    return file.read_text("utf-8")


def _index() -> str:
    """The page as built last: a build may come, or come again, while the API runs."""
    file = spa_folder() / "index.html"
    try:
        return _read(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return _NOT_BUILT


def html(content: str) -> Response[str]:
    return Response(content, media_type=MediaType.HTML, headers={"Cache-Control": "no-store"})


@get(["/", "/{rest:path}"], include_in_schema=False, opt={"public": True})
async def serve_page(request: AnyRequest) -> Response[str]:
    """Every address that is not a file or the API is the SPA's; its router decides."""
    if Path(request.url.path).suffix:
        raise NotFoundError(f"There is nothing at {request.url.path}.")
    return html(_index().replace(NONCE_PLACEHOLDER, csp_nonce(request.scope)))


@route(
    ["/api", "/api/{rest:path}"],
    http_method=["GET", "POST", "PUT", "PATCH", "DELETE"],
    include_in_schema=False,
    opt={"public": True},
)
async def unknown_api_path(request: AnyRequest, rest: FromPath[str | None] = None) -> None:
    del rest
    raise NotFoundError(f"There is nothing at {request.url.path}.")


def assets_router() -> Router:
    """Files whose names change with their content: kept by browsers for a year."""
    folder = spa_folder() / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    return create_static_files_router(
        path="/assets",
        directories=[folder],
        opt={"public": True},
        include_in_schema=False,
        cache_control=None,
        after_request=_cache_for_a_year,
    )


async def _cache_for_a_year(response: Any) -> Any:  # Any: Litestar's response classes differ for files
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
