"""Keyset paging: opaque cursors that are bound to the list's filters and order (design 5)."""

import base64
import binascii
import hashlib
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from backend.core.errors import InvalidInputError

DEFAULT_LIMIT = 50
MAX_LIMIT = 200

Limit = Annotated[int, msgspec.Meta(ge=1, le=MAX_LIMIT)]

ItemT = TypeVar("ItemT")
KeyT = TypeVar("KeyT")


class Page(msgspec.Struct, Generic[ItemT]):
    items: list[ItemT]
    next_cursor: str | None


class _Envelope(msgspec.Struct, array_like=True):
    digest: bytes
    key: msgspec.Raw


def _digest(scope: Any) -> bytes:  # Any: whatever the list's filters are, as JSON
    return hashlib.sha256(msgspec.json.encode(scope, order="deterministic")).digest()[:6]


def encode_cursor(key: object, *, scope: object) -> str:
    """A cursor for the rows after `key`, good only for the same `scope` (name of the list, order and filters)."""
    packed = msgspec.msgpack.encode(_Envelope(digest=_digest(scope), key=msgspec.Raw(msgspec.msgpack.encode(key))))
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode_cursor(cursor: str | None, key_type: type[KeyT], *, scope: object) -> KeyT | None:
    """The key inside a cursor, None without one; InvalidInputError when it is not ours or of another list."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        envelope = msgspec.msgpack.decode(raw, type=_Envelope)
        key = msgspec.msgpack.decode(envelope.key, type=key_type)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise InvalidInputError.field("cursor", "not a cursor of this list") from error
    if envelope.digest != _digest(scope):
        raise InvalidInputError.field("cursor", "belongs to other filters; start again without it")
    return key


def page_of(rows: list[ItemT], limit: int, key: Any, *, scope: object) -> Page[ItemT]:
    """A page from up to `limit + 1` rows; `key` (a function of an item) makes the cursor of the last one shown."""
    if len(rows) <= limit:
        return Page(items=rows, next_cursor=None)
    shown = rows[:limit]
    return Page(items=shown, next_cursor=encode_cursor(key(shown[-1]), scope=scope))
