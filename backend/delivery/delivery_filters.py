"""What a list of deliveries is limited to, as SQL over d (deliveries), m (their messages) and t (destinations)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from backend.db.where import Condition, one_of
from backend.delivery.kinds import Channel, DeliveryStatus, MessageKind

# No destination has this id: who has none of their own was sent nothing.
_NONE = 0

# What the figure counts and the list shows. The time as a query of its own: it is asked once, so that the index can be
# used.
SENT_LAST_24H = "status = 'sent' and finished_at >= (select tocsin_now() - interval '24 hours')"


class DeliveryFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Sets are alternatives, fields are joined by and; `until` is exclusive."""

    id: tuple[int, ...] = ()
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
    # By when they were sent; since and until are by when they were planned.
    sent_last_24h: bool | None = None


def conditions(
    filters: DeliveryFilters, before_id: int | None, *, own: Sequence[int] | None = None
) -> Iterable[Condition]:
    """`own` are the destinations of the person that `user_id` or `whose` names; None limits to nobody."""
    if own is not None:
        yield from one_of("d.destination_id", "bigint", own or [_NONE])
    yield from one_of("d.id", "bigint", filters.id)
    yield from one_of("d.status", "text", filters.status)
    yield from one_of("t.kind", "text", filters.channel)
    yield from one_of("d.destination_id", "bigint", filters.destination_id)
    yield from one_of("m.kind", "text", filters.kind)
    for condition, value in (
        ("m.notification_id = $?::bigint", filters.notification_id),
        ("m.alert_id = $?::bigint", filters.alert_id),
        # Of the message, too; but here it has an index that is in the order of the list.
        ("d.store_key <> 0 and d.store_key = $?::bigint", filters.store_id),
        ("d.created_at >= $?::timestamptz", filters.since),
        ("d.created_at < $?::timestamptz", filters.until),
        ("d.id < $?::bigint", before_id),
    ):
        if value is not None:
            yield condition, value


def switches(filters: DeliveryFilters) -> Iterable[str]:
    """Conditions without a value."""
    if filters.sent_last_24h is True:
        # Their ids are asked for first, or a page with room left would walk all that there are.
        yield f"d.id = any (array(select id from deliveries where {SENT_LAST_24H}))"  # noqa: S608 - a constant of our own
    elif filters.sent_last_24h is False:
        # Row by row: all but those, and an array of those has no order to look them up by.
        yield f"({SENT_LAST_24H}) is not true"
