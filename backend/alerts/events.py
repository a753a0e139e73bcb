from typing import ClassVar

from backend.jobs import Event


class AlertChanged(Event, frozen=True):
    """An alert was opened, got worse or wider, or is over: what its timeline tells, and not each occurrence."""

    name: ClassVar[str] = "alert_changed"

    alert_id: int
