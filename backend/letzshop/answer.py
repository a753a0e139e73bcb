"""What an HTTP answer of Letzshop's GraphQL endpoint means: data, or one of the named outcomes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from backend.core.fields import JsonObject, one_line
from backend.core.retry_after import retry_after
from backend.letzshop.failure import LetzshopError, Outcome

_OK, _TOO_MANY, _SERVER_ERRORS = 200, 429, 500
_KEY_REFUSED = {401, 403}
_says_key = re.compile(
    r"unauthori[sz]ed|unauthenticated|forbidden|access denied|not allowed|(api|access) key", re.IGNORECASE
)
_KEY_CODES = {"UNAUTHENTICATED", "UNAUTHORIZED", "FORBIDDEN"}
_MOST_ERRORS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """The data of a call, and what Letzshop complained of beside it: then the outcome is partial."""

    data: JsonObject
    complaints: tuple[str, ...] = ()


def read_answer(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Answer:
    """The data of an answer; LetzshopError with its outcome when it brought none."""
    if status in _KEY_REFUSED:
        raise LetzshopError(Outcome.CREDENTIALS, f"Letzshop refuses the API key ({status}).")
    if status == _TOO_MANY or status >= _SERVER_ERRORS:
        wait = retry_after(headers.get("retry-after"), now=now)
        raise LetzshopError(Outcome.TRANSIENT, _busy(status), retry_after=wait)
    content = _json(body)
    if status != _OK:
        raise LetzshopError(Outcome.REJECTED, f"Letzshop answered {status}: {_complaint(content)}")
    if content is None:
        raise LetzshopError(Outcome.TRANSIENT, "Letzshop's answer is not JSON.")
    return _data(content)


def _data(content: JsonObject) -> Answer:
    errors = content.get("errors")
    complaints = tuple(_message(error) for error in errors) if isinstance(errors, list) else ()
    data = content.get("data")
    if isinstance(data, dict) and any(value is not None for value in data.values()):
        return Answer(data, complaints)
    if not complaints:
        raise LetzshopError(Outcome.TRANSIENT, "Letzshop's answer has neither data nor errors.")
    outcome = Outcome.CREDENTIALS if any(map(_is_about_key, errors or ())) else Outcome.REJECTED
    said = "Letzshop refuses the API key" if outcome is Outcome.CREDENTIALS else "Letzshop refused the query"
    raise LetzshopError(outcome, f"{said}: {_joined(complaints)}")


def _json(body: bytes) -> JsonObject | None:
    try:
        content = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return content if isinstance(content, dict) else None


def _complaint(content: JsonObject | None) -> str:
    errors = (content or {}).get("errors")
    return _joined([_message(error) for error in errors]) if isinstance(errors, list) and errors else "no reason given."


def _joined(complaints: Sequence[str]) -> str:
    more = len(complaints) - _MOST_ERRORS_SHOWN
    return "; ".join(complaints[:_MOST_ERRORS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _message(error: Any) -> str:  # Any: JSON
    message = error.get("message") if isinstance(error, dict) else error
    return one_line(str(message)) if message else "an error without a message"


def _is_about_key(error: Any) -> bool:  # Any: JSON
    extensions = error.get("extensions") if isinstance(error, dict) else None
    code = extensions.get("code") if isinstance(extensions, dict) else None
    return str(code).upper() in _KEY_CODES or _says_key.search(_message(error)) is not None


def _busy(status: int) -> str:
    return "Letzshop asks for fewer calls (429)." if status == _TOO_MANY else f"Letzshop answered {status}."
