"""Letzshop's answers as they come over the wire, in Letzshop's own names."""

from typing import Any

import msgspec

# A number, or a text with or without currency: not published.
Amount = int | float | str | None


class Country(msgspec.Struct):
    name: str | None = None
    iso: str | None = None


class Address(msgspec.Struct, rename="camel"):
    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    street_name: str | None = None
    street_number: str | None = None
    city: str | None = None
    zip_code: str | None = None
    phone: str | None = None
    country: Country | None = None


class Order(msgspec.Struct, rename="camel"):
    id: str
    number: str | None = None
    email: str | None = None
    total: Amount = None
    completed_at: str | None = None
    locale: str | None = None
    ship_address: Address | None = None
    bill_address: Address | None = None


class TradeNumber(msgspec.Struct):
    number: str | int | None = None
    parser: str | None = None


class Brand(msgspec.Struct):
    # Empty for the union's other member, BrandUnknown.
    name: str | None = None


class Product(msgspec.Struct):
    name: dict[str, str | None] | None = None
    brand: Brand | None = msgspec.field(name="_brand", default=None)


class Variant(msgspec.Struct, rename="camel"):
    id: str
    sku: str | None = None
    mpn: str | None = None
    price: Amount = None
    trade_id: TradeNumber | None = None
    product: Product | None = None


class InventoryUnit(msgspec.Struct):
    id: str
    variant: Variant
    state: str = "unconfirmed"


class Tracking(msgspec.Struct):
    code: str | None = None
    provider: str | None = None


class Shipment(msgspec.Struct, rename="camel"):
    id: str
    order: Order
    state: str
    number: str | None = None
    inventory_units: list[InventoryUnit] = []
    tracking: Tracking | None = None


class PageInfo(msgspec.Struct, rename="camel"):
    has_next_page: bool = False
    end_cursor: str | None = None


class Shipments(msgspec.Struct, rename="camel"):
    # Each node is read for itself, so that one that is broken does not take the others with it.
    nodes: list[Any]  # Any: JSON
    page_info: PageInfo


class UnitError(msgspec.Struct):
    """What a mutation says of one thing that it did not do."""

    id: str | None = None
    code: str | None = None
    message: str | None = None
