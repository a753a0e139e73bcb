from backend.orders.incoming import IncomingOrder
from backend.orders.models import Order


def known_number(order: IncomingOrder | Order) -> str:
    """The marketplace's number, which the customer knows; ours where it sent none. The pages say the same."""
    return order.external_order_number or order.order_number
