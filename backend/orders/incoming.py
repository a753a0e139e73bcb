"""An order as a marketplace tells of it: what a sync hands to `OrderService.take`, free of any wire format."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backend.core.fields import JsonObject


class OrderStatus(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    CANCELLED = "cancelled"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class IncomingAddress:
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


@dataclass(frozen=True, slots=True)
class IncomingUnit:
    """One piece; `state` is the marketplace's own word, as `unconfirmed`, `confirmed` or `declined`."""

    external_id: str
    state: str


@dataclass(frozen=True, slots=True)
class IncomingItem:
    """All pieces of one variant in an order."""

    external_variant_id: str
    name: str
    sku: str | None
    mpn: str | None
    brand: str | None
    gtin: str | None
    gtin_type: str | None
    unit_price_cents: int
    units: tuple[IncomingUnit, ...]


@dataclass(frozen=True, slots=True)
class IncomingOrder:
    """One shipment, known by its `external_shipment_id`; `external_data` is the payload as it came."""

    external_shipment_id: str
    external_order_id: str
    external_order_number: str
    order_number: str
    status: OrderStatus
    order_date: datetime
    customer_email: str | None
    customer_locale: str | None
    shipping_address: IncomingAddress | None
    billing_address: IncomingAddress | None
    total_amount_cents: int | None
    currency: str
    tracking_provider: str | None
    tracking_number: str | None
    items: tuple[IncomingItem, ...]
    external_data: JsonObject


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a chunk of orders."""

    created: int
    updated: int
    unchanged: int
