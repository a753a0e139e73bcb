"""How long a failed job waits: doubling from 2 s to 15 min, with equal jitter so that failures do not march in step."""

from datetime import timedelta

BASE = timedelta(seconds=2)
CAP = timedelta(minutes=15)


def delay_after(failures: int, *, chance: float) -> timedelta:
    """The wait after the n-th failure (from 1); `chance` in [0, 1) chooses within its upper half."""
    if failures < 1:
        raise ValueError("a delay follows a failure")
    doublings: int = 2 ** min(failures - 1, 20)
    full = min(CAP, BASE * doublings)
    return full / 2 + (full / 2) * chance
