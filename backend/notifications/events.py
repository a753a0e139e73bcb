from typing import ClassVar

from backend.jobs import Event


class NotificationCreated(Event, frozen=True):
    name: ClassVar[str] = "notification_created"

    notification_id: int
    type: str
    priority: str
    store_id: int | None


class NotificationReturned(Event, frozen=True):
    """A snooze has ended and it is still open."""

    name: ClassVar[str] = "notification_returned"

    notification_id: int
    # When it was due: what was put off until the same time returns with it. None when somebody woke it by hand.
    due_at: str | None
