"""What a list of deliveries is limited to, as SQL over d (deliveries), m (their messages) and t (destinations)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from backend.db.where import Condition, one_of
from backend.delivery.kinds import Channel, DeliveryStatus, MessageKind


class DeliveryFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Sets are alternatives, fields are joined by and; `until` is exclusive."""

    status: tuple[DeliveryStatus, ...] = ()
    channel: tuple[Channel, ...] = ()
    destination_id: tuple[int, ...] = ()
    notification_id: int | None = None
    alert_id: int | None = None
    store_id: int | None = None
    user_id: int | None = None
    # Whoever may see no one else's.
    whose: int | None = None
    kind: tuple[MessageKind, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


def conditions(filters: DeliveryFilters, before_id: int | None) -> Iterable[Condition]:
    yield from one_of("d.status", "text", filters.status)
    yield from one_of("t.kind", "text", filters.channel)
    yield from one_of("d.destination_id", "bigint", filters.destination_id)
    yield from one_of("m.kind", "text", filters.kind)
    for condition, value in (
        ("m.notification_id = $?::bigint", filters.notification_id),
        ("m.alert_id = $?::bigint", filters.alert_id),
        ("m.store_id = $?::bigint", filters.store_id),
        ("t.user_id = $?::bigint", filters.user_id),
        ("t.user_id = $?::bigint", filters.whose),
        ("d.created_at >= $?::timestamptz", filters.since),
        ("d.created_at < $?::timestamptz", filters.until),
        ("d.id < $?::bigint", before_id),
    ):
        if value is not None:
            yield condition, value
