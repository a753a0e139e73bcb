"""Signals that ask us to stop, turned into something that every wait looks at."""

import signal
import time
from types import FrameType

# A terminal sends one Ctrl-C to us and to the runner above us, which may pass it on.
SAME_WISH_SECONDS = 1.0
TICK_SECONDS = 0.05


class StopRequestedError(Exception):
    """Somebody asked us to stop while we were waiting."""


class StopRequest:
    """SIGINT, SIGTERM and SIGHUP (unless ignored, as under nohup); a second Ctrl-C means: hurry."""

    def __init__(self) -> None:
        self.name: str | None = None
        self.is_urgent = False
        self._first_at = 0.0

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._received)

    def pause(self, seconds: float) -> None:
        """Sleep; raises StopRequestedError as soon as stopping was asked for."""
        deadline = time.monotonic() + seconds
        while True:
            if self.name is not None:
                raise StopRequestedError(self.name)
            left = deadline - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, TICK_SECONDS))

    def _received(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self.name is None:
            self.name = signal.Signals(number).name
            self._first_at = now
        elif number == signal.SIGINT and now - self._first_at > SAME_WISH_SECONDS:
            self.is_urgent = True
