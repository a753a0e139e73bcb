"""RFC 9457 problem details: the one shape of every error (design 5)."""

from collections.abc import Iterable

import msgspec
from litestar.openapi.datastructures import ResponseSpec

from backend.core.errors import FieldError, TocsinError

MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct):
    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError]


def problem_of(error: TocsinError) -> Problem:
    return Problem(
        type="about:blank",
        title=error.title,
        status=error.status,
        detail=error.detail,
        code=error.code,
        errors=list(error.errors),
    )


def problems(*errors: type[TocsinError]) -> dict[int, ResponseSpec]:
    """A route's `responses`: the errors that it alone can answer; those of every route are added by the app."""
    return {status: _spec(found) for status, found in _by_status(errors).items()}


def _by_status(errors: Iterable[type[TocsinError]]) -> dict[int, list[type[TocsinError]]]:
    grouped: dict[int, list[type[TocsinError]]] = {}
    for error in errors:
        grouped.setdefault(error.status, []).append(error)
    return grouped


def _spec(errors: list[type[TocsinError]]) -> ResponseSpec:
    return ResponseSpec(
        data_container=Problem,
        generate_examples=False,
        description="; ".join(f"{error.title} (`{error.code}`)" for error in errors),
        media_type=MEDIA_TYPE,
    )
