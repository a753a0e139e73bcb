"""What becomes of a job that failed: a pure decision with its reason."""

from dataclasses import dataclass
from datetime import timedelta

from backend.jobs.backoff import delay_after


@dataclass(frozen=True, slots=True)
class Retry:
    delay: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Park:
    reason: str


def after_failure(failures: int, max_failures: int, *, is_permanent: bool, chance: float) -> Retry | Park:
    """Decide after the `failures`-th failure (this one included); `chance` in [0, 1) is the jitter's dice."""
    if is_permanent:
        return Park("it cannot succeed when tried again")
    if failures >= max_failures:
        return Park(f"it failed {failures} times")
    return Retry(delay_after(failures, chance=chance), f"failure {failures} of at most {max_failures}")
