"""What happened in a while, store by store, in bounds: the words of digests and of "since you left". Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from backend.delivery.kinds import PRIORITY_RANK
from backend.notifications import Priority

MOST_ITEMS = 50


class Group(StrEnum):
    OPEN = "open"
    # It resolved by itself.
    HEALED = "healed"
    # A person read, settled or resolved it.
    HANDLED = "handled"


class SummaryItem(msgspec.Struct, frozen=True, kw_only=True):
    """`by` names the person who handled it, or the run that healed it; `count` is how often an alert has occurred.

    An alert over more stores than are worth a line each is told once, among the platform's own, with `store_count`.
    """

    id: int
    kind: Literal["notification", "alert"]
    title: str
    priority: Priority
    at: datetime
    by: str | None
    count: int
    store_count: int | None


class Line(NamedTuple):
    """One item within a store; None is the platform."""

    store_id: int | None
    group: Group
    item: SummaryItem


# Where a line stands.
Place = tuple[int | None, Group]


class SummaryMore(msgspec.Struct, frozen=True, kw_only=True):
    """How many are not listed."""

    open: int
    healed: int
    handled: int


class StoreSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What is weightiest comes first in each group; without a store it is the platform's own."""

    store_id: int | None
    store_name: str | None
    open: list[SummaryItem]
    healed: list[SummaryItem]
    handled: list[SummaryItem]
    more: SummaryMore


class Summary(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """From `start` on and before `end`. The counts are of different things: an alert over two stores counts once."""

    start: datetime
    end: datetime
    stores: list[StoreSummary]
    open_count: int
    healed_count: int
    handled_count: int

    @property
    def is_empty(self) -> bool:
        return not self.stores


def summarize(
    lines: Iterable[Line],
    *,
    start: datetime,
    end: datetime,
    unlisted: Mapping[Place, int],
    names: Mapping[int, str],
    most: int = MOST_ITEMS,
) -> Summary:
    """All of it by store, those with something open first; `unlisted` counts what has no line of its own."""
    placed: defaultdict[Place, list[SummaryItem]] = defaultdict(list)
    for line in lines:
        placed[line.store_id, line.group].append(line.item)
    counts = {
        group: _different(items for (_, found), items in placed.items() if found is group)
        + sum(count for (_, found), count in unlisted.items() if found is group)
        for group in Group
    }
    store_ids = {store_id for store_id, _ in placed}
    stores = [_store(store_id, placed, unlisted, names, most) for store_id in store_ids]
    return Summary(
        start=start,
        end=end,
        stores=sorted(stores, key=_weight),
        open_count=counts[Group.OPEN],
        healed_count=counts[Group.HEALED],
        handled_count=counts[Group.HANDLED],
    )


def shortened(summary: Summary, most: int) -> Summary:
    """The same with at most so many items of each store and group."""
    stores = [
        msgspec.structs.replace(
            store,
            open=store.open[:most],
            healed=store.healed[:most],
            handled=store.handled[:most],
            more=SummaryMore(
                open=store.more.open + len(store.open[most:]),
                healed=store.more.healed + len(store.healed[most:]),
                handled=store.more.handled + len(store.handled[most:]),
            ),
        )
        for store in summary.stores
    ]
    return msgspec.structs.replace(summary, stores=stores)


def _different(groups: Iterable[Sequence[SummaryItem]]) -> int:
    return len({(item.kind, item.id) for items in groups for item in items})


def _store(
    store_id: int | None,
    placed: Mapping[Place, Sequence[SummaryItem]],
    unlisted: Mapping[Place, int],
    names: Mapping[int, str],
    most: int,
) -> StoreSummary:
    items = {group: _weightiest(placed.get((store_id, group), ())) for group in Group}
    more = {group: len(items[group][most:]) + unlisted.get((store_id, group), 0) for group in Group}
    return StoreSummary(
        store_id=store_id,
        # Of one that is gone its number is left.
        store_name=None if store_id is None else names.get(store_id, f"#{store_id}"),
        open=items[Group.OPEN][:most],
        healed=items[Group.HEALED][:most],
        handled=items[Group.HANDLED][:most],
        more=SummaryMore(open=more[Group.OPEN], healed=more[Group.HEALED], handled=more[Group.HANDLED]),
    )


def _weightiest(items: Iterable[SummaryItem]) -> list[SummaryItem]:
    return sorted(items, key=lambda item: (PRIORITY_RANK[item.priority], item.at, item.id), reverse=True)


def _weight(store: StoreSummary) -> tuple[int, str, int]:
    worst = PRIORITY_RANK[store.open[0].priority] if store.open else -1
    return -worst, store.store_name or "", store.store_id or 0
