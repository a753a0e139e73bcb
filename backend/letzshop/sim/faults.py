"""What can go wrong with the simulated Letzshop, on demand or by plan."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    NONE = "none"
    # 401, as for a key that was withdrawn.
    BAD_KEY = "bad_key"
    # 429 with Retry-After.
    RATE_LIMIT = "rate_limit"
    # 502 of a proxy whose backend is away.
    BAD_GATEWAY = "bad_gateway"
    # Answers, after a while.
    SLOW = "slow"
    # 200 with something that is not JSON.
    MALFORMED = "malformed"
    # Some shipments are missing, with an error for each.
    PARTIAL = "partial"
    # 200 with errors and no data.
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Plan:
    """A fault that comes again: for the last `lasts` of every `every` seconds since the start."""

    fault: Fault
    every: float
    lasts: float

    def fault_at(self, elapsed: float) -> Fault:
        return self.fault if elapsed % self.every >= self.every - self.lasts else Fault.NONE


class Faults:
    """The present fault of each key, or of all; one that was set by hand beats the plan."""

    def __init__(self, everywhere: Fault = Fault.NONE, plan: Plan | None = None) -> None:
        self._plan = plan
        self._everywhere = everywhere
        self._of_key: dict[str, Fault] = {}
        self._left: dict[str | None, int] = {}

    def set(self, fault: Fault, *, key: str | None = None, times: int | None = None) -> None:
        """Set the fault of a key, or of all of them; after `times` calls it is over by itself."""
        if key is None:
            self._everywhere = fault
            self._of_key.clear()
        else:
            self._of_key[key] = fault
        self._left.pop(key, None)
        if times is not None:
            self._left[key] = times

    def take(self, key: str, *, elapsed: float) -> Fault:
        """The fault that this call meets."""
        owner = key if key in self._of_key else None
        fault = self._of_key.get(key, self._everywhere)
        if fault is Fault.NONE:
            return self._plan.fault_at(elapsed) if self._plan is not None else Fault.NONE
        if owner in self._left:
            self._left[owner] -= 1
            if self._left[owner] <= 0:
                self.set(Fault.NONE, key=owner)
        return fault
