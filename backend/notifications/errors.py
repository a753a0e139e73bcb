from backend.core.errors import NotFoundError, UnprocessableError


class NotificationNotFoundError(NotFoundError):
    code = "notification_not_found"
    title = "Notification not found"

    def __init__(self, notification_id: int) -> None:
        super().__init__(f"There is no notification {notification_id}.")


class KeysHaveNoSeenMarkError(UnprocessableError):
    code = "keys_have_no_seen_mark"
    title = "An API key has no seen mark"

    def __init__(self) -> None:
        super().__init__("Only a signed-in person has a last-seen mark.")
