from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from backend.auth import Person
from backend.catalog import ProductOut
from backend.core.fields import Id, Line, NonEmptyText, Text
from backend.orders.incoming import OrderStatus
from backend.orders.matching import ExceptionType
from backend.orders.settling import ExceptionStatus

Channel = Literal["letzshop", "direct"]


class OrderOut(msgspec.Struct):
    """An order. `subtotal_cents` is of its items; `total_amount_cents` is what its marketplace says."""

    id: int
    store_id: int
    store_name: str
    channel: str
    order_number: str
    external_order_number: str
    external_order_id: str | None
    external_shipment_id: str | None
    status: OrderStatus
    customer_name: str | None
    customer_email: str | None
    customer_locale: str | None
    shipping_country_iso: str | None
    billing_country_iso: str | None
    piece_count: int
    subtotal_cents: int
    shipping_amount_cents: int | None
    total_amount_cents: int | None
    currency: str
    tracking_provider: str | None
    tracking_number: str | None
    pending_exception_count: int
    order_date: datetime
    confirmed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class AddressOut(msgspec.Struct):
    first_name: str | None
    last_name: str | None
    organisation: str | None
    street: str | None
    house_number: str | None
    city: str | None
    postal_code: str | None
    phone: str | None
    country_iso: str | None
    country_name: str | None


class UnitOut(msgspec.Struct):
    id: str
    state: str


class OrderExceptionOut(msgspec.Struct):
    """An item without a product; `comparable_gtin` is the GTIN with 14 digits, the same for every way to write it."""

    id: int
    order_id: int
    order_item_id: int
    order_number: str
    external_order_number: str
    order_status: OrderStatus
    order_date: datetime
    store_id: int
    store_name: str
    exception_type: ExceptionType
    status: ExceptionStatus
    original_product_name: str
    original_gtin: str | None
    original_sku: str | None
    comparable_gtin: str | None
    quantity: int
    unit_price_cents: int
    currency: str
    resolved_product: ProductOut | None
    resolved_at: datetime | None
    resolved_by: Person | None
    resolution_notes: str | None
    created_at: datetime
    updated_at: datetime


class OrderItemOut(msgspec.Struct):
    """All pieces of one variant; `product` is null while none is known."""

    id: int
    external_variant_id: str
    product_name: str
    sku: str | None
    mpn: str | None
    brand: str | None
    gtin: str | None
    gtin_type: str | None
    item_state: str | None
    needs_product_match: bool
    quantity: int
    unit_price_cents: int
    total_price_cents: int
    units: list[UnitOut]
    product: ProductOut | None
    exception: OrderExceptionOut | None


class OrderDetailOut(OrderOut):
    shipping_address: AddressOut | None
    billing_address: AddressOut | None
    exception_notification_id: int | None
    items: list[OrderItemOut]


class OrderExceptionStatsOut(msgspec.Struct):
    """Of what is pending: its kinds, since when, and the unconfirmed orders that wait for it."""

    pending: int
    resolved: int
    ignored: int
    pending_by_type: dict[str, int]
    waiting_orders: int
    oldest_pending_at: datetime | None


class SuggestionReason(StrEnum):
    GTIN = "gtin"
    SKU = "sku"
    NAME = "name"


class SuggestionOut(msgspec.Struct):
    """A product that it may be; `score` is from 0 to 1."""

    product: ProductOut
    reason: SuggestionReason
    score: float


class SuggestionsOut(msgspec.Struct):
    items: list[SuggestionOut]


class ResolveExceptionIn(msgspec.Struct, forbid_unknown_fields=True):
    product_id: Id
    notes: Text | None = None


class IgnoreExceptionIn(msgspec.Struct, forbid_unknown_fields=True):
    notes: NonEmptyText


class BulkResolveIn(msgspec.Struct, forbid_unknown_fields=True):
    gtin: Line
    product_id: Id


class BulkResolvedOut(msgspec.Struct):
    resolved_count: int
