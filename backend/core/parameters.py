"""Query and path parameters with bounds.

Litestar drops the constraints of `FromQuery[Annotated[int, msgspec.Meta(...)]]`; only those of its own parameter
markers are enforced and documented. Items of a list keep theirs: `FromQuery[list[Id] | None]` is right as it stands.
"""

from datetime import UTC, datetime
from typing import Annotated

from litestar.params import PathParameter, QueryParameter

from backend.core.errors import InvalidInputError
from backend.core.paging import MAX_LIMIT
from backend.core.patterns import TEXT

_HIGHEST_ID = 9_223_372_036_854_775_807

PathId = Annotated[int, PathParameter(ge=1, le=_HIGHEST_ID)]
PageLimit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)]
SearchText = Annotated[str | None, QueryParameter(max_length=200, pattern=TEXT)]


def with_zone(value: datetime | None, name: str) -> datetime | None:
    """The same instant in UTC; raises InvalidInputError naming the parameter when it has no UTC offset."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise InvalidInputError.field(name, "needs a UTC offset, as in 2026-03-02T09:00:00Z")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        # 0001-01-01 east of Greenwich: a time of the year 0, which nothing here can hold.
        raise InvalidInputError.field(name, "is not within the years 1 to 9999") from error
