from datetime import datetime

import msgspec

from backend.auth import Person
from backend.delivery.delivery_schemas import TriedDeliveryOut
from backend.delivery.detail import DetailCode
from backend.delivery.detail_schemas import DetailArgsOut
from backend.delivery.kinds import Channel, Decision, MessageKind, Reason


class ExplainedMessageOut(msgspec.Struct):
    id: int
    kind: MessageKind
    created_at: datetime


class ExplainedThreadOut(msgspec.Struct):
    """The alert was told of at `told_at`; `next_size` (stores, or occurrences without stores) is worth a message.

    `next_size` is null when the alert's end was told.
    """

    told_at: datetime
    next_size: int | None


class UnplannedOut(msgspec.Struct):
    """Why nobody was decided about."""

    detail: str
    detail_code: DetailCode
    detail_args: DetailArgsOut


class ExplainedOut(msgspec.Struct):
    """One recipient and channel: `user` is null for a shared destination, `destination_id` for who has none.

    `detail` is English. Pages say `detail_code` in their reader's language; it is null for what the first releases
    decided.
    """

    user: Person | None
    destination_id: int | None
    destination_name: str | None
    channel: Channel
    decision: Decision
    reason: Reason
    detail: str
    detail_code: DetailCode | None
    detail_args: DetailArgsOut
    # When a message that is held may go.
    at: datetime | None
    deliveries: list[TriedDeliveryOut]


class ExplanationOut(msgspec.Struct):
    """Until it `is_planned` nobody has been decided about, and there are no items; `unplanned` is why, if it stays so.

    `thread` is set for a notification of an alert that was told of in another message.
    """

    notification_id: int | None
    alert_id: int | None
    is_planned: bool
    unplanned: UnplannedOut | None
    message: ExplainedMessageOut | None
    thread: ExplainedThreadOut | None
    items: list[ExplainedOut]
