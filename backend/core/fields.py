"""Types of input fields: bounded, and free of control characters, which PostgreSQL (NUL) and logs cannot take."""

from typing import Annotated, Any

import msgspec

# Line: one line of text, not blank. Text: tab and line breaks allowed.
# `(?![\s\S])` is the end of the text; a Python `$` would let a last line break pass.
_LINE = r"^[^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0][^\x00-\x1f\x7f-\x9f]*(?![\s\S])"
_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300, pattern=_LINE)]
Text = Annotated[str, msgspec.Meta(max_length=10_000, pattern=_TEXT)]
Query = Annotated[str, msgspec.Meta(max_length=200, pattern=_TEXT)]
Id = Annotated[int, msgspec.Meta(ge=1, le=9_223_372_036_854_775_807)]
JsonObject = dict[str, Any]  # Any: a caller's own JSON, stored and returned as it came


def has_nul(value: object) -> bool:
    """Whether a JSON value holds a NUL anywhere: valid JSON that jsonb cannot store."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(has_nul(key) or has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(has_nul(item) for item in value)
