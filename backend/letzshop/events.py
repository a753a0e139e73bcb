from typing import ClassVar

from backend.jobs import Event


class RunEnded(Event, frozen=True):
    """A run that somebody asked for has come to its end; `message` says what is wrong, if anything is.

    Scheduled runs end by the thousand, and nobody waits for one.
    """

    name: ClassVar[str] = "letzshop_run_ended"

    run_id: int
    kind: str
    status: str
    message: str | None
