"""Child processes that do not outlive us and, as root, do not run as root."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NOBODY = 65_534
_PR_SET_PDEATHSIG = 1
# Loaded before any fork: a child between fork and exec must not import.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a service runs as."""

    uid: int
    gid: int


def service_account(effective_uid: int) -> Account | None:
    """PostgreSQL refuses to run as root; None means: as ourselves."""
    return Account(NOBODY, NOBODY) if effective_uid == 0 else None


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path | None = None,
    account: Account | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    output: IO[bytes] | None = None,
    errors: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own; it gets `death_signal` when we die (on Linux).

    Call it from the main thread only: the kernel sends the signal when the calling *thread* ends.
    """
    return subprocess.Popen(  # noqa: S603 - argv is ours
        list(argv),
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors or output,
        # Away from the terminal's Ctrl-C: the order of stopping is ours to choose.
        start_new_session=True,
        preexec_fn=_before_exec(death_signal, os.getpid()),  # noqa: PLW1509 - two system calls, nothing else
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def run_as(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    account: Account | None,
    stdin: str | None = None,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a short program to its end; it is killed when we die, so whatever it makes must be a draft."""
    return subprocess.run(  # noqa: S603 - argv is ours
        list(argv),
        env=dict(env),
        cwd="/",
        input=stdin or "",
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=timeout,
        start_new_session=True,
        preexec_fn=_before_exec(signal.SIGKILL, os.getpid()),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def end_with_parent(death_signal: signal.Signals = signal.SIGTERM) -> None:
    """Ask for a signal when whoever started us dies (on Linux): `just up` killed hard must not leave us."""
    _before_exec(death_signal, os.getppid())()


def stop(
    child: subprocess.Popen[bytes],
    by: signal.Signals,
    *,
    within: float,
    is_urgent: Callable[[], bool] = lambda: False,
) -> str:
    """Ask politely, then insist with the whole process group; returns how it went."""
    if child.poll() is not None:
        return "had stopped before"
    child.send_signal(by)
    asked = time.monotonic()
    while child.poll() is None:
        if time.monotonic() - asked > within or is_urgent():
            kill_group(child.pid)
            child.wait()
            return f"did not stop and was killed after {time.monotonic() - asked:.0f} s"
        time.sleep(0.02)
    return "stopped"


def kill_group(pid: int) -> None:
    """SIGKILL a child of `spawn` and what it started; silent if it is gone."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _before_exec(death_signal: signal.Signals, parent: int) -> Callable[[], None]:
    def ask_for_death_signal() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(death_signal), 0, 0, 0)
        # The parent may have died before the kernel knew that we care.
        if os.getppid() != parent:
            os.kill(os.getpid(), death_signal)

    return ask_for_death_signal
