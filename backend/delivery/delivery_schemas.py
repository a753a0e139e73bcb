"""Deliveries as the API shows them."""

from datetime import datetime

import msgspec

from backend.auth import Person
from backend.core.fields import Id, JsonObject
from backend.delivery.detail import DetailCode
from backend.delivery.detail_schemas import DetailArgsOut
from backend.delivery.kinds import Channel, Decision, DeliveryStatus, MessageKind, Outcome, Reason
from backend.notifications import Priority


class DeliveryOut(msgspec.Struct):
    """`tries` counts since it was planned or replayed, `attempt_count` all; `user` is null for a shared destination.

    `next_attempt_at` is null once it has finished; `reason` is the code of why it has its status, where the last try
    does not say.
    """

    id: int
    message_id: int
    kind: MessageKind
    category: str
    priority: Priority
    title: str
    store_id: int | None
    # Null for no store, and for several.
    store_name: str | None
    notification_id: int | None
    alert_id: int | None
    channel: Channel
    destination_id: int
    destination_name: str
    user: Person | None
    status: DeliveryStatus
    reason: str | None
    tries: int
    attempt_count: int
    next_attempt_at: datetime | None
    last_error: str | None
    folded_into_id: int | None
    created_at: datetime
    finished_at: datetime | None


class AttemptOut(msgspec.Struct):
    """One try; without an outcome it was cut off, or is on its way while the delivery is `sending`."""

    number: int
    started_at: datetime
    finished_at: datetime | None
    outcome: Outcome | None
    status_code: int | None
    error: str | None
    excerpt: str | None
    duration_ms: int | None


class TriedDeliveryOut(DeliveryOut):
    """A delivery with every try, the first one first."""

    attempts: list[AttemptOut]


class VerdictOut(msgspec.Struct):
    """What was decided when it was planned; `at` is when a message that was held might go.

    `detail` is English. Pages say `detail_code` in their reader's language; it is null for what the first releases
    decided.
    """

    decision: Decision
    reason: Reason
    detail: str
    detail_code: DetailCode | None
    detail_args: DetailArgsOut
    at: datetime | None


class DeliveryDetailOut(TriedDeliveryOut):
    """`verdict` is null for what nobody decided about: tests, and what a throttle put together."""

    body: str
    action_url: str | None
    payload: JsonObject
    verdict: VerdictOut | None


class ReplayDeadIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which dead letters go again; all of them when nothing is given. The times are of their creation."""

    destination_id: Id | None = None
    channel: Channel | None = None
    since: datetime | None = None
    until: datetime | None = None


class ReplayedOut(msgspec.Struct):
    """`skipped_count` are those of destinations that are switched off or deleted."""

    replayed_count: int
    skipped_count: int


class DestinationStatsOut(msgspec.Struct):
    """`opened_at` is since when its circuit breaker is open."""

    destination_id: int
    name: str
    channel: Channel
    pending: int
    dead: int
    is_enabled: bool
    opened_at: datetime | None


class DeliveryStatsOut(msgspec.Struct):
    """`by_destination` names those with something pending or dead, or with an open circuit.

    Of the pending ones, `scheduled` are for later by intent, as at the end of quiet hours; `oldest_pending_at` is of
    the others.
    """

    pending: int
    scheduled: int
    held: int
    sending: int
    dead: int
    sent_last_24h: int
    oldest_pending_at: datetime | None
    by_destination: list[DestinationStatsOut]
