"""Orders as a marketplace tells of them, valid by default; a test sets only what it is about."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.catalog import MARKETPLACE
from backend.core.clock import Clock
from backend.orders import IncomingAddress, IncomingItem, IncomingOrder, IncomingUnit, OrderService, OrderStatus, Taken

Fields = Any  # values of the record's fields

ORDERED_AT = datetime(2026, 1, 5, 9, 11, 12, tzinfo=UTC)

_numbers = count(1)


def address(**fields: Fields) -> IncomingAddress:
    values = {
        "first_name": "Anne",
        "last_name": "Weber",
        "organisation": None,
        "street": "Rue de la Gare",
        "house_number": "1",
        "city": "Luxembourg",
        "postal_code": "1111",
        "phone": None,
        "country_iso": "LU",
        "country_name": "Luxembourg",
    }
    return IncomingAddress(**(values | fields))


def item(number: int | str = 1, *, pieces: int = 1, state: str = "unconfirmed", **fields: Fields) -> IncomingItem:
    """A variant that is known by its number, without any GTIN."""
    values: dict[str, Fields] = {
        "external_variant_id": f"v{number}",
        "name": f"Ring {number}",
        "sku": f"SKU-{number}",
        "mpn": None,
        "brand": None,
        "gtin": None,
        "gtin_type": None,
        "unit_price_cents": 4_999,
        "units": tuple(IncomingUnit(f"iu_{number}_{piece}", state) for piece in range(pieces)),
    }
    return IncomingItem(**(values | fields))


def incoming(shipment: str | None = None, *items: IncomingItem, **fields: Fields) -> IncomingOrder:
    """An order with one item unless others are given."""
    shipment = shipment or f"shp_{next(_numbers):06}"
    values: dict[str, Fields] = {
        "external_shipment_id": shipment,
        "external_order_id": f"ord_{shipment}",
        "external_order_number": f"R{shipment}",
        "order_number": f"H{shipment}",
        "status": OrderStatus.PENDING,
        "order_date": ORDERED_AT,
        "customer_email": f"{shipment}@customer.example",
        "customer_locale": "fr",
        "shipping_address": address(),
        "billing_address": None,
        "total_amount_cents": 5_500,
        "currency": "EUR",
        "tracking_provider": None,
        "tracking_number": None,
        "items": items or (item(),),
        "external_data": {"id": shipment},
    }
    return IncomingOrder(**(values | fields))


async def take(session: AsyncSession, clock: Clock, store_id: int, *orders: IncomingOrder) -> Taken:
    return await OrderService(session, clock).take(store_id=store_id, channel="letzshop", orders=orders)


async def add_product(
    session: AsyncSession,
    store_id: int,
    sku: str,
    *,
    gtin: str | None = None,
    titles: Sequence[tuple[str, str]] = (("fr", "Bague"),),
    marketplace: str = MARKETPLACE,
) -> int:
    """A product as an import leaves it; its id."""
    product_id: int | None = await session.scalar(
        text(
            """
            insert into products (store_id, marketplace, marketplace_product_id, price_cents, gtin)
            values (:store_id, :marketplace, :sku, 4999, :gtin) returning id
            """
        ),
        {"store_id": store_id, "marketplace": marketplace, "sku": sku, "gtin": gtin},
    )
    assert product_id is not None
    for language, title in titles:
        await session.execute(
            text("insert into product_translations (product_id, language, title) values (:id, :language, :title)"),
            {"id": product_id, "language": language, "title": title},
        )
    return product_id
