"""The API key struck out of what Letzshop says is wrong: an answer may quote it, and its messages are shown. Pure."""

from typing import Any

import msgspec

from backend.core.redaction import struck

_ERRORS, _MESSAGE = "errors", "message"


def without_key(body: bytes, api_key: str) -> bytes:
    """The answer with the key struck out of every message under `errors`; all else stays, and data is not touched."""
    if b'"errors"' not in body:
        return body
    try:
        content = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # Nothing of what is not JSON is told.
        return body
    redacted = _in_answer(content, api_key)
    return body if redacted == content else msgspec.json.encode(redacted)


def _in_answer(value: Any, api_key: str) -> Any:  # Any: JSON
    """Errors of the answer itself, and those of a mutation inside its data."""
    if isinstance(value, dict):
        return {
            name: _in_errors(inner, api_key) if name == _ERRORS else _in_answer(inner, api_key)
            for name, inner in value.items()
        }
    return value


def _in_errors(errors: Any, api_key: str) -> Any:  # Any: JSON
    if not isinstance(errors, list):
        return _struck(errors, api_key)
    return [
        {name: _struck(inner, api_key) if name == _MESSAGE else inner for name, inner in error.items()}
        if isinstance(error, dict)
        else _struck(error, api_key)
        for error in errors
    ]


def _struck(value: Any, api_key: str) -> Any:  # Any: JSON
    """Every string in it."""
    if isinstance(value, str):
        return struck(value, (api_key,))
    if isinstance(value, list):
        return [_struck(inner, api_key) for inner in value]
    if isinstance(value, dict):
        return {struck(name, (api_key,)): _struck(inner, api_key) for name, inner in value.items()}
    return value
