"""What a silence would hide, and has hidden: the pure matcher over what there is and was.

Each counts once, as planning judges it: an alert by its subject, a notification by its own unless it rang for an
alert, with which it is told. SQL leaves out only what the matcher would refuse anyway.
"""

import heapq
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from backend.alerts import Occurred, occurred_since
from backend.db.reads import Reads
from backend.delivery.alert_subject import subject_of_alert
from backend.delivery.levels import UNKNOWN_PRIORITY, priority_of
from backend.delivery.silence_matching import Matcher, Subject
from backend.delivery.silence_schemas import SilenceExampleOut, SilencePreviewOut
from backend.notifications import Priority, Raised, Rung, newest_of_alerts, raised_since
from backend.tenancy import names_of_stores, stores_of_merchants

LOOKED_BACK = timedelta(days=30)
# Rows; more take longer than somebody waits.
MOST = 500_000
_EXAMPLES = 10

_NOWHERE: dict[int, int | None] = {}


class Match(NamedTuple):
    """A notification or an alert that a matcher takes.

    `is_open` is unread and unsettled, or unresolved; `at` is when it last occurred.
    """

    kind: Literal["notification", "alert"]
    id: int
    subject: Subject
    is_open: bool
    at: datetime
    created_at: datetime

    @property
    def rank(self) -> tuple[bool, datetime, int]:
        """Criticals are the first example, then the newest."""
        return self.subject.priority == Priority.CRITICAL, self.at, self.id


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a matcher takes; `since` is when the past begins."""

    since: datetime
    looked_at: int = 0
    open_now: int = 0
    since_then: int = 0
    criticals: int = 0
    examples: list[Match] = field(default_factory=list)

    def add(self, matched: Sequence[Match]) -> None:
        for candidate in matched:
            is_recent = candidate.at >= self.since
            self.open_now += candidate.is_open
            self.since_then += is_recent
            self.criticals += (candidate.is_open or is_recent) and candidate.subject.priority == Priority.CRITICAL
        self.examples = heapq.nlargest(_EXAMPLES, [*self.examples, *matched], key=lambda found: found.rank)


async def preview(reads: Reads, matcher: Matcher, *, now: datetime) -> SilencePreviewOut:
    """What it would hide now, and would have hidden in the last 30 days."""
    tally = await hidden_by(reads, matcher, since=now - LOOKED_BACK)
    return SilencePreviewOut(
        matching_now=tally.open_now,
        matching_last_30_days=tally.since_then,
        criticals_hidden=tally.criticals,
        is_complete=tally.looked_at < MOST,
        examples=await _shown(reads, tally.examples),
    )


async def hidden_by(reads: Reads, matcher: Matcher, *, since: datetime) -> Tally:
    """The tally of all that is open or occurred since then; of at most MOST rows."""
    tally = Tally(since=since)
    # The merchants of other stores cannot matter.
    merchant_of = await stores_of_merchants(reads.fetch, matcher.merchant_ids)
    async for batch in _batches(reads, matcher, since, merchant_of):
        tally.looked_at += len(batch)
        tally.add([found for found in batch if matcher.matches(found.subject)])
        if tally.looked_at >= MOST:
            break
    return tally


async def _batches(
    reads: Reads, matcher: Matcher, since: datetime, merchant_of: Mapping[int, int]
) -> AsyncIterator[list[Match]]:
    """All that the matcher may take."""
    places = matcher.store_ids | merchant_of.keys() if matcher.names_places else None
    async for alerts in occurred_since(reads, since, store_ids=places):
        rungs = await newest_of_alerts(reads.fetch, [alert.id for alert in alerts])
        yield [_of_alert(alert, rungs.get(alert.id), merchant_of) for alert in alerts]
    async for notifications in raised_since(
        reads, since, types=matcher.types, priorities=_as_stored(matcher.priorities), store_ids=places
    ):
        yield [_of_notification(one, merchant_of) for one in notifications]


def _of_alert(alert: Occurred, rung: Rung | None, merchant_of: Mapping[int, int]) -> Match:
    stores = {store_id: merchant_of.get(store_id) for store_id in alert.store_ids}
    subject = subject_of_alert(alert, rung, stores)
    return Match("alert", alert.id, subject, alert.is_open, alert.last_occurred_at, alert.created_at)


def _of_notification(raised: Raised, merchant_of: Mapping[int, int]) -> Match:
    store_id = raised.store_id
    stores = _NOWHERE if store_id is None else {store_id: merchant_of.get(store_id)}
    # By position: there are many of them.
    subject = Subject(raised.type, priority_of(raised.priority), raised.title, raised.message, stores)
    return Match("notification", raised.id, subject, raised.is_unread, raised.created_at, raised.created_at)


def _as_stored(priorities: Collection[str]) -> Collection[str]:
    """To leave out by; empty, for no limit, when the matcher takes unknown ones of another version too."""
    return () if UNKNOWN_PRIORITY in priorities else priorities


async def _shown(reads: Reads, examples: Sequence[Match]) -> list[SilenceExampleOut]:
    names = await names_of_stores(reads, {store_id for example in examples for store_id in example.subject.stores})
    return [
        SilenceExampleOut(
            id=example.id,
            kind=example.kind,
            title=example.subject.title,
            priority=example.subject.priority,
            store_name=_name_of_only(example.subject.stores, names),
            created_at=example.created_at,
        )
        for example in examples
    ]


def _name_of_only(stores: Iterable[int], names: Mapping[int, str]) -> str | None:
    first, *others = [*stores] or [0]
    return None if others else names.get(first)
