"""Orders of marketplaces: customers, items, and the exceptions of items that no product matches."""

from backend.orders.errors import ExceptionsUnsettledError, NotTrackableError, OrderNotFoundError
from backend.orders.incoming import (
    IncomingAddress,
    IncomingItem,
    IncomingOrder,
    IncomingUnit,
    OrderStatus,
    Taken,
)
from backend.orders.models import Order, OrderItem
from backend.orders.numbers import known_number
from backend.orders.service import OrderService
from backend.orders.settled_by_hand import SETTLED_BY_HAND, settlers_of

__all__ = [
    "SETTLED_BY_HAND",
    "ExceptionsUnsettledError",
    "IncomingAddress",
    "IncomingItem",
    "IncomingOrder",
    "IncomingUnit",
    "NotTrackableError",
    "Order",
    "OrderItem",
    "OrderNotFoundError",
    "OrderService",
    "OrderStatus",
    "Taken",
    "known_number",
    "settlers_of",
]
