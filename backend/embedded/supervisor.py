"""Runs the children side by side and stops them in the reverse order of their start."""

import http.client
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from backend.embedded.errors import ServiceFailedError
from backend.embedded.keeper import Keeper
from backend.embedded.stopping import StopRequest

READY_SECONDS = 180.0
# Something that dies at once is up for a moment too.
STEADY_SECONDS = 1.0
# A program that dies this often before it was ever ready will not get better by itself.
HOPELESS_FAILURES = 4
PROBE_SECONDS = 3.0


class Supervisor:
    def __init__(self, request: StopRequest) -> None:
        self._request = request
        self._keepers: list[Keeper] = []

    def keep(self, keeper: Keeper) -> None:
        self._keepers.append(keeper)

    def start(self, keeper: Keeper) -> None:
        self.keep(keeper)
        keeper.tick()

    def wait_until(self, is_ready: Callable[[], bool], what: str) -> None:
        """Keep everything running until `is_ready`; raises ServiceFailedError when it is hopeless."""
        deadline = time.monotonic() + READY_SECONDS
        while not (is_ready() and all(keeper.is_steady(STEADY_SECONDS) for keeper in self._keepers)):
            self._tick()
            self._refuse_the_hopeless()
            if time.monotonic() > deadline:
                raise ServiceFailedError(f"{what}: not ready after {READY_SECONDS:.0f} s.")
            self._request.pause(0.1)

    def run(self) -> None:
        """Restart what dies, for ever; raises StopRequestedError."""
        while True:
            self._tick()
            self._request.pause(0.1)

    def stop_all(self) -> None:
        """The programs in the order in which they were started, then the services from last to first."""
        while self._keepers:
            self._keepers.pop().stop(lambda: self._request.is_urgent)

    def _refuse_the_hopeless(self) -> None:
        for keeper in self._keepers:
            if keeper.failures >= HOPELESS_FAILURES:
                raise ServiceFailedError(
                    f"{keeper.charge.title} stopped {keeper.failures} times while starting; "
                    "its own messages above say why."
                )

    def _tick(self) -> None:
        for keeper in self._keepers:
            keeper.tick()


def answers(url: str) -> bool:
    """Whether a GET is answered with 200; the programs' own health tells what that takes."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def all_answer(urls: Sequence[str]) -> bool:
    return all(answers(url) for url in urls)
