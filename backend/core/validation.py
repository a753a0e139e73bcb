"""What msgspec says about bad input, as the path of one field and a message."""

import re

from backend.core.errors import FieldError
from backend.core.patterns import in_words

_AT = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`\Z")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")
# The field that is missing or unknown stands in the message, and its object in the path; so do Litestar's parameters.
_FIELD_OF_OBJECT = re.compile(
    r"Object (?:missing required|contains unknown) field `(?P<name>[^`]*)`"
    r"|Missing required \w+ parameter '(?P<parameter>[^']*)'"
)
_MOST_CHARACTERS = 500


def field_error(message: str, *, within: str = "") -> FieldError:
    """Split ``Expected `str` - at `$.alerts[3].title` `` into `alerts.3.title` and its message."""
    found = _AT.search(message)
    path = dotted(found["path"]) if found else ""
    text = message[: found.start()] if found else message
    named = _FIELD_OF_OBJECT.match(text)
    name = (named["name"] or named["parameter"] or "")[:100] if named else ""
    whole = ".".join(part for part in (within, path, name) if part)
    return FieldError(path=whole or "body", message=in_words(" ".join(text.split()))[:_MOST_CHARACTERS])


def dotted(path: str) -> str:
    """A path of msgspec's (`.alerts[3].title`) in the API's own spelling (`alerts.3.title`)."""
    return ".".join(name or index for name, index in _STEP.findall(path))
