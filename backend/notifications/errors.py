from backend.core.errors import ConflictError, NotFoundError, UnprocessableError


class NotificationNotFoundError(NotFoundError):
    code = "notification_not_found"
    title = "Notification not found"

    def __init__(self, notification_id: int) -> None:
        super().__init__(f"There is no notification {notification_id}.")


class NotificationSettledError(ConflictError):
    code = "notification_settled"
    title = "Notification is settled"

    def __init__(self, notification_id: int) -> None:
        super().__init__(f"Notification {notification_id} is settled: there is nothing to come back to.")


class KeysHaveNoSeenMarkError(UnprocessableError):
    code = "keys_have_no_seen_mark"
    title = "An API key has no seen mark"

    def __init__(self) -> None:
        super().__init__("Only a signed-in person has a last-seen mark.")
