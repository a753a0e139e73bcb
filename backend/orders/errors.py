from backend.core.errors import ConflictError, NotFoundError


class OrderNotFoundError(NotFoundError):
    code = "order_not_found"
    title = "Order not found"

    def __init__(self, order_id: int) -> None:
        super().__init__(f"There is no order {order_id}.")


class ExceptionsUnsettledError(ConflictError):
    """The order may not be confirmed yet."""

    code = "order_exceptions_unsettled"
    title = "The order has unsettled exceptions"

    def __init__(self, order_id: int, count: int) -> None:
        exceptions = "1 exception that is" if count == 1 else f"{count} exceptions that are"
        super().__init__(f"Order {order_id} has {exceptions} not settled: match or ignore each product first.")
        self.count = count


class NotTrackableError(ConflictError):
    """No parcel of the order can be on its way."""

    code = "order_not_trackable"
    title = "The order takes no tracking number now"

    def __init__(self, order_id: int, status: str) -> None:
        super().__init__(f"Order {order_id} is {status}: only an order that is processing or shipped has parcels.")


class ExceptionNotFoundError(NotFoundError):
    code = "order_item_exception_not_found"
    title = "Order exception not found"

    def __init__(self, exception_id: int) -> None:
        super().__init__(f"There is no order exception {exception_id}.")


class AlreadySettledError(ConflictError):
    code = "order_item_exception_settled"
    title = "The exception is settled already"

    def __init__(self, exception_id: int, status: str) -> None:
        super().__init__(f"Order exception {exception_id} has been {status} already.")
