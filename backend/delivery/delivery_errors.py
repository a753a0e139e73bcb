from backend.core.errors import ConflictError, NotFoundError


class DeliveryNotFoundError(NotFoundError):
    code = "delivery_not_found"
    title = "Delivery not found"

    def __init__(self, delivery_id: int) -> None:
        super().__init__(f"There is no delivery {delivery_id}.")


class DeliveryUnfinishedError(ConflictError):
    code = "delivery_unfinished"
    title = "The delivery has not finished"

    def __init__(self, delivery_id: int, status: str) -> None:
        super().__init__(f"Delivery {delivery_id} is {status}: it goes by itself.")


class DestinationDeletedError(ConflictError):
    code = "destination_deleted"
    title = "The destination was deleted"

    def __init__(self, destination_id: int) -> None:
        super().__init__(f"Destination {destination_id} was deleted; nothing can be sent to it.")
