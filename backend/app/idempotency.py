"""Idempotency-Key: the first reply of a create call is kept for 24 h and given again (design 2).

The key's row commits with the work itself. An advisory lock marks a call in flight: it ends with the transaction,
however that ends.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.app.request_context import remembered_response
from backend.auth import Principal
from backend.core.errors import ConflictError, InvalidInputError, UnprocessableError

HEADER = "idempotency-key"
_MOST_CHARACTERS = 255


class InFlightError(ConflictError):
    code = "idempotency_in_flight"
    title = "The same call is still running"

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "1"}


class KeyReusedError(UnprocessableError):
    code = "idempotency_key_reused"
    title = "Idempotency-Key was used with another body"


class ReplayError(Exception):
    """Not a failure: the call was done before, and this is what it answered."""

    def __init__(self, response: Response[bytes]) -> None:
        super().__init__("replayed")
        self.response = response


@dataclass(frozen=True, slots=True)
class Key:
    principal: str
    route: str
    key: str
    body_hash: bytes


async def begin(
    session: AsyncSession, request: Request[Principal, None, State], received_hash: bytes | None
) -> Key | None:
    """Take the key of this call; None when it has none. Raises ReplayError with the reply of an earlier call.

    `received_hash` is that of a body which was read before.
    """
    text_key = request.headers.get(HEADER)
    is_kept: bool | None = request.route_handler.opt.get("idempotent")
    if text_key is None or is_kept is None:
        return None
    if not is_kept:
        raise InvalidInputError.field("Idempotency-Key", "not possible here: the reply holds a secret and is not kept")
    if not 0 < len(text_key) <= _MOST_CHARACTERS or not text_key.isprintable():
        raise InvalidInputError.field("Idempotency-Key", f"1 to {_MOST_CHARACTERS} printable characters")
    principal: Principal = request.state.principal
    key = Key(
        principal=f"{principal.kind}:{principal.id}",
        route=f"{request.method} {request.url.path}",
        key=text_key,
        body_hash=received_hash or hashlib.sha256(await request.body()).digest(),
    )
    await _lock(session, key)
    await _replay(session, key)
    return key


async def _lock(session: AsyncSession, key: Key) -> None:
    name = f"{key.principal}\n{key.route}\n{key.key}"
    taken = await session.scalar(text("select pg_try_advisory_xact_lock(hashtextextended(:name, 7))"), {"name": name})
    if not taken:
        raise InFlightError("A call with this Idempotency-Key is still running; ask again in a moment.")


async def _replay(session: AsyncSession, key: Key) -> None:
    found = (
        await session.execute(
            text(
                """
                select body_hash, status, content_type, body from idempotency_keys
                where principal = :principal and route = :route and key = :key
                  and created_at > tocsin_now() - interval '24 hours'
                """
            ),
            {"principal": key.principal, "route": key.route, "key": key.key},
        )
    ).one_or_none()
    if found is None:
        return
    if found.body_hash != key.body_hash:
        raise KeyReusedError("This Idempotency-Key was used with another body within 24 hours.")
    raise ReplayError(
        Response(
            found.body,
            status_code=found.status,
            media_type=found.content_type,
            headers={"Idempotency-Replay": "true"},
        )
    )


async def store(session: AsyncSession, key: Key, request: Request[Principal, None, State]) -> None:
    """Keep the reply of this call, in the call's own transaction."""
    response = remembered_response(request)
    if response is None:
        raise RuntimeError("an idempotent route answered without a response")
    await session.execute(
        text(
            """
            insert into idempotency_keys (principal, route, key, body_hash, status, content_type, body)
            values (:principal, :route, :key, :body_hash, :status, 'application/json', :body)
            on conflict (principal, route, key) do update set
                body_hash = excluded.body_hash, status = excluded.status, body = excluded.body,
                created_at = excluded.created_at
            """
        ),
        {
            "principal": key.principal,
            "route": key.route,
            "key": key.key,
            "body_hash": key.body_hash,
            "status": response.status_code,
            "body": _encoded(response.content),
        },
    )


def _encoded(content: Any) -> bytes:  # Any: whatever the route returned
    return content if isinstance(content, bytes) else msgspec.json.encode(content)
