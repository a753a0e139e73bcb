"""Paging through alerts while they move (docs/decisions/0006).

Lists show the newest occurrence first, and every occurrence moves an alert to the top. A walk remembers how things
stood at its start: alerts that were open then are walked by which were already shown, wherever they have moved to
since; alerts that were resolved then cannot move, and are walked by position. An alert that changed sides during the
walk (resolved, reopened) stays on the side where it was, as its timeline tells.
"""

import zlib
from collections.abc import Iterable
from datetime import datetime

import msgspec

# A cursor comes back from a client: what it unpacks to is bounded. Bytes; some hundred thousand ids.
_MOST_UNPACKED = 1 << 20


class Position(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A place in the list: when it last occurred, then its id."""

    at: datetime
    id: int


class Walk(msgspec.Struct, frozen=True, array_like=True):
    """What a cursor holds: the newest alert and timeline entry at the start, and how far the walk came since.

    `shown` are the ids of open alerts already shown: gaps between sorted ids, compressed.
    """

    newest_id: int
    told_id: int
    settled_before: Position
    shown: bytes

    def shown_ids(self) -> list[int]:
        """Raises ValueError when a client made it up."""
        unpacker = zlib.decompressobj()
        try:
            packed = unpacker.decompress(self.shown, _MOST_UNPACKED)
            gaps = msgspec.msgpack.decode(packed, type=list[int])
        except (zlib.error, msgspec.MsgspecError) as error:
            raise ValueError("not the shown ids of a walk") from error
        ids: list[int] = []
        for gap in gaps:
            ids.append(gap + (ids[-1] if ids else 0))
        return ids


def advance(
    before: Walk | None, *, newest_id: int, told_id: int, last_shown: Position, open_shown: Iterable[int]
) -> Walk:
    """The walk after a page: an open alert that moved may stand higher than the settled ones shown before it."""
    earlier = before.shown_ids() if before else []
    ids = sorted({*earlier, *open_shown})
    gaps = [after - previous for previous, after in zip([0, *ids], ids, strict=False)]
    return Walk(
        newest_id=newest_id,
        told_id=told_id,
        settled_before=min(before.settled_before, last_shown) if before else last_shown,
        shown=zlib.compress(msgspec.msgpack.encode(gaps)),
    )
