"""Errors that an API client or a job may meet: named classes with a stable code and an HTTP status."""

from typing import ClassVar

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """One thing wrong with one input field; `path` is dotted, as in `alerts.3.title`."""

    path: str
    message: str


class TocsinError(Exception):
    """Base of all errors that are rendered as RFC 9457 problem details."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str, *, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors

    @property
    def headers(self) -> dict[str, str]:
        return {}


class InvalidInputError(TocsinError):
    """The request cannot be read: names each field that is wrong."""

    status = 400
    code = "invalid_input"
    title = "Invalid input"

    @classmethod
    def field(cls, path: str, message: str) -> "InvalidInputError":
        return cls(f"{path}: {message}", errors=(FieldError(path=path, message=message),))


class UnauthenticatedError(TocsinError):
    status = 401
    code = "unauthenticated"
    title = "Sign-in required"

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": "Bearer"}


class ForbiddenError(TocsinError):
    status = 403
    code = "forbidden"
    title = "Not allowed"


class CrossSiteError(ForbiddenError):
    code = "cross_site"
    title = "Cross-site request refused"


class NotFoundError(TocsinError):
    status = 404
    code = "not_found"
    title = "Not found"


class ConflictError(TocsinError):
    status = 409
    code = "conflict"
    title = "Conflict"


class PayloadTooLargeError(TocsinError):
    status = 413
    code = "payload_too_large"
    title = "Body too large"


class UnprocessableError(TocsinError):
    status = 422
    code = "unprocessable"
    title = "Cannot be processed"


class TooManyRequestsError(TocsinError):
    """Refused for now; `retry_after` is in whole seconds."""

    status = 429
    code = "too_many_requests"
    title = "Too many requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)}


class ServiceUnavailableError(TocsinError):
    status = 503
    code = "unavailable"
    title = "Not available right now"
