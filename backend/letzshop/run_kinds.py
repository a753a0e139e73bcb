"""What a run does and how far it is, in the words of the API."""

from enum import StrEnum


class RunKind(StrEnum):
    SYNC = "sync"
    HISTORY = "history"
    FULFILMENT = "fulfilment"
    EXPORT = "export"


class RunStatus(StrEnum):
    PENDING = "pending"
    FETCHING = "fetching"
    PROCESSING = "processing"
    COMPLETED = "completed"
    # Through to the end, but some of what Letzshop sent could not be taken.
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_finished(self) -> bool:
        return self not in {RunStatus.PENDING, RunStatus.FETCHING, RunStatus.PROCESSING}
