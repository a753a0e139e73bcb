"""Keeps one child running: notices its death, says so, starts it again after a while."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from backend.embedded.leftovers import ChildList
from backend.embedded.process import kill_group, stop
from backend.embedded.progress import sentence
from backend.embedded.restarts import decide_restart


@dataclass(frozen=True, slots=True)
class Charge:
    """What is kept running, as the keeper needs to know it."""

    name: str
    title: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals
    stop_seconds: float
    # What the child itself says it died of; empty when it does not.
    cause: Callable[[], str] = lambda: ""


class Keeper:
    def __init__(
        self,
        charge: Charge,
        children: ChildList,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.charge = charge
        self.failures = 0
        self._children = children
        self._say = say
        self._clock = clock
        self._child: subprocess.Popen[bytes] | None = None
        self._since = clock()
        self._due = clock()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def adopt(self, child: subprocess.Popen[bytes]) -> None:
        """Keep a child that was started before."""
        self._child = child
        self._since = self._clock()
        self._children.add(self.charge.name, child.pid, self.charge.stop_signal)

    def tick(self) -> None:
        """Look once: bury the dead, start what is due. Quick, and never raises for the child's sake."""
        if self._child is not None and self._child.poll() is not None:
            self._bury(self._child)
        if self._child is None and self._clock() >= self._due:
            self._start()

    def is_steady(self, seconds: float) -> bool:
        """Alive for this long by now."""
        return self._child is not None and self._clock() - self._since >= seconds

    def stop(self, is_urgent: Callable[[], bool]) -> None:
        if self._child is None:
            return
        how = stop(self._child, self.charge.stop_signal, within=self.charge.stop_seconds, is_urgent=is_urgent)
        kill_group(self._child.pid)
        self._children.remove(self.charge.name)
        self._child = None
        self._say(sentence(f"{self.charge.title} {how}."))

    def _start(self) -> None:
        try:
            self.adopt(self.charge.spawn())
        except OSError as error:
            # A full disk, too many processes: it may pass.
            self._plan_restart(127, error.strerror or str(error))
            return
        if self.failures:
            self._say(sentence(f"{self.charge.title} was started again."))

    def _bury(self, child: subprocess.Popen[bytes]) -> None:
        # What the child itself had started dies with it.
        kill_group(child.pid)
        self._child = None
        self._children.remove(self.charge.name)
        self._plan_restart(child.returncode, self.charge.cause())

    def _plan_restart(self, exit_code: int, cause: str) -> None:
        ran = self._clock() - self._since
        restart = decide_restart(self.charge.title, exit_code, ran, self.failures, cause)
        self.failures = restart.failures
        self._due = self._clock() + restart.delay
        self._say(sentence(restart.reason))
