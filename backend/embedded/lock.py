"""One Tocsin per data folder: a file lock that the kernel drops however its holder ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.embedded.errors import AlreadyRunningError, FolderUnusableError


@contextmanager
def sole_user(path: Path) -> Iterator[None]:
    """Hold the lock; raises AlreadyRunningError naming the pid that holds it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderUnusableError(f"The lock file {path} cannot be opened: {error.strerror}.") from error
    try:
        _take(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode().strip() or "unknown"
        raise AlreadyRunningError(
            f"Another Tocsin is already running on the data folder {path.parent} (pid {holder}); "
            "stop it first, or choose another folder with TOCSIN_DATA_DIR."
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
