"""An incoming order in its normal form, with the hash by which it is known again, and as rows of the tables."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from backend.core.fields import storable_json
from backend.orders.incoming import IncomingAddress, IncomingItem, IncomingOrder, IncomingUnit

Row = dict[str, Any]  # Any: column values

MIXED = "mixed"
_ESCAPED_NUL = b"\\u0000"


@dataclass(frozen=True, slots=True)
class Content:
    """`hash` covers everything that the source said."""

    order: IncomingOrder
    hash: bytes

    @property
    def shipment_id(self) -> str:
        return self.order.external_shipment_id


def contents(orders: Iterable[IncomingOrder]) -> list[Content]:
    """Each shipment once, as it was said last, in the order of their ids: so that all who write lock alike."""
    latest = {content.shipment_id: content for content in map(_content, orders)}
    return [latest[shipment_id] for shipment_id in sorted(latest)]


def _content(order: IncomingOrder) -> Content:
    normal = _normal(order)
    try:
        encoded = _encoded(normal)
    except UnicodeEncodeError:
        encoded = _ESCAPED_NUL
    if _ESCAPED_NUL in encoded:
        # Characters that PostgreSQL cannot hold: rare, and then the whole order is gone through.
        normal = _normal(msgspec.convert(storable_json(msgspec.to_builtins(normal)), IncomingOrder))
        encoded = _encoded(normal)
    return Content(normal, hashlib.sha256(encoded).digest())


def _normal(order: IncomingOrder) -> IncomingOrder:
    return replace(order, items=_merged(order.items))


def _encoded(order: IncomingOrder) -> bytes:
    return msgspec.json.encode(order, order="deterministic")


def _merged(items: Sequence[IncomingItem]) -> tuple[IncomingItem, ...]:
    """Each variant once, with all its units: in what sequence they were said means nothing."""
    merged: dict[str, IncomingItem] = {}
    for item in items:
        earlier = merged.get(item.external_variant_id)
        units = (*earlier.units, *item.units) if earlier else item.units
        merged[item.external_variant_id] = replace(item, units=_sorted(units))
    return tuple(merged[variant] for variant in sorted(merged))


def _sorted(units: Iterable[IncomingUnit]) -> tuple[IncomingUnit, ...]:
    return tuple(sorted(set(units), key=lambda unit: (unit.external_id, unit.state)))


def common_state(states: Iterable[str]) -> str | None:
    """What the units of an item have in common; `mixed` when nothing, None without units."""
    found = set(states)
    return found.pop() if len(found) == 1 else MIXED if found else None


def email_of(order: IncomingOrder) -> str | None:
    return (order.customer_email or "").strip().lower() or None


def customer_row(order: IncomingOrder) -> Row:
    address = order.shipping_address or order.billing_address
    return {
        "email": email_of(order),
        "first_name": address.first_name if address else None,
        "last_name": address.last_name if address else None,
        "phone": address.phone if address else None,
        "locale": order.customer_locale,
    }


def order_row(content: Content) -> Row:
    """The columns of `orders` that the source decides; the status is not among them."""
    order = content.order
    return {
        "external_shipment_id": order.external_shipment_id,
        "external_order_id": order.external_order_id,
        "external_order_number": order.external_order_number,
        "order_number": order.order_number,
        "external_data": order.external_data,
        "content_hash": content.hash.hex(),
        "customer_email": email_of(order),
        "customer_name": _name(order.shipping_address) or _name(order.billing_address),
        "customer_locale": order.customer_locale,
        "shipping_address": order.shipping_address,
        "billing_address": order.billing_address,
        "shipping_country_iso": order.shipping_address.country_iso if order.shipping_address else None,
        "billing_country_iso": order.billing_address.country_iso if order.billing_address else None,
        "subtotal_cents": sum(item.unit_price_cents * len(item.units) for item in order.items),
        "total_amount_cents": order.total_amount_cents,
        "currency": order.currency,
        "tracking_provider": order.tracking_provider,
        "tracking_number": order.tracking_number,
        "order_date": order.order_date,
    }


def item_row(item: IncomingItem) -> Row:
    """The columns of `order_items` that the source decides."""
    return {
        "external_variant_id": item.external_variant_id,
        "product_name": item.name,
        "sku": item.sku,
        "mpn": item.mpn,
        "brand": item.brand,
        "gtin": item.gtin,
        "gtin_type": item.gtin_type,
        "item_state": common_state(unit.state for unit in item.units),
        "quantity": len(item.units),
        "unit_price_cents": item.unit_price_cents,
        "total_price_cents": item.unit_price_cents * len(item.units),
        "units": [{"id": unit.external_id, "state": unit.state} for unit in item.units],
    }


def _name(address: IncomingAddress | None) -> str | None:
    if address is None:
        return None
    return " ".join(filter(None, (address.first_name, address.last_name))) or address.organisation
