"""Types of input fields: bounded, and free of control characters, which PostgreSQL (NUL) and logs cannot take."""

import re
from typing import Annotated, Any

import msgspec

from backend.core.patterns import EMAIL, LINE, TEXT, WEB_ADDRESS

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

MOST_LINE = 300
MOST_TEXT = 10_000

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_LINE, pattern=LINE)]
Text = Annotated[str, msgspec.Meta(max_length=MOST_TEXT, pattern=TEXT)]
NonEmptyText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TEXT, pattern=TEXT)]
Query = Annotated[str, msgspec.Meta(max_length=200, pattern=TEXT)]
# Only the shape of an address: whether it exists is shown by mail alone.
Email = Annotated[str, msgspec.Meta(max_length=254, pattern=EMAIL)]
# Whether an address may be dialled is decided when it is (the egress guard), not when it is typed.
WebAddress = Annotated[str, msgspec.Meta(max_length=2000, pattern=WEB_ADDRESS)]
Id = Annotated[int, msgspec.Meta(ge=1, le=9_223_372_036_854_775_807)]
JsonObject = dict[str, Any]  # Any: a caller's own JSON, stored and returned as it came


def has_nul(value: object) -> bool:
    """Whether a JSON value holds a NUL anywhere: valid JSON that jsonb cannot store."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(has_nul(key) or has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(has_nul(item) for item in value)


def one_line(text: str) -> str:
    """Text of a job's own making as a title: without line breaks and control characters, at most as long as a Line."""
    return storable(_CONTROL.sub(" ", text), MOST_LINE)


def storable(text: str, most: int | None = None) -> str:
    """Text of a job's own making (an error, a name from a feed) as PostgreSQL can hold it, cut to `most`."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return clean if most is None or len(clean) <= most else clean[: most - 1] + "…"


def storable_json(value: Any) -> Any:  # Any: JSON in, JSON out
    """The same JSON without the characters that jsonb cannot hold."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable_json(key): storable_json(item) for key, item in value.items()}
    return [storable_json(item) for item in value] if isinstance(value, list | tuple) else value
