from datetime import date, datetime
from typing import Annotated, Any

import msgspec

from backend.alerts.kinds import AlertType, Severity
from backend.alerts.occurrence import Occurrence
from backend.auth import Person
from backend.core.fields import Id, JsonObject, Line, NonEmptyText, Text
from backend.core.patterns import NO_CONTROL
from backend.notifications import LinkedAction

_Stores = Annotated[list[Id], msgspec.Meta(max_length=10_000)]
_Systems = Annotated[list[Line], msgspec.Meta(max_length=100)]
DedupKey = Annotated[str, msgspec.Meta(min_length=1, max_length=255, pattern=NO_CONTROL)]


MOST_IN_BATCH = 1_000


class AlertIn(msgspec.Struct, forbid_unknown_fields=True):
    alert_type: AlertType
    severity: Severity
    title: Line
    description: Text = ""
    affected_stores: _Stores = []
    affected_systems: _Systems = []
    dedup_key: DedupKey | None = None

    def occurrence(self, *, auto_generated: bool) -> Occurrence:
        return Occurrence(
            alert_type=self.alert_type.value,
            severity=self.severity,
            title=self.title,
            description=self.description,
            affected_stores=tuple(self.affected_stores),
            affected_systems=tuple(self.affected_systems),
            dedup_key=self.dedup_key,
            auto_generated=auto_generated,
        )


class AlertBatchIn(msgspec.Struct, forbid_unknown_fields=True):
    """Each item is an AlertIn, validated alone: one bad item does not spoil the others."""

    alerts: Annotated[list[Any], msgspec.Meta(min_length=1, max_length=MOST_IN_BATCH)]  # Any: validated one by one


class BatchFailure(msgspec.Struct):
    index: int
    code: str
    detail: str


class AlertBatchOut(msgspec.Struct):
    created_count: int
    incremented_count: int
    failed: list[BatchFailure]


class AlertOut(msgspec.Struct):
    """`affected_stores` is the whole scope; `open_stores` those of it that have not recovered."""

    id: int
    alert_type: str
    severity: str
    title: str
    description: str
    fingerprint: str
    affected_stores: list[int]
    open_stores: list[int]
    affected_systems: list[str]
    occurrence_count: int
    first_occurred_at: datetime
    last_occurred_at: datetime
    is_resolved: bool
    resolved_at: datetime | None
    resolved_by_user_id: int | None
    resolved_by: Person | None
    resolution_notes: str | None
    acknowledged_at: datetime | None
    acknowledged_by_user_id: int | None
    acknowledged_by: Person | None
    assigned_to_user_id: int | None
    assigned_to: Person | None
    snoozed_until: datetime | None
    snoozed_by_user_id: int | None
    snoozed_by: Person | None
    # When the time of a snooze was over last.
    returned_at: datetime | None
    auto_generated: bool
    regressed_from_id: int | None
    created_at: datetime
    updated_at: datetime


class AlertStoreOut(msgspec.Struct):
    store_id: int
    store_name: str | None
    first_at: datetime
    last_at: datetime
    count: int
    healed_at: datetime | None


class TimelineOut(msgspec.Struct):
    id: int
    at: datetime
    kind: str
    user: Person | None
    detail: JsonObject


class AlertDetailOut(AlertOut):
    """`actions` are run through the notifications that offer them."""

    actions: list[LinkedAction]
    stores: list[AlertStoreOut]
    timeline: list[TimelineOut]


class ResolveIn(msgspec.Struct, forbid_unknown_fields=True):
    resolution_notes: Text | None = None


class AssignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Null takes the alert back from whoever has it."""

    user_id: Id | None


class CommentIn(msgspec.Struct, forbid_unknown_fields=True):
    text: NonEmptyText


class DayOut(msgspec.Struct):
    day: date
    opened: int
    resolved: int


class AlertStatsOut(msgspec.Struct):
    """`critical`, `acknowledged`, `by_type`, `by_severity` and `oldest_open_at` speak of active alerts."""

    total: int
    active: int
    critical: int
    acknowledged: int
    resolved_today: int
    opened_last_hour: int
    by_type: dict[str, int]
    by_severity: dict[str, int]
    oldest_open_at: datetime | None
    median_minutes_to_resolve: float | None
    daily: list[DayOut]
