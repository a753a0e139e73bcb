from typing import ClassVar

from backend.jobs import Event


class NotificationCreated(Event, frozen=True):
    name: ClassVar[str] = "notification_created"

    notification_id: int
    type: str
    priority: str
    store_id: int | None
