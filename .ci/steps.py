# ruff: noqa: INP001 - scripts that run before anything is installed
"""Steps of an installation: shown while they run, timed, taken by one process at a time."""

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
# There while .venv is being made or changed: what an interruption leaves behind is not trusted.
UNFINISHED = ROOT / ".cache" / "unfinished"


class StepError(Exception):
    """One sentence for the person at the terminal."""


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done and how long it took."""
    say(f"{title} ... ", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - started:.1f} s")


def run(argv: Sequence[str | Path]) -> None:
    """Run a tool in the checkout; its words are shown only when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - the argv are this folder's own
            [str(word) for word in argv],
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise StepError(f"{argv[0]} cannot be run: {error.strerror}.") from error
    if done.returncode == 0:
        return
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    if "No space left on device" in said or "ENOSPC" in said:
        raise StepError(f"The disk under {ROOT} is full; make room and run the same command again.")
    words = "\n".join(f"    {line}" for line in said.strip().splitlines()[-20:])
    raise StepError(f"{Path(argv[0]).name} failed with exit code {done.returncode}; its last words:\n{words}")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two `./just` in one checkout take turns."""
    lock = ROOT / ".cache" / "install.lock"
    try:
        lock.parent.mkdir(exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StepError(f"The checkout {ROOT} is not writable: {error.strerror}.") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./just is installing here; waiting for it.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def marked_unfinished() -> Iterator[None]:
    UNFINISHED.touch()
    yield
    UNFINISHED.unlink()


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Changes whenever a file is added, removed, renamed or changed."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(ROOT)} {content}\n".encode())
    return digest.hexdigest()


def is_current(stamp: Path, expected: str) -> bool:
    with contextlib.suppress(OSError):
        return stamp.read_text().strip() == expected
    return False


def write_stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    draft = stamp.with_name(f"{stamp.name}.new")
    draft.write_text(f"{value}\n")
    draft.replace(stamp)


def say(words: str, end: str = "\n") -> None:
    sys.stdout.write(f"{words}{end}")
    sys.stdout.flush()


def fail(error: Exception) -> int:
    full = isinstance(error, OSError) and error.errno == errno.ENOSPC
    sys.stderr.write(f"Tocsin: {f'the disk under {ROOT} is full' if full else error}\n")
    return 1
