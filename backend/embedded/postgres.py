"""The embedded PostgreSQL server: how it is started, when it is ready, what a crash left behind."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backend.embedded.binaries import BARE_ENVIRONMENT
from backend.embedded.data_folder import DataFolder
from backend.embedded.leftovers import Child, command_line, end_child, start_mark
from backend.embedded.ports import LOOPBACK
from backend.embedded.postgres_setup import DATABASE, USER
from backend.embedded.process import spawn
from backend.embedded.service import open_log

OPTIONS = {
    "listen_addresses": LOOPBACK,
    # TCP only: a socket's path is limited to 107 bytes and data folders are not.
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    # Compiling costs more than our queries take; solid-state disks read anywhere alike.
    "jit": "off",
    "random_page_cost": "1.1",
}
# For tests only: a power cut may destroy the data.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_STATUS_LINE = 7


@dataclass(frozen=True, slots=True)
class Postgres:
    folder: DataFolder
    binaries: Path
    port: int
    password: str = field(repr=False)
    durable: bool = True
    name: str = "postgres"
    title: str = "PostgreSQL"
    # SIGINT is PostgreSQL's fast shutdown: sessions are ended, nothing needs recovery.
    stop_signal: signal.Signals = signal.SIGINT

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{self.password}@{LOOPBACK}:{self.port}/{DATABASE}"

    def log_file(self) -> Path:
        return self.folder.logs / "postgres.log"

    def spawn(self) -> subprocess.Popen[bytes]:
        self._clear_the_way()
        with open_log(self.log_file()) as log:
            return spawn(
                self._argv(),
                env=BARE_ENVIRONMENT,
                cwd=Path("/"),
                account=self.folder.account,
                death_signal=self.stop_signal,
                output=log,
            )

    def is_ready(self, child: subprocess.Popen[bytes]) -> bool:
        """As pg_ctl does: the server writes its state into its pid file."""
        lines = self._pid_file_lines()
        return (
            len(lines) > _STATUS_LINE and lines[0].strip() == str(child.pid) and lines[_STATUS_LINE].strip() == "ready"
        )

    def _argv(self) -> list[str]:
        options = OPTIONS | ({} if self.durable else FORGETFUL) | {"port": str(self.port)}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.folder.postgres), *settings]

    def _clear_the_way(self) -> None:
        """End a server, or sessions without their server, that a crash left on our data folder.

        We hold the folder's lock, so nobody else's server can be meant.
        """
        pid_file = self.folder.postgres / "postmaster.pid"
        lines = self._pid_file_lines()
        pid = int(lines[0]) if lines and lines[0].strip().isdecimal() else 0
        if pid and str(self.folder.postgres) in command_line(pid):
            end_child(Child(self.name, pid, start_mark(pid) or "", self.stop_signal))
        # A pid that is another program's by now, or of a process that is dead but not buried, PostgreSQL itself would
        # take for a server.
        pid_file.unlink(missing_ok=True)
        for pid in processes_inside(self.folder.postgres):
            # Their server is gone, and they hold the shared memory that the next one needs.
            end_child(Child("session", pid, start_mark(pid) or "", signal.SIGQUIT))

    def _pid_file_lines(self) -> list[str]:
        with contextlib.suppress(OSError):
            return (self.folder.postgres / "postmaster.pid").read_text().splitlines()
        return []


def processes_inside(folder: Path) -> Iterator[int]:
    """Processes that work in a folder; nothing where the system does not tell (outside Linux)."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(entry / "cwd") == str(folder):  # noqa: PTH115 - Path.readlink adds nothing
                yield int(entry.name)
