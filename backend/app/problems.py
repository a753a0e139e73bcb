"""Renders every error as problem details; what is unexpected is logged whole and told with its request id only."""

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException, ValidationException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.app.idempotency import ReplayError
from backend.app.request_context import logged_path, request_id
from backend.auth import Principal
from backend.core.errors import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    PayloadTooLargeError,
    ServiceUnavailableError,
    TocsinError,
)
from backend.core.problem import MEDIA_TYPE, problem_of
from backend.core.validation import dotted, field_error
from backend.db.away import is_away
from backend.db.victims import is_victim

log = structlog.get_logger()

AnyRequest = Request[Principal, None, State]
_MOST_CHARACTERS = 500
# Data that PostgreSQL cannot hold, as a number out of range: the caller's input, not our failure.
_DATA_EXCEPTION_CLASS = "22"


class MethodNotAllowedError(TocsinError):
    status = 405
    code = "method_not_allowed"
    title = "Method not allowed"


class HttpError(TocsinError):
    """Whatever else the framework refuses, with its own status."""

    code = "http_error"
    title = "Request refused"

    def __init__(self, detail: str, status: int) -> None:
        super().__init__(detail)
        self.status = status  # type: ignore[misc]  # the class says which statuses are ours; this is the framework's


def render(error: TocsinError) -> Response[bytes]:
    return Response(
        msgspec.json.encode(problem_of(error)),
        status_code=error.status,
        media_type=MEDIA_TYPE,
        headers=error.headers,
    )


def on_tocsin_error(_request: AnyRequest, error: TocsinError) -> Response[bytes]:
    return render(error)


def on_replay(_request: AnyRequest, error: ReplayError) -> Response[bytes]:
    return error.response


def on_http_exception(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    if error.status_code >= TocsinError.status:
        return on_unexpected(request, error)
    response = render(_translated(request, error))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _translated(request: AnyRequest, error: HTTPException) -> TocsinError:
    match error:
        case ValidationException():
            return _invalid_input(error)
        case NotFoundException():
            return NotFoundError(f"There is nothing at {_shown_path(request)}.")
        case MethodNotAllowedException():
            return MethodNotAllowedError(f"{request.method} is not possible here.")
        case _ if error.status_code == PayloadTooLargeError.status:
            return PayloadTooLargeError("The body is larger than this route takes.")
        case _ if error.status_code == InvalidInputError.status:
            return _named(field_error(error.detail))
        case _:
            return HttpError(" ".join(error.detail.split())[:_MOST_CHARACTERS], error.status_code)


def _invalid_input(error: ValidationException) -> InvalidInputError:
    extra = error.extra if isinstance(error.extra, list) else []
    found = [
        field_error(message, within=_path_of(key))
        for item in extra
        if isinstance(item, dict)
        for key, message in [(str(item.get("key") or ""), str(item.get("message")))]
        # Litestar's KeyError about an optional body that was left out, beside what is really wrong.
        if message != repr(key)
    ]
    return _named(*found) if found else _named(field_error(error.detail))


def _path_of(key: str) -> str:
    """Litestar calls the body `data`; its fields are ours by their own names."""
    return "" if key == "data" else dotted(key.removeprefix("data."))


def _named(*errors: FieldError) -> InvalidInputError:
    return InvalidInputError("; ".join(f"{error.path}: {error.message}" for error in errors), errors=errors)


def on_too_deep(_request: AnyRequest, _error: RecursionError) -> Response[bytes]:
    return render(InvalidInputError.field("body", "the JSON is nested too deeply"))


def on_database_error(request: AnyRequest, error: Exception) -> Response[bytes]:
    if is_away(error):
        return on_unavailable(request, error)
    original = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(original, "sqlstate", None) or ""
    # Asyncpg's own complaint of a value that it cannot send is a ValueError.
    if state.startswith(_DATA_EXCEPTION_CLASS) or isinstance(error, ValueError):
        return render(InvalidInputError("A value cannot be stored: out of range or of the wrong form."))
    if is_victim(error):
        return render(ConflictError("Another change came in between; ask again."))
    return on_unexpected(request, error)


def on_unavailable(request: AnyRequest, error: Exception) -> Response[bytes]:
    log.error("database_unavailable", error=str(error), request_id=request_id(request.scope))
    return render(ServiceUnavailableError("The database does not answer right now; try again in a moment."))


def on_unexpected(request: AnyRequest, error: Exception) -> Response[bytes]:
    identity = request_id(request.scope)
    log.error("unexpected_error", exc_info=error, request_id=identity, path=logged_path(request))
    return render(TocsinError(f"Something went wrong on our side. Reference: {identity}"))


def _shown_path(request: AnyRequest) -> str:
    return request.url.path[:_MOST_CHARACTERS]


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    TocsinError: on_tocsin_error,
    ReplayError: on_replay,
    HTTPException: on_http_exception,
    DBAPIError: on_database_error,
    asyncpg.PostgresError: on_database_error,
    asyncpg.InterfaceError: on_database_error,
    asyncpg.InternalClientError: on_database_error,
    PoolTimeoutError: on_database_error,
    OSError: on_database_error,
    RecursionError: on_too_deep,
    Exception: on_unexpected,
}
