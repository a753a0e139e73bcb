"""What mail and chat read of a message's payload, kind by kind. What is missing or of another shape is left out."""

from datetime import datetime
from typing import TypeVar

import msgspec

from backend.core.fields import JsonObject
from backend.notifications import Priority

PayloadT = TypeVar("PayloadT", bound=msgspec.Struct)


class Threaded(msgspec.Struct, frozen=True):
    """Of an update: what the thread's first message was called and how urgent it was, for the same subject."""

    first_title: str | None = None
    first_priority: Priority | None = None


class AlertFacts(msgspec.Struct, frozen=True):
    """How many stores are affected, for how long nobody has acknowledged it, and how it ended.

    `by` is who resolved it, or who asked for a test; both times are in minutes.
    """

    stores: int | None = None
    minutes: int | None = None
    lasted_minutes: int | None = None
    by: str | None = None
    notes: str | None = None


class SilenceFacts(msgspec.Struct, frozen=True):
    ends_at: datetime | None = None
    comment: str | None = None
    made_by_user_id: int | None = None


class HeldBackItem(msgspec.Struct, frozen=True):
    title: str
    priority: Priority | None = None
    store_name: str | None = None
    created_at: datetime | None = None


class HeldBack(msgspec.Struct, frozen=True):
    count: int = 0
    items: list[HeldBackItem] = []
    # Held back and not among the items.
    more: int = 0


class DigestItem(msgspec.Struct, frozen=True):
    title: str
    priority: Priority | None = None
    at: datetime | None = None
    by: str | None = None
    store_count: int | None = None


class DigestMore(msgspec.Struct, frozen=True):
    """How many are not among the items."""

    open: int = 0
    healed: int = 0
    handled: int = 0


class DigestStore(msgspec.Struct, frozen=True):
    store_id: int | None = None
    store_name: str | None = None
    open: list[DigestItem] = []
    healed: list[DigestItem] = []
    handled: list[DigestItem] = []
    more: DigestMore = DigestMore()


class Digest(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    start: datetime | None = None
    end: datetime | None = None
    stores: list[DigestStore] = []


def read(payload: JsonObject, shape: type[PayloadT]) -> PayloadT:
    """The payload as its kind has it; without anything in it when it is of another shape."""
    try:
        return msgspec.convert(payload, shape)
    except msgspec.ValidationError:
        return shape()
