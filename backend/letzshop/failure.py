"""What can be wrong with a call to Letzshop: four named outcomes, each with its own way to go on (domain.md 2.4)."""

from enum import StrEnum


class Outcome(StrEnum):
    # No answer, 429, 5xx, or an answer that is not JSON: it may work a moment later.
    TRANSIENT = "transient"
    # Letzshop understood, and refuses: the same question will be refused again.
    REJECTED = "rejected"
    # The key is wrong or may not do this: only a person can mend it.
    CREDENTIALS = "credentials"
    # Part of the data came, with errors for the rest.
    PARTIAL = "partial"


class LetzshopError(Exception):
    """A call that gave no data; the message is for admins and holds no secret. `retry_after` is in seconds.

    `is_answer` when Letzshop itself said no, which it can only do while it works.
    """

    def __init__(
        self, outcome: Outcome, message: str, *, retry_after: float | None = None, is_answer: bool = True
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.retry_after = retry_after
        self.is_answer = is_answer and outcome is not Outcome.TRANSIENT
