from typing import ClassVar

from backend.jobs.events import Event


class JobDied(Event, frozen=True):
    """A job was parked as dead after its budget."""

    name: ClassVar[str] = "job_died"

    job_id: int
    kind: str
    reason: str
    error: str
