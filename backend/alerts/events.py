from typing import ClassVar

from backend.jobs import Event


class AlertChanged(Event, frozen=True):
    """An alert was opened, got worse or wider, was put off, or is over: not each occurrence."""

    name: ClassVar[str] = "alert_changed"

    alert_id: int


class AlertReturned(Event, frozen=True):
    """A snooze has ended and the alert is still open."""

    name: ClassVar[str] = "alert_returned"

    alert_id: int
    # When it was due: what was put off until the same time returns with it. None when somebody woke it by hand.
    due_at: str | None
