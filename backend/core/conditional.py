"""Conditional GETs: a reply that the browser already has is answered with 304 and no body."""

import hashlib
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.openapi.datastructures import ResponseSpec

PRIVATE = "private, no-cache"
NOT_MODIFIED = {304: ResponseSpec(data_container=None, generate_examples=False, description="Not modified")}


def conditional(request: Request[Any, Any, Any], content: object) -> Response[Any]:  # Any: Litestar's free parameters
    """The content as JSON with an ETag; 304 when `If-None-Match` names it."""
    body = msgspec.json.encode(content)
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": PRIVATE}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(None, status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def matches(if_none_match: str | None, etag: str) -> bool:
    """Weak comparison, as RFC 9110 13.1.2 asks for If-None-Match."""
    if if_none_match is None:
        return False
    given = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return etag in given or "*" in given
