"""What a notification says, before it is written."""

from dataclasses import dataclass, field

from backend.core.fields import JsonObject
from backend.notifications.kinds import NotificationType, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    type: NotificationType | str
    title: str
    message: str
    priority: Priority | str = Priority.NORMAL
    action_required: bool = False
    action_url: str | None = None
    notification_metadata: JsonObject = field(default_factory=dict)
    store_id: int | None = None
    alert_id: int | None = None


def order_exception_notice(
    *,
    store_name: str,
    order_number: str,
    exception_count: int,
    store_id: int | None = None,
    order_id: int | None = None,
    alert_id: int | None = None,
) -> Notice:
    """An order has items that no product matches."""
    products = "1 unmatched product" if exception_count == 1 else f"{exception_count} unmatched products"
    return Notice(
        type=NotificationType.ORDER_EXCEPTION,
        priority=Priority.HIGH,
        title=f"Order {order_number} has {products}",
        message=f"The order of {store_name} cannot be confirmed until each product is matched or ignored.",
        action_required=True,
        action_url=f"/orders/{order_id}" if order_id is not None else None,
        notification_metadata={
            "store_name": store_name,
            "order_number": order_number,
            "exception_count": exception_count,
            "order_id": order_id,
        },
        store_id=store_id,
        alert_id=alert_id,
    )
