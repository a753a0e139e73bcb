"""The request at hand: its id in every log line, and its response while the unit of work is still open."""

from contextvars import ContextVar
from typing import Any

import structlog
from litestar import Response
from litestar.connection import ASGIConnection
from litestar.types import Scope

from backend.core.secrets import random_token

Connection = ASGIConnection[Any, Any, Any, Any]  # Any: Litestar's free parameters, unused here

_current: ContextVar[Connection] = ContextVar("current_request")


def request_id(scope: Scope) -> str:
    """This request's id, made when first asked for."""
    state = scope.setdefault("state", {})
    if "request_id" not in state:
        state["request_id"] = random_token("req_")[:20]
    found: str = state["request_id"]
    return found


def bind_request(connection: Connection) -> None:
    """Name the request in all logs of this task. Called by the guard, the first of our code in a request's task."""
    _current.set(connection)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id(connection.scope), path=logged_path(connection))


def logged_path(connection: Connection) -> str:
    """The address for a log, which a token that is a right by itself must not reach (RFC 8058's unsubscribe link)."""
    path, token = connection.url.path, connection.path_params.get("token")
    return path.replace(str(token), "***") if token else path


async def remember_response(response: Response[Any]) -> Response[Any]:  # Any: whatever a route returns
    """Keep the response for the unit of work, which stores it under the Idempotency-Key before it commits."""
    _current.get().scope["state"]["response"] = response
    return response


def remembered_response(connection: Connection) -> Response[Any] | None:
    found: Response[Any] | None = connection.scope["state"].get("response")
    return found
