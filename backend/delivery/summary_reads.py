"""Reading what a summary is made of, through the faces of notifications, alerts and orders."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from backend.alerts import AlertThen, alerts_between
from backend.auth import names_of_users
from backend.core.roles import Role
from backend.db.reads import Reads
from backend.delivery.planner import ADMINS_ONLY
from backend.delivery.summary import MOST_ITEMS, Line, Place, Summary, summarize
from backend.delivery.summary_lines import group_of, line_of_notification, lines_of_alert
from backend.notifications import (
    Became,
    Happened,
    NotificationType,
    alerts_rung_by,
    notifications_between,
)
from backend.orders import SETTLED_BY_HAND, settlers_of
from backend.tenancy import names_of_stores


async def summary_between(reads: Reads, start: datetime, end: datetime, *, role: Role) -> Summary:
    """What happened from `start` on and before `end`, as far as somebody of this role is told of it."""
    hidden = () if role is Role.ADMIN else ADMINS_ONLY
    happened = await notifications_between(
        reads.fetch, start, end, reasons_by_hand=[SETTLED_BY_HAND], without=hidden, most=MOST_ITEMS
    )
    alerts = await _alerts(reads, start, end, hidden)
    lines = await _lines(reads, happened, alerts, start)
    return summarize(
        lines,
        start=start,
        end=end,
        unlisted=_unlisted(happened),
        names=await names_of_stores(reads, _present(line.store_id for line in lines)),
    )


async def _alerts(
    reads: Reads, start: datetime, end: datetime, hidden: Collection[NotificationType]
) -> list[AlertThen]:
    alerts = await alerts_between(reads.fetch, start, end)
    if not hidden:
        return alerts
    rung = await alerts_rung_by(reads.fetch, [alert.id for alert in alerts], hidden)
    return [alert for alert in alerts if alert.id not in rung]


async def _lines(
    reads: Reads, happened: Sequence[Happened], alerts: Sequence[AlertThen], start: datetime
) -> list[Line]:
    by_hand = [row.id for row in happened if row.became is Became.SETTLED_BY_HAND]
    settlers = await settlers_of(reads.fetch, by_hand)
    readers = _present(row.read_by_user_id for row in happened)
    resolvers = _present(alert.resolved_by_user_id for alert in alerts)
    people = await names_of_users(reads, readers | resolvers | set(settlers.values()))
    return [
        *(line_of_notification(row, people, settlers) for row in happened),
        *(line for alert in alerts for line in lines_of_alert(alert, people, start=start)),
    ]


def _unlisted(happened: Iterable[Happened]) -> Counter[Place]:
    """Each row knows how many there are like it; those without a row are left when the rows are taken away."""
    unlisted: Counter[Place] = Counter()
    for (store_id, became), total in {(row.store_id, row.became): row.total for row in happened}.items():
        unlisted[store_id, group_of(became)] += total
    unlisted.subtract((row.store_id, group_of(row.became)) for row in happened)
    return unlisted


def _present(ids: Iterable[int | None]) -> set[int]:
    return {found for found in ids if found is not None}
