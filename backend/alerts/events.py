from typing import ClassVar

from backend.jobs import Event


class AlertChanged(Event, frozen=True):
    """An alert was opened, got worse or wider, or is over: what its timeline tells, and not each occurrence."""

    name: ClassVar[str] = "alert_changed"

    alert_id: int


class AlertReturned(Event, frozen=True):
    """A snooze has ended and the alert is still open."""

    name: ClassVar[str] = "alert_returned"

    alert_id: int
    # When, in ISO: each return is an event of its own.
    returned_at: str
