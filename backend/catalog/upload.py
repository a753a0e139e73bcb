"""An upload as it comes in: the file goes to the storage block by block, the fields beside it are kept."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

import msgspec
from multipart import MultipartError, PushMultipartParser, parse_options_header  # type: ignore[import-untyped]  # ships no types

from backend.catalog.storage import Storage
from backend.core.errors import InvalidInputError

FILE_FIELD = "file"
_MOST_PARTS = 20
_LONGEST_FIELD = 10_000

InputT = TypeVar("InputT")


@dataclass(slots=True)
class Upload:
    """The form's fields, and the file under `key` in the storage once `size` is known."""

    key: str
    fields: dict[str, str] = field(default_factory=dict)
    file_name: str | None = None
    size: int | None = None
    # Of each part its name, its file's name and the hash of its data, in their order.
    parts: list[tuple[str, str | None, bytes]] = field(default_factory=list)

    @property
    def digest(self) -> bytes:
        """The same for the same form, whatever boundary it came with."""
        return sha256(repr(self.parts).encode()).digest()


async def receive_upload(
    body: AsyncIterator[bytes], content_type: str, storage: Storage, key: str, *, limit: int
) -> Upload:
    """Read a multipart body; InvalidInputError when it is none, PayloadTooLargeError for a file beyond `limit`."""
    boundary = parse_options_header(content_type)[1].get("boundary")
    if not boundary:
        raise InvalidInputError.field("body", "the multipart body names no boundary")
    upload = Upload(key)
    try:
        with PushMultipartParser(boundary, max_segment_count=_MOST_PARTS) as parser:
            await _Receiver(upload, _events(parser, body), storage, limit).receive()
    except MultipartError as error:
        raise InvalidInputError.field("body", f"not a readable multipart body: {error}") from error
    return upload


class _Head(NamedTuple):
    name: str
    file_name: str | None


# A part's head, its data, or None at its end.
_Event = _Head | bytes | None


async def _events(parser: Any, body: AsyncIterator[bytes]) -> AsyncIterator[_Event]:  # Any: the library is untyped
    async for block in body:
        for event in parser.parse(block):
            if event is None:
                yield None
            elif isinstance(event, bytearray | bytes):
                yield bytes(event)
            else:
                yield _Head(event.name, event.filename)


class _Receiver:
    def __init__(self, upload: Upload, events: AsyncIterator[_Event], storage: Storage, limit: int) -> None:
        self._upload = upload
        self._events = events
        self._storage = storage
        self._limit = limit
        self._hash = sha256()

    async def receive(self) -> None:
        async for event in self._events:
            if isinstance(event, _Head):
                self._hash = sha256()
                await (self._receive_file(event) if event.name == FILE_FIELD else self._receive_field(event))
                self._upload.parts.append((*event, self._hash.digest()))

    async def _receive_file(self, head: _Head) -> None:
        if self._upload.size is not None:
            raise InvalidInputError.field(FILE_FIELD, "one file at a time")
        self._upload.file_name = head.file_name or FILE_FIELD
        self._upload.size = await self._storage.write(self._upload.key, self._data(), limit=self._limit)

    async def _receive_field(self, head: _Head) -> None:
        value = bytearray()
        async for data in self._data():
            value += data
            if len(value) > _LONGEST_FIELD:
                raise InvalidInputError.field(head.name, "is too long")
        self._upload.fields[head.name] = value.decode("utf-8", "replace")

    async def _data(self) -> AsyncIterator[bytes]:
        async for event in self._events:
            if event is None:
                return
            if isinstance(event, bytes):
                self._hash.update(event)
                yield event


def converted(fields: Mapping[str, str], to: type[InputT]) -> InputT:
    """A form's texts as a typed record; InvalidInputError naming the field."""
    try:
        return msgspec.convert(dict(fields), to, strict=False)
    except msgspec.ValidationError as error:
        raise invalid_input(error) from error


def decoded(body: bytes, to: type[InputT]) -> InputT:
    """A JSON body as a typed record; InvalidInputError naming the field."""
    try:
        return msgspec.json.decode(body, type=to)
    except msgspec.ValidationError as error:
        raise invalid_input(error) from error
    except msgspec.DecodeError as error:
        raise InvalidInputError.field("body", f"not readable as JSON: {error}") from error


def invalid_input(error: msgspec.ValidationError) -> InvalidInputError:
    """The library's sentence, with the field that it speaks of as the path."""
    message, _, place = str(error).partition(" - at `$.")
    path = place.rstrip("`")
    if not path and "field `" in message:
        path = message.partition("field `")[2].partition("`")[0]
    return InvalidInputError.field(path or "body", message)
