"""What an action has come to, by how the run ended that it started: decided from the run's last words."""

from dataclasses import dataclass
from enum import StrEnum


class ActionStatus(StrEnum):
    PENDING = "pending"
    # What it started has not ended.
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """`text` is a sentence for people."""

    status: ActionStatus
    text: str


# The statuses of imports and of Letzshop's runs that end one (design 5).
_ENDED = {
    "completed": (ActionStatus.DONE, "was completed"),
    "completed_with_errors": (ActionStatus.DONE, "was completed with errors"),
    "partial": (ActionStatus.DONE, "was completed in part"),
    "failed": (ActionStatus.FAILED, "failed"),
    "cancelled": (ActionStatus.FAILED, "was cancelled"),
}


def result_of(what: str, status: str, message: str | None) -> Result:
    """How `what`, as "Import 9", ended; a status that is not known counts as a failure and is named."""
    action_status, words = _ENDED.get(status, (ActionStatus.FAILED, f"ended as {status}"))
    return Result(action_status, f"{what} {words}: {message}" if message else f"{what} {words}.")
