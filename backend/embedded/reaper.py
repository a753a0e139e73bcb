"""Ends the children of a supervisor that was killed: the second line, after the kernel's death signal.

A child may be deaf to its death signal, and not every system has one. So this process holds a pipe from
the supervisor, and when that closes it ends what is still on the supervisor's list.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from backend.embedded.leftovers import end_child, is_alive, read_children

GRACE_SECONDS = 8.0
PACKAGE_PARENT = Path(__file__).resolve().parents[2]


class Reaper:
    """The supervisor's end of the pipe."""

    def __init__(self, list_file: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "backend.embedded.reaper", str(list_file), str(os.getpid())],
            cwd=PACKAGE_PARENT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def close(self) -> None:
        """Everything is stopped: let it look at the empty list and go."""
        self._process.communicate()


def main(list_file: Path, supervisor: int) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    # Returns when the last writer is gone: the supervisor never writes.
    sys.stdin.buffer.read()
    # At once, since the next start makes a list of its own.
    left = read_children(list_file, owner=supervisor)
    for child in reversed(left):
        if is_alive(child):
            end_child(child, grace=GRACE_SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
