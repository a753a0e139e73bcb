"""What the lists of orders and of exceptions show."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from backend.db.like import like_pattern
from backend.db.where import Condition, one_of

_ORDER_WORDS = (
    "o.order_number || ' ' || o.external_order_number || ' ' || coalesce(o.customer_email, '') || ' ' "
    "|| coalesce(o.customer_name, '')"
)
_EXCEPTION_WORDS = (
    "e.original_product_name || ' ' || coalesce(e.original_gtin, '') || ' ' || coalesce(e.original_sku, '')"
)


class OrderFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Sets are alternatives, fields are joined by and; times are of the order's date, `until` is exclusive."""

    store_id: tuple[int, ...] = ()
    status: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    q: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_exceptions: bool | None = None

    def conditions(self) -> Iterable[Condition]:
        yield from one_of("o.store_id", "bigint", self.store_id)
        yield from one_of("o.status", "text", self.status)
        yield from one_of("o.channel", "text", self.channel)
        if self.q:
            yield f"({_ORDER_WORDS}) ilike $?::text", like_pattern(self.q)
        if self.since is not None:
            yield "o.order_date >= $?::timestamptz", self.since
        if self.until is not None:
            yield "o.order_date < $?::timestamptz", self.until

    def switches(self) -> Iterable[str]:
        if self.has_exceptions is not None:
            yield "o.pending_exception_count > 0" if self.has_exceptions else "o.pending_exception_count = 0"


class ExceptionFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Sets are alternatives, fields are joined by and; `comparable_gtin` has 14 digits."""

    store_id: tuple[int, ...] = ()
    status: tuple[str, ...] = ()
    exception_type: tuple[str, ...] = ()
    order_id: tuple[int, ...] = ()
    comparable_gtin: str | None = None
    q: str | None = None

    def conditions(self) -> Iterable[Condition]:
        yield from one_of("e.store_id", "bigint", self.store_id)
        yield from one_of("e.exception_type", "text", self.exception_type)
        yield from one_of("e.order_id", "bigint", self.order_id)
        if self.comparable_gtin is not None:
            yield "e.comparable_gtin = $?::text", self.comparable_gtin
        if len(self.status) > 1:
            yield from one_of("e.status", "text", self.status)
        if self.q:
            yield f"({_EXCEPTION_WORDS}) ilike $?::text", like_pattern(self.q)

    def switches(self) -> Iterable[str]:
        # As a word of the statement: the indexes of what is pending hold nothing else.
        if len(self.status) == 1:
            yield f"e.status = '{self.status[0]}'"
