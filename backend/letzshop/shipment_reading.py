"""A shipment as Letzshop sends it, read into an order as the platform keeps it; broken ones are told apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from backend.core.fields import MOST_LINE, storable, storable_json
from backend.letzshop import wire
from backend.letzshop.money import MoneyError, read_money
from backend.letzshop.order_status import order_status
from backend.letzshop.texts import localised
from backend.letzshop.trade_id import NONE, read_trade_id
from backend.orders import IncomingAddress, IncomingItem, IncomingOrder, IncomingUnit


@dataclass(frozen=True, slots=True)
class BrokenShipment:
    """One that could not be read, and why; `shipment_id` as far as it is known."""

    shipment_id: str | None
    message: str


def read_shipment(node: Any) -> IncomingOrder | BrokenShipment:  # Any: JSON
    """The order, or what is wrong with its shipment: it must not stop the others."""
    if not isinstance(node, dict):
        return BrokenShipment(None, "Letzshop left this shipment out of its answer.")
    try:
        return _order(msgspec.convert(node, wire.Shipment), node)
    except (msgspec.ValidationError, MoneyError, ValueError) as error:
        shipment_id = node.get("id")
        return BrokenShipment(str(shipment_id) if shipment_id is not None else None, storable(str(error), MOST_LINE))


def _order(shipment: wire.Shipment, node: dict[str, Any]) -> IncomingOrder:  # Any: JSON
    order, tracking = shipment.order, shipment.tracking
    items = _items(shipment.inventory_units, order.locale)
    units = [unit.state for unit in shipment.inventory_units]
    total, currency = (None, "EUR") if order.total is None else read_money(order.total)
    has_tracking = tracking is not None and bool(tracking.code)
    return IncomingOrder(
        external_shipment_id=shipment.id,
        external_order_id=order.id,
        external_order_number=order.number or order.id,
        order_number=shipment.number or shipment.id,
        status=order_status(shipment.state, units, has_tracking=has_tracking),
        order_date=_instant(order.completed_at),
        customer_email=_email(order.email),
        customer_locale=order.locale,
        shipping_address=_address(order.ship_address),
        billing_address=_address(order.bill_address),
        total_amount_cents=total,
        currency=currency,
        tracking_provider=tracking.provider if tracking else None,
        tracking_number=tracking.code if tracking else None,
        items=tuple(items),
        external_data=storable_json(node),
    )


def _items(units: Sequence[wire.InventoryUnit], locale: str | None) -> list[IncomingItem]:
    """One item for each variant: a unit is one piece, and there is no quantity (domain.md 2.5)."""
    by_variant: dict[str, list[wire.InventoryUnit]] = {}
    for unit in units:
        by_variant.setdefault(unit.variant.id, []).append(unit)
    return [_item(pieces, locale) for pieces in by_variant.values()]


def _item(pieces: Sequence[wire.InventoryUnit], locale: str | None) -> IncomingItem:
    variant = pieces[0].variant
    product = variant.product or wire.Product()
    number = variant.trade_id
    trade_id = read_trade_id(str(number.number or ""), number.parser) if number else NONE
    price, _ = (0, "") if variant.price is None else read_money(variant.price)
    name = localised(product.name or {}, locale) or variant.sku or variant.id
    return IncomingItem(
        external_variant_id=variant.id,
        name=storable(name, 500),
        sku=variant.sku or None,
        mpn=variant.mpn or None,
        brand=(product.brand.name if product.brand else None) or None,
        # A number whose check digit is wrong matches nothing; the raw data keeps it.
        gtin=trade_id.number,
        gtin_type=trade_id.kind,
        unit_price_cents=price,
        units=tuple(IncomingUnit(unit.id, unit.state) for unit in pieces),
    )


def _address(address: wire.Address | None) -> IncomingAddress | None:
    if address is None:
        return None
    country = address.country or wire.Country()
    return IncomingAddress(
        first_name=address.first_name,
        last_name=address.last_name,
        organisation=address.company,
        street=address.street_name,
        house_number=address.street_number,
        city=address.city,
        postal_code=address.zip_code,
        phone=address.phone,
        country_iso=country.iso,
        country_name=country.name,
    )


def _email(text: str | None) -> str | None:
    return text.strip().lower() or None if text else None


def _instant(text: str | None) -> datetime:
    if text is None:
        raise ValueError("the order has no completedAt")
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
