"""What an import has come to, and who has to hear of it: decided from its counts alone."""

from dataclasses import dataclass
from enum import StrEnum

MARKETPLACE = "Letzshop"
# So many rows with errors are told to the admins; fewer are only shown.
ERRORS_THAT_NOTIFY = 5


class ImportStatus(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    COMPLETED_WITH_ERRORS = "completed_with_errors"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_finished(self) -> bool:
        return self not in {ImportStatus.PENDING, ImportStatus.PROCESSING}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The admins are told the `message`, if there is one; a clean import heals the store's alert."""

    status: ImportStatus
    message: str | None = None

    @property
    def heals(self) -> bool:
        return self.status is ImportStatus.COMPLETED


def outcome_of(processed: int, errors: int) -> Outcome:
    """The outcome of a feed that was read to its end."""
    if processed == 0:
        return Outcome(ImportStatus.FAILED, "The feed has no rows.")
    if errors == processed:
        rows = "The feed's only row" if processed == 1 else f"None of the {processed:,} rows"
        return Outcome(ImportStatus.FAILED, f"{rows} could {'not ' if processed == 1 else ''}be imported.")
    if errors == 0:
        return Outcome(ImportStatus.COMPLETED)
    if errors < ERRORS_THAT_NOTIFY:
        return Outcome(ImportStatus.COMPLETED_WITH_ERRORS)
    message = f"{errors:,} of {processed:,} rows could not be imported."
    return Outcome(ImportStatus.COMPLETED_WITH_ERRORS, message)


def failure(reason: str) -> Outcome:
    return Outcome(ImportStatus.FAILED, reason)


def dedup_key(store_id: int, marketplace: str) -> str:
    """The alert of a store's imports, in whatever language."""
    return f"import:{store_id}:{marketplace}"
