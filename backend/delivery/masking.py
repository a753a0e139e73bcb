"""What is shown of an address, and its secrets struck out of what others say about it. Pure."""

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, unquote_plus

from backend.core import redaction
from backend.delivery.channels.chat_services import ALLOWED, host_of, scheme_of
from backend.delivery.kinds import Channel

HIDDEN = "…"
# Shorter ones would be found everywhere, and struck out of every word.
SHORTEST_SECRET = 4

# First steps of a path that say what it leads to and never are a secret.
_PLAIN_STEPS = frozenset({"api", "hook", "hooks", "in", "services", "v1", "v2", "webhook", "webhooks", "workflows"})
_WEB = re.compile(r"(?P<scheme>https?)://(?P<place>[^/?#\\]*)(?P<path>[^?#]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
_BETWEEN_PIECES = re.compile(r"[\s/\\?#&=@:,;+]+")
# The least of a host that is known to be one: some services take a token in its place.
_FULL_HOST = re.compile(r".*\.[^.]+|.*:\d+", re.DOTALL)


def shown_address(kind: str, address: str) -> str:
    """What may be seen of an address: where it leads, without what gives access to it."""
    if kind == Channel.EMAIL:
        return address
    scheme = scheme_of(address)
    if kind == Channel.CHAT and scheme != "https":
        return _shown_chat(scheme, address)
    return _shown_web(address)


def secrets_of(address: str) -> set[str]:
    """Every way in which an error or an answer may spell the secret parts of an address."""
    _, _, rest = address.partition("://")
    place, _, path = rest.partition("/")
    shown = {*_PLAIN_STEPS, *_shown_pieces(address)}
    wholes = (address, rest, f"/{path}", path, path.partition("?")[0], path.partition("?")[2], place.rpartition("@")[0])
    found = {spelling for text in (*wholes, *_pieces(rest)) for spelling in _spellings(text)}
    return {secret for secret in found if len(secret) >= SHORTEST_SECRET and secret.lower() not in shown}


def struck(text: str, secrets: Iterable[str]) -> str:
    """The text without the given addresses or keys, and without any secret part of them, decoded or encoded."""
    whole = tuple(secrets)
    parts = {part for secret in whole if "://" in secret for part in secrets_of(secret)}
    return redaction.struck(text, {spelling for secret in whole for spelling in _spellings(secret)} | parts)


def _shown_web(address: str) -> str:
    found = _WEB.fullmatch(address)
    host = found["place"].rpartition("@")[2] if found else ""
    if found is None or not _HOST.fullmatch(host):
        return HIDDEN
    origin = f"{found['scheme'].lower()}://{host}"
    steps = [step for step in found["path"].split("/") if step]
    if not steps and not found["rest"]:
        return origin
    if len(steps) > 1 and steps[0].lower() in _PLAIN_STEPS:
        return f"{origin}/{steps[0]}/{HIDDEN}"
    return f"{origin}/{HIDDEN}"


def _shown_chat(scheme: str, address: str) -> str:
    if scheme not in ALLOWED:
        return HIDDEN
    host = host_of(address)
    is_host = host is not None and _FULL_HOST.fullmatch(host)
    return f"{scheme}://{host}/{HIDDEN}" if is_host else f"{scheme}://{HIDDEN}"


def _shown_pieces(address: str) -> Iterator[str]:
    """Pieces of the host where that is shown; a piece of it that is in the path, too, is no secret then."""
    scheme = scheme_of(address)
    shown = _shown_web(address) if scheme in {"http", "https"} else _shown_chat(scheme, address)
    host = shown.partition("://")[2].partition("/")[0]
    if host != HIDDEN:
        yield from (host.lower(), host.rpartition(":")[0].lower())


def _pieces(text: str) -> Iterator[str]:
    for piece in _BETWEEN_PIECES.split(text):
        yield piece
        decoded = unquote_plus(piece)
        if decoded != piece:
            yield decoded
            yield from _BETWEEN_PIECES.split(decoded)


def _spellings(text: str) -> set[str]:
    """As it is, decoded and encoded, and as JSON and Python quote it."""
    decoded = {text, unquote(text), unquote_plus(text)}
    encoded = {spelling for plain in decoded for spelling in (quote(plain, safe=""), quote(plain))}
    return {
        spelling
        for plain in decoded | encoded
        for spelling in (plain, json.dumps(plain)[1:-1], repr(plain)[1:-1])
        if spelling
    }
