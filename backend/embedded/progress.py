"""What the person at the terminal reads while Tocsin starts, runs and stops."""

import contextlib
import sys
import time
from collections.abc import Iterator

from backend.embedded.stopping import StopRequestedError


class Progress:
    """Lines on stdout; a terminal that went away does not stop us."""

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        """`Starting PostgreSQL ... 0.8 s`."""
        self._write(f"{title} ... ")
        started = time.monotonic()
        try:
            yield
        except StopRequestedError:
            self._write("interrupted\n")
            raise
        except BaseException:
            self._write("failed\n")
            raise
        self._write(f"{time.monotonic() - started:.1f} s\n")

    def say(self, line: str) -> None:
        self._write(f"{line}\n")

    def _write(self, words: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(words)
            sys.stdout.flush()


def sentence(words: str) -> str:
    """Begun with a capital, whatever the caller's title begins with."""
    return words[:1].upper() + words[1:]


def complain(words: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"Tocsin: {sentence(words)}\n")
        sys.stderr.flush()
