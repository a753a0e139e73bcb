"""What PostgreSQL and Valkey have in common: started, waited for, stopped."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from backend.embedded.data_folder import DataFolder, disk_full
from backend.embedded.errors import DiskFullError, ServiceFailedError
from backend.embedded.postgres_setup import last_words
from backend.embedded.process import stop

START_SECONDS = 300.0  # recovery after a crash reads the whole log
MAX_LOG_BYTES = 16 * 1024 * 1024


class Service(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def stop_signal(self) -> signal.Signals: ...
    def spawn(self) -> subprocess.Popen[bytes]: ...
    def is_ready(self, child: subprocess.Popen[bytes]) -> bool: ...
    def log_file(self) -> Path: ...


class PortLostError(Exception):
    """The port was free when we looked and is not any more."""


class LeftoverFoundError(Exception):
    """A server that a crash left behind showed itself only after we had looked for one."""


def wait_until_ready(
    service: Service,
    child: subprocess.Popen[bytes],
    folder: DataFolder,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Return once the service answers; raises what it died of. `pause` may raise to give up."""
    log = service.log_file()
    deadline = time.monotonic() + START_SECONDS
    while not service.is_ready(child):
        if child.poll() is not None:
            raise cause_of_death(service, folder, tail(log))
        if time.monotonic() > deadline:
            stop(child, service.stop_signal, within=10)
            raise ServiceFailedError(f"{service.title} was not ready after {START_SECONDS:.0f} s; see {log}.")
        pause(0.02)


def cause_of_death(service: Service, folder: DataFolder, words: str) -> Exception:
    if "No space left on device" in words:
        return DiskFullError(disk_full(folder.root))
    if "Address already in use" in words:
        return PortLostError(service.name)
    if 'lock file "postmaster.pid" already exists' in words:
        return LeftoverFoundError(service.name)
    return ServiceFailedError(f"{service.title} stopped while starting: {last_words(words)} (see {service.log_file()})")


def cause_in_log(service: Service, folder: DataFolder) -> str:
    """What a service that died while it ran said last, if that explains it."""
    words = tail(service.log_file())
    if "No space left on device" in words:
        return f"the disk under {folder.root} is full"
    fatal = [line for line in words.splitlines() if "FATAL" in line or "PANIC" in line]
    return fatal[-1] if fatal else ""


def open_log(file: Path) -> IO[bytes]:
    """Append to the service's log; a long one is put aside first."""
    if file.exists() and file.stat().st_size > MAX_LOG_BYTES:
        file.replace(file.with_name(f"{file.name}.1"))
    log = file.open("ab")
    log.write(b"--- start ---\n")
    log.flush()
    return log


def tail(file: Path) -> str:
    """What the service said since it was last started, at most 8 kB."""
    with file.open("rb") as log:
        log.seek(max(0, file.stat().st_size - 8192))
        return log.read().decode(errors="replace").rpartition("--- start ---")[2]
