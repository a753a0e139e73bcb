"""When a child that died is started again, and the words for it."""

import signal
from dataclasses import dataclass

FIRST_DELAY = 0.2
LONGEST_DELAY = 30.0
# Running this long counts as having recovered.
SETTLED_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Restart:
    delay: float
    failures: int
    reason: str


def decide_restart(title: str, exit_code: int, ran_seconds: float, failures: int, cause: str = "") -> Restart:
    """Again at once after a single death, ever later when it keeps dying; never given up."""
    failures = 1 if ran_seconds >= SETTLED_SECONDS else failures + 1
    delay = min(FIRST_DELAY * 2 ** (failures - 1), LONGEST_DELAY)
    because = f" ({cause})" if cause else ""
    return Restart(
        delay,
        failures,
        f"{title} {how_it_ended(exit_code)} after {ran_seconds:.0f} s{because}; starting it again in {delay:.1f} s.",
    )


def how_it_ended(exit_code: int) -> str:
    if exit_code >= 0:
        return f"stopped with exit code {exit_code}"
    try:
        return f"was killed by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"was killed by signal {-exit_code}"
