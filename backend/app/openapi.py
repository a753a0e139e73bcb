"""The OpenAPI document: Litestar's, plus the errors that every route shares and the payloads of the event stream."""

from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.enums import MediaType
from litestar.handlers import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.router import Router

from backend import __version__
from backend.app.access import RouteAccess
from backend.app.openapi_tidy import tidy
from backend.app.reference import reference_page
from backend.app.request_context import Connection
from backend.core.errors import NotFoundError
from backend.core.page_nonce import csp_nonce
from backend.core.problem import MEDIA_TYPE

_STATE_KEY = "openapi_document"
_PROBLEM = "#/components/schemas/Problem"
_ALERT_IN = "#/components/schemas/AlertIn"
_EVERY_ROUTE = {"400": "Invalid input", "500": "Internal error", "503": "The database is away"}
_SIGNED_IN = {"401": "Sign-in required", "403": "Not allowed"}
_WRITES = {
    "403": "Not allowed, or a cross-site request",
    "409": "Another change came in between, or the present state refuses it",
    "413": "Body too large",
}
_IDEMPOTENT = {"409": "The same call is still running", "422": "Idempotency-Key was used with another body"}


def _is_not_here(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Litestar insists on pages of its own, whose assets come from elsewhere; ours are the routes below."""
    raise NotFoundError(f"There is nothing at {connection.url.path}.")


OPENAPI_CONFIG = OpenAPIConfig(
    title="Tocsin",
    version=__version__,
    description="Admin notifications and platform alerts. Errors are RFC 9457 problem details; lists page by cursor.",
    render_plugins=[JsonRenderPlugin()],
    openapi_router=Router(
        path="/.openapi", route_handlers=[], guards=[_is_not_here], opt={"public": True}, include_in_schema=False
    ),
    components=Components(
        security_schemes={
            "session": SecurityScheme(type="apiKey", name="tocsin", security_scheme_in="cookie"),
            "key": SecurityScheme(type="http", scheme="bearer", bearer_format="tcs_..."),
        }
    ),
)


def openapi_document(app: Litestar) -> dict[str, Any]:  # Any: an OpenAPI document is JSON
    """The document as JSON values; the same for every host and day, so that it can be committed."""
    document = tidy(app.openapi_schema.to_schema())
    # The items are read one by one, so that a bad one does not spoil the others; each is meant to be an AlertIn.
    document["components"]["schemas"]["AlertBatchIn"]["properties"]["alerts"]["items"] = {"$ref": _ALERT_IN}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            operation = _operation(document, getattr(handler, "operation_id", None))
            if operation is not None:
                _add_shared_errors(operation, RouteAccess.of(handler), handler.http_methods, handler.opt)
    return document


def _operation(document: dict[str, Any], operation_id: object) -> dict[str, Any] | None:
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and operation.get("operationId") == operation_id:
                return operation
    return None


def _add_shared_errors(operation: dict[str, Any], access: RouteAccess, methods: set[str], opt: dict[str, Any]) -> None:
    shared = dict(_EVERY_ROUTE)
    if not access.is_public:
        shared |= _SIGNED_IN
        operation["security"] = [{"session": []}, {"key": []}]
    if methods & {"POST", "PUT", "PATCH", "DELETE"}:
        shared |= _WRITES
    if opt.get("idempotent"):
        shared |= _IDEMPOTENT
        operation.setdefault("parameters", []).append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "minLength": 1, "maxLength": 255},
            }
        )
    elif "idempotent" in opt:
        shared["400"] = "Invalid input; an Idempotency-Key too, as the reply holds a secret and is not kept"
    responses = operation["responses"]
    for status, description in shared.items():
        # Litestar documents 400 in its own shape; ours is the one that is sent.
        if status == "400" or status not in responses:
            responses[status] = {
                "description": description,
                "content": {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}}},
            }


def _kept_document(app: Litestar) -> dict[str, Any]:  # Any: an OpenAPI document is JSON
    if _STATE_KEY not in app.state:
        app.state[_STATE_KEY] = openapi_document(app)
    document: dict[str, Any] = app.state[_STATE_KEY]
    return document


@get("/openapi.json", include_in_schema=False, opt={"public": True})
async def serve_openapi(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:  # Any: free parameters, JSON
    return Response(_kept_document(request.app), media_type="application/json")


@get("/docs", include_in_schema=False, opt={"public": True})
async def serve_reference(request: Request[Any, Any, Any]) -> Response[str]:  # Any: Litestar's free parameters
    page = reference_page(_kept_document(request.app), csp_nonce(request.scope))
    return Response(page, media_type=MediaType.HTML, headers={"Cache-Control": "no-store"})
