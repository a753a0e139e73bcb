"""What a stream sends: named events with a small JSON body, as bytes of the SSE format."""

from dataclasses import dataclass

import msgspec

from backend.db.doorbells import Hint

HEARTBEAT = b": heartbeat\n\n"
# Browsers wait this long before they connect again; ms.
RETRY = b"retry: 2000\n\n"


class HintData(msgspec.Struct):
    """`id` is null when several things changed; `unread_count` when it is not known."""

    id: int | None
    unread_count: int | None


@dataclass(frozen=True, slots=True)
class Message:
    event: str
    data: bytes

    def encoded(self) -> bytes:
        return b"event: %b\ndata: %b\n\n" % (self.event.encode(), self.data)


RESYNC = Message("resync", b"{}")


def message_of(event: str, hints: list[Hint], unread_count: int | None) -> Message:
    """One message for all hints of an event that came together."""
    only = hints[0].id if len(hints) == 1 else None
    return Message(event, msgspec.json.encode(HintData(id=only, unread_count=unread_count)))
