"""The embedded Valkey server. It rings doorbells and holds nothing that PostgreSQL does not know."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import redis

from backend.embedded.binaries import BARE_ENVIRONMENT
from backend.embedded.data_folder import DataFolder, write_whole
from backend.embedded.ports import LOOPBACK
from backend.embedded.process import spawn
from backend.embedded.service import open_log


@dataclass(frozen=True, slots=True)
class Valkey:
    folder: DataFolder
    binary: Path
    port: int
    password: str = field(repr=False)
    durable: bool = True
    name: str = "valkey"
    title: str = "Valkey"
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def log_file(self) -> Path:
        return self.folder.logs / "valkey.log"

    def spawn(self) -> subprocess.Popen[bytes]:
        configuration = self._write_configuration()
        with open_log(self.log_file()) as log:
            return spawn(
                [str(self.binary), str(configuration)],
                env=BARE_ENVIRONMENT,
                cwd=Path("/"),
                account=self.folder.account,
                death_signal=self.stop_signal,
                output=log,
            )

    def is_ready(self, child: subprocess.Popen[bytes]) -> bool:
        if child.poll() is not None:
            return False
        with (
            contextlib.suppress(redis.RedisError, OSError),
            redis.Redis(host=LOOPBACK, port=self.port, password=self.password, socket_timeout=1) as client,
        ):
            # Not merely an answer: another program's Valkey could sit on the port.
            return int(client.info("server")["process_id"]) == child.pid
        return False

    def set_data_aside(self) -> Path:
        """Start anew when the append-only file cannot be read: nothing is lost, things are only later."""
        unreadable = self.folder.valkey.with_name(f"valkey.unreadable-{os.getpid()}")
        self.folder.valkey.replace(unreadable)
        return unreadable

    def has_data(self) -> bool:
        return any(self.folder.valkey.glob("appendonlydir/*"))

    def _write_configuration(self) -> Path:
        """In a file, since argv is everybody's to read and the password is not."""
        self.folder.valkey.mkdir(mode=0o700, exist_ok=True)
        self.folder.own(self.folder.valkey)
        file = self.folder.valkey / "valkey.conf"
        write_whole(file, self._configuration())
        self.folder.own(file)
        return file

    def _configuration(self) -> str:
        append = "yes" if self.durable else "no"
        return "\n".join(
            (
                f"bind {LOOPBACK}",
                f"port {self.port}",
                f"requirepass {self.password}",
                f'dir "{self.folder.valkey}"',
                f"appendonly {append}",
                "appendfsync everysec",
                'save ""',
                "maxmemory-policy noeviction",
                "daemonize no",
                "",
            )
        )
