"""What a stream sends: named events with a small JSON body, as bytes of the SSE format."""

from collections.abc import Sequence
from functools import cached_property

import msgspec

from backend.db.doorbells import Hint

HEARTBEAT = b": heartbeat\n\n"
# Browsers wait this long before they connect again; ms.
RETRY = b"retry: 2000\n\n"


class HintData(msgspec.Struct):
    """`id` is null when several things changed; `unread_count` when it is not known."""

    id: int | None
    unread_count: int | None


class Message(msgspec.Struct, frozen=True, dict=True):
    """One hint for all streams; `data` is None for an event that says nothing but its name."""

    event: str
    data: HintData | None = None

    @cached_property
    def encoded(self) -> bytes:
        data = msgspec.json.encode(self.data) if self.data is not None else b"{}"
        return b"event: %b\ndata: %b\n\n" % (self.event.encode(), data)

    @cached_property
    def about_several(self) -> "Message":
        """The same event without a single id: it stands for more than one change."""
        if self.data is None or self.data.id is None:
            return self
        return Message(self.event, HintData(id=None, unread_count=self.data.unread_count))


RESYNC = Message("resync")


def message_of(event: str, hints: Sequence[Hint], unread_count: int | None) -> Message:
    """One message for all hints of an event that came together."""
    ids = {hint.id for hint in hints}
    only = ids.pop() if len(ids) == 1 else None
    return Message(event, HintData(id=only, unread_count=unread_count))
