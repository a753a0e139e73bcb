"""What became of one alert or notification, as lines of a summary. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from backend.alerts import AlertThen, StoreThen
from backend.delivery.levels import priority_of, priority_of_severity
from backend.delivery.summary import Group, Line, SummaryItem
from backend.notifications import Became, Happened

# Of an outage one line says it: one for each store would hide everything else.
MOST_STORES_EACH = 3

# `Healed by import 7.`, `All products of the order are matched, by import 7.`
_BY_RUN = re.compile(r"\bby (?P<run>.+?)\.?$")

_GROUP_OF = {
    Became.OPEN: Group.OPEN,
    Became.READ: Group.HANDLED,
    Became.SETTLED: Group.HEALED,
    Became.SETTLED_BY_HAND: Group.HANDLED,
}


def group_of(became: Became) -> Group:
    return _GROUP_OF[became]


def line_of_notification(happened: Happened, people: Mapping[int, str], settlers: Mapping[int, int]) -> Line:
    """`settlers` are those who settled by hand, by notification."""
    by: str | None = None
    match happened.became:
        case Became.READ:
            by = _name(people, happened.read_by_user_id)
        case Became.SETTLED_BY_HAND:
            by = _name(people, settlers.get(happened.id))
        case Became.SETTLED:
            by = run_in(happened.settled_reason)
    item = SummaryItem(
        id=happened.id,
        kind="notification",
        title=happened.title,
        priority=priority_of(happened.priority),
        at=happened.at,
        by=by,
        count=1,
        store_count=None,
    )
    return Line(happened.store_id, group_of(happened.became), item)


def lines_of_alert(alert: AlertThen, people: Mapping[int, str], *, start: datetime) -> list[Line]:
    """One for each store that something happened in since `start`, or one for all when they are many.

    An alert without stores is the platform's.
    """
    if not alert.stores:
        return list(_of_whole(alert, people, start))
    lines = [line for store in alert.stores for line in _of_store(alert, store, people, start)]
    of_many = {group for group, count in Counter(line.group for line in lines).items() if count > MOST_STORES_EACH}
    each = [line for line in lines if line.group not in of_many]
    return each + [_together([line for line in lines if line.group is group]) for group in Group if group in of_many]


def _together(lines: Sequence[Line]) -> Line:
    latest = max(lines, key=lambda line: line.item.at)
    by = latest.item.by if len({line.item.by for line in lines}) == 1 else None
    return Line(None, latest.group, msgspec.structs.replace(latest.item, by=by, store_count=len(lines)))


def run_in(reason: str | None) -> str | None:
    """The run that a reason names, None when it names none."""
    found = _BY_RUN.search(reason or "")
    return found["run"] if found else None


def _of_whole(alert: AlertThen, people: Mapping[int, str], start: datetime) -> Iterable[Line]:
    if alert.resolved_at is not None:
        yield _ended(alert, None, people, alert.resolved_at)
    elif (at := _told_at(alert, alert.first_occurred_at, start)) is not None:
        yield Line(None, Group.OPEN, _item(alert, at))


def _of_store(alert: AlertThen, store: StoreThen, people: Mapping[int, str], start: datetime) -> Iterable[Line]:
    if store.healed_at is not None:
        # One that had healed before was told of then.
        if store.healed_at >= start:
            by = store.healed_by or run_in(alert.resolution_notes)
            yield Line(store.store_id, Group.HEALED, _item(alert, store.healed_at, by))
    elif alert.resolved_at is not None:
        yield _ended(alert, store.store_id, people, alert.resolved_at)
    elif (at := _told_at(alert, store.first_at, start)) is not None:
        yield Line(store.store_id, Group.OPEN, _item(alert, at))


def _told_at(alert: AlertThen, since: datetime, start: datetime) -> datetime | None:
    """When it became news last; None when it is no worse than it was."""
    began = since if since >= start else None
    return max((at for at in (began, alert.worse_at) if at is not None), default=None)


def _ended(alert: AlertThen, store_id: int | None, people: Mapping[int, str], at: datetime) -> Line:
    """Resolved by nobody it healed: by a run, or by a machine that has a key."""
    if alert.resolved_by_user_id is None:
        return Line(store_id, Group.HEALED, _item(alert, at, run_in(alert.resolution_notes)))
    return Line(store_id, Group.HANDLED, _item(alert, at, _name(people, alert.resolved_by_user_id)))


def _item(alert: AlertThen, at: datetime, by: str | None = None) -> SummaryItem:
    return SummaryItem(
        id=alert.id,
        kind="alert",
        title=alert.title,
        priority=priority_of_severity(alert.severity),
        at=at,
        by=by,
        count=alert.occurrence_count,
        store_count=None,
    )


def _name(people: Mapping[int, str], user_id: int | None) -> str | None:
    return people.get(user_id) if user_id is not None else None
