"""Renders every error as problem details; what is unexpected is logged whole and told with its request id only."""

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException, ValidationException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.app.idempotency import ReplayError
from backend.app.request_context import request_id
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
from backend.core.problem import MEDIA_TYPE, Problem, problem_of
from backend.db.database import is_retriable

log = structlog.get_logger()

AnyRequest = Request[Principal, None, State]
_PAYLOAD_TOO_LARGE = 413
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
        # The class says which statuses are ours; this one is the framework's.
        self.status = status  # type: ignore[misc]


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
    return render(_translated(request, error))


def _translated(request: AnyRequest, error: HTTPException) -> TocsinError:
    match error:
        case ValidationException():
            return _invalid_input(error)
        case NotFoundException():
            return NotFoundError(f"There is nothing at {request.url.path}.")
        case MethodNotAllowedException():
            return MethodNotAllowedError(f"{request.method} is not possible here.")
        case _ if error.status_code == _PAYLOAD_TOO_LARGE:
            return PayloadTooLargeError("The body is larger than this route takes.")
        case _ if error.status_code == InvalidInputError.status:
            return InvalidInputError(_one_line(error.detail), errors=(_unreadable(error.detail),))
        case _:
            return HttpError(_one_line(error.detail), error.status_code)


def _invalid_input(error: ValidationException) -> InvalidInputError:
    extra = error.extra if isinstance(error.extra, list) else []
    errors = tuple(
        FieldError(path=str(item.get("key") or "body"), message=str(item.get("message")))
        for item in extra
        if isinstance(item, dict)
    )
    detail = "; ".join(f"{item.path}: {item.message}" for item in errors) or _one_line(error.detail)
    return InvalidInputError(detail, errors=errors)


def _unreadable(detail: str) -> FieldError:
    return FieldError(path="body", message=_one_line(detail))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:500]


def on_database_error(request: AnyRequest, error: DBAPIError | asyncpg.PostgresError) -> Response[bytes]:
    original = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(original, "sqlstate", None) or ""
    if state.startswith(_DATA_EXCEPTION_CLASS):
        return render(InvalidInputError("A value cannot be stored: out of range or of the wrong form."))
    if isinstance(error, DBAPIError) and is_retriable(error):
        return render(ConflictError("Another change came in between; ask again."))
    if isinstance(error, OperationalError | InterfaceError) or state.startswith(("08", "57P")):
        return on_unavailable(request, error)
    return on_unexpected(request, error)


def on_unavailable(request: AnyRequest, error: Exception) -> Response[bytes]:
    log.error("database_unavailable", error=str(error), request_id=request_id(request.scope))
    return render(ServiceUnavailableError("The database does not answer right now; nothing was changed."))


def on_unexpected(request: AnyRequest, error: Exception) -> Response[bytes]:
    identity = request_id(request.scope)
    log.error("unexpected_error", exc_info=error, request_id=identity, path=request.url.path)
    return render(TocsinError(f"Something went wrong on our side. Reference: {identity}"))


EXCEPTION_HANDLERS: ExceptionHandlersMap = {  # type: ignore[assignment]  # each handler takes its own error class
    TocsinError: on_tocsin_error,
    ReplayError: on_replay,
    HTTPException: on_http_exception,
    DBAPIError: on_database_error,
    asyncpg.PostgresError: on_database_error,
    asyncpg.InterfaceError: on_unavailable,
    PoolTimeoutError: on_unavailable,
    ConnectionError: on_unavailable,
    Exception: on_unexpected,
}

__all__ = ["EXCEPTION_HANDLERS", "Problem"]
