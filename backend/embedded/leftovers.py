"""Children of a Tocsin that was killed: written down while they run, ended before the next start."""

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

GRACE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    pid: int
    # Tells this process from a later one with the same pid.
    started: str
    stop_signal: int


class ChildList:
    """The children that run now, in starting order, as a file that outlives us."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._children: dict[str, Child] = {}

    def add(self, name: str, pid: int, stop_signal: signal.Signals) -> None:
        self._children[name] = Child(name, pid, start_mark(pid) or "", stop_signal)
        self._write()

    def remove(self, name: str) -> None:
        if self._children.pop(name, None) is not None:
            self._write()

    def _write(self) -> None:
        draft = self._file.with_name(f".{self._file.name}.new")
        entries = [asdict(child) for child in self._children.values()]
        # On a full disk the list is late, which is no reason to stop; the kernel's death signals remain.
        with contextlib.suppress(OSError):
            draft.write_text(json.dumps({"owner": os.getpid(), "children": entries}))
            draft.replace(self._file)


def read_children(file: Path, owner: int | None = None) -> list[Child]:
    """The list, of anybody's or of one supervisor's children."""
    # A damaged list is the same as none: the services' own checks remain.
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        stored = json.loads(file.read_text())
        if owner in {None, stored["owner"]}:
            return [Child(**entry) for entry in stored["children"]]
    return []


def end_leftovers(file: Path, *, grace: float = GRACE_SECONDS) -> list[str]:
    """End what is left of the list, last started first; the names of those that were still there."""
    left = [child for child in reversed(read_children(file)) if is_alive(child)]
    for child in left:
        end_child(child, grace=grace)
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
    return [child.name for child in left]


def end_child(child: Child, *, grace: float = GRACE_SECONDS) -> None:
    _signal(child, child.stop_signal)
    if not _gone_within(child, grace):
        _kill(child)
        _gone_within(child, grace)


def is_alive(child: Child) -> bool:
    return start_mark(child.pid) == child.started


def start_mark(pid: int) -> str | None:
    """When the process started, in the system's own words; None when it is gone or a zombie."""
    try:
        # After the last ")": the program's name may hold anything. Field 3 is the state, 22 the start.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return _start_mark_by_ps(pid)
    return None if fields[0] in {"Z", "X"} else fields[19]


def command_line(pid: int) -> str:
    """What a process was started as; empty when it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
    return _ps(pid, "command=")


def _start_mark_by_ps(pid: int) -> str | None:
    if Path("/proc/self/stat").exists():
        return None
    state, _, started = _ps(pid, "state=,lstart=").partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def _ps(pid: int, columns: str) -> str:
    if Path("/proc/self/stat").exists():
        return ""
    done = subprocess.run(  # noqa: S603 - a number and a constant
        ["/bin/ps", "-o", columns, "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def _gone_within(child: Child, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(child):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _signal(child: Child, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(child.pid, number)


def _kill(child: Child) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
