"""What an order is, by what Letzshop says of its shipment and its units (domain.md 4.3)."""

from collections.abc import Sequence

from backend.orders import OrderStatus

DECLINED = "declined"
CONFIRMED = "confirmed"


def order_status(shipment_state: str, unit_states: Sequence[str], *, has_tracking: bool) -> OrderStatus:
    """Declining lives on units: a shipment of which every unit is declined is cancelled, whatever its own state."""
    if unit_states and all(state == DECLINED for state in unit_states):
        return OrderStatus.CANCELLED
    if has_tracking:
        return OrderStatus.SHIPPED
    if shipment_state == "unconfirmed":
        return OrderStatus.PENDING
    # "confirmed", and states that are not published: whoever deals with the shipment has begun to.
    return OrderStatus.PROCESSING
