"""Whether and when a call that failed is made again: decided from its outcome alone."""

from dataclasses import dataclass

from backend.letzshop.failure import LetzshopError, Outcome


@dataclass(frozen=True, slots=True)
class Again:
    """Call again after `pause` seconds."""

    pause: float


@dataclass(frozen=True, slots=True)
class Later:
    """Letzshop asks for a pause too long to sit through: the job comes back after `delay` seconds."""

    delay: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    reason: str


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Seconds before each further try of a call, and the longest pause that a job sits through."""

    pauses: tuple[float, ...] = (1.0, 4.0, 10.0)
    longest_pause: float = 30.0
    longest_delay: float = 3600.0


def after_failure(error: LetzshopError, tried: int, policy: RetryPolicy, *, chance: float) -> Again | Later | GiveUp:
    """What follows the `tried`th failure of a call in a row; `chance` (0 to 1) spreads callers who met one outage."""
    if error.outcome is not Outcome.TRANSIENT:
        return GiveUp(f"{error.outcome}: trying again cannot help")
    if error.retry_after is not None and error.retry_after > policy.longest_pause:
        return Later(min(error.retry_after, policy.longest_delay) + chance)
    if tried > len(policy.pauses):
        return GiveUp(f"{tried} tries in a row failed")
    pause = max(policy.pauses[tried - 1], error.retry_after or 0.0)
    return Again(pause * (1 + chance / 2))
