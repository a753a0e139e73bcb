"""A running `tests.support.fake_up`, as a story sees it from outside."""

import contextlib
import json
import os
import pwd
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from backend.embedded.leftovers import read_children
from backend.embedded.ports import CANDIDATES, is_free
from backend.embedded.process import NOBODY, Account

CHECKOUT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60.0


@dataclass(slots=True)
class Up:
    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    @property
    def output(self) -> str:
        return output_file(self.folder).read_text(errors="replace")

    def children(self) -> dict[str, int]:
        """Names and pids, in starting order."""
        return {child.name: child.pid for child in read_children(self.folder / "data" / "children.json")}

    def addresses(self) -> dict[str, str]:
        addresses: dict[str, str] = json.loads(ready_file(self.folder).read_text())
        return addresses

    def family(self) -> list[psutil.Process]:
        """The supervisor and everything below it, PostgreSQL's own processes included."""
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]

    def wait_ready(self) -> None:
        eventually(lambda: ready_file(self.folder).exists() or self._ended(), READY_SECONDS)
        assert self.process.poll() is None, self.output

    def wait_ended(self, seconds: float = 60.0) -> int:
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise AssertionError(f"still running:\n{self.output}") from error

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def _ended(self) -> bool:
        return self.process.poll() is not None


@contextlib.contextmanager
def scratch(account: Account | None = None) -> Iterator[Path]:
    """A folder that the services' account can reach, and that `account` owns."""
    folder = Path(tempfile.mkdtemp(prefix="tocsin-story-"))
    folder.chmod(0o755)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def starting_up(
    folder: Path,
    *,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    wrap: Callable[[list[str]], list[str]] = list,
) -> Iterator[Up]:
    """Start it; whatever the story does, nothing of it is left afterwards."""
    # At random: several stories may look at the same moment.
    port = next(port for port in random.sample(CANDIDATES, 100) if is_free("127.0.0.1", port))
    ready_file(folder).unlink(missing_ok=True)
    with output_file(folder).open("wb") as output:
        process = subprocess.Popen(
            wrap(command_as(account, [sys.executable, "-m", "tests.support.fake_up"])),
            cwd=CHECKOUT,
            env=environment(folder, port) | dict(env or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Up(process, folder, port)
    try:
        yield running
    finally:
        end(running)


@contextlib.contextmanager
def ready_up(folder: Path, **options: Mapping[str, str]) -> Iterator[Up]:
    with starting_up(folder, env=options.get("env")) as running:
        running.wait_ready()
        yield running


def environment(folder: Path, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    return inherited | {
        "TOCSIN_DATA_DIR": str(folder / "data"),
        "TOCSIN_PORT": str(port),
        "FAKE_READY_FILE": str(ready_file(folder)),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def ordinary_account() -> Account | None:
    """When the stories run as root, somebody else with a name; None: we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    other = next(user for user in pwd.getpwall() if user.pw_uid not in {0, NOBODY})
    return Account(other.pw_uid, other.pw_gid)


def nameless_account() -> Account:
    known = {user.pw_uid for user in pwd.getpwall()}
    uid = next(uid for uid in range(60_000, 65_000) if uid not in known)
    return Account(uid, uid)


def command_as(account: Account | None, argv: list[str]) -> list[str]:
    """Run as somebody else, who may read what root may (the interpreter may lie below /root) but not write."""
    if account is None:
        return argv
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv is not installed")
    identity = [f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups"]
    reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return [setpriv, *identity, *reading, *argv]


def end(running: Up) -> None:
    """Also what the story's own kills, or a failing story, have cut off from the process we started."""
    family = relatives(ready_file(running.folder))
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    gone_within(family, 20)
    running.process.wait()
    for child in running.children().values():
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def relatives(mark: Path) -> list[psutil.Process]:
    """Every process whose environment names this story's own file."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get("FAKE_READY_FILE") == str(mark):
                found.append(process)
    return found


def gone_within(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that are still there after a while; zombies are gone."""

    def left() -> list[psutil.Process]:
        return [one for one in processes if one.is_running() and status(one) != psutil.STATUS_ZOMBIE]

    with contextlib.suppress(AssertionError):
        eventually(lambda: not left(), seconds)
    return left()


def status(process: psutil.Process) -> str:
    try:
        return str(process.status())
    except psutil.NoSuchProcess:
        return psutil.STATUS_ZOMBIE


def eventually(is_true: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s"
        time.sleep(0.05)


def ready_file(folder: Path) -> Path:
    return folder / "ready.json"


def output_file(folder: Path) -> Path:
    return folder / "output.txt"
