from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import ARRAY, BigInteger, ColumnElement, DateTime, Text, and_, any_, bindparam

from backend.db.like import like_pattern
from backend.notifications.models import AdminNotification


class NotificationFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows: sets are alternatives, fields are joined by and; `until` is exclusive."""

    priority: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    is_read: bool | None = None
    settled: bool | None = None
    snoozed: bool | None = None
    action_required: bool | None = None
    store_id: tuple[int, ...] = ()
    q: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def parameters(self) -> dict[str, object]:
        """The bind parameters of the conditions that this filter's shape names."""
        values: dict[str, object] = {
            "priority": list(self.priority),
            "type": list(self.type),
            "store_id": list(self.store_id),
            "q": like_pattern(self.q) if self.q else None,
            "since": self.since,
            "until": self.until,
        }
        return {name: value for name, value in values.items() if value}

    def shape(self) -> frozenset[str]:
        """Which conditions apply: lists of one shape share one compiled statement."""
        switches = {
            f"{name}={value}"
            for name in ("is_read", "settled", "snoozed", "action_required")
            if (value := getattr(self, name)) is not None
        }
        return frozenset(switches | self.parameters().keys())


_ROW = AdminNotification
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "priority": _ROW.priority == any_(bindparam("priority", type_=ARRAY(Text))),
    "type": _ROW.type == any_(bindparam("type", type_=ARRAY(Text))),
    "store_id": _ROW.store_id == any_(bindparam("store_id", type_=ARRAY(BigInteger))),
    "is_read=True": _ROW.is_read.is_(True),
    "is_read=False": _ROW.is_read.is_(False),
    "settled=True": _ROW.settled_at.is_not(None),
    "settled=False": _ROW.settled_at.is_(None),
    "snoozed=True": _ROW.snoozed_until.is_not(None),
    "snoozed=False": _ROW.snoozed_until.is_(None),
    "action_required=True": _ROW.action_required.is_(True),
    "action_required=False": _ROW.action_required.is_(False),
    "q": (_ROW.title + " " + _ROW.message).ilike(bindparam("q", type_=Text)),
    "since": _ROW.created_at >= bindparam("since", type_=DateTime(timezone=True)),
    "until": _ROW.created_at < bindparam("until", type_=DateTime(timezone=True)),
}


def conditions(shape: Iterable[str]) -> ColumnElement[bool]:
    """The where clause of a list of this shape, its parameters still open; deleted rows never match."""
    return and_(_ROW.deleted_at.is_(None), *(_CONDITIONS[name] for name in sorted(shape)))


def matching(filters: NotificationFilters) -> ColumnElement[bool]:
    """The same where clause with the filter's values in it."""
    return conditions(filters.shape()).params(filters.parameters())
