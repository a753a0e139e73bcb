"""Paging through alerts while they move (docs/decisions/0006).

Lists show the newest occurrence first, and every occurrence moves an alert to the top. A walk is pinned to its
start: alerts that are open (or were when it began) are walked by what was already shown, wherever they have moved
to since; alerts that were resolved before it cannot move, and are walked by position.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec


class Position(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A place in the list: when it last occurred, then its id."""

    at: datetime
    id: int


class Walk(msgspec.Struct, frozen=True, array_like=True):
    """What a cursor holds. `shown` are the ids of movable alerts already shown, as gaps between sorted ids."""

    pinned_at: datetime
    newest_id: int
    settled_before: Position | None
    shown: tuple[int, ...]

    def shown_ids(self) -> list[int]:
        ids: list[int] = []
        for gap in self.shown:
            ids.append(gap + (ids[-1] if ids else 0))
        return ids


def advance(walk: Walk, *, last_shown: Position, movable_shown: Iterable[int]) -> Walk:
    """The walk after a page: an alert that moved may stand higher than the settled ones shown before it."""
    settled_before = last_shown if walk.settled_before is None else min(walk.settled_before, last_shown)
    ids = sorted({*walk.shown_ids(), *movable_shown})
    gaps = tuple(after - before for before, after in zip([0, *ids], ids, strict=False))
    return Walk(pinned_at=walk.pinned_at, newest_id=walk.newest_id, settled_before=settled_before, shown=gaps)
