import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from backend.embedded.process import NOBODY, Account, run_as, service_account, spawn, stop

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


def test_root_steps_down_to_nobody_and_others_stay_themselves() -> None:
    assert service_account(0) == Account(NOBODY, NOBODY)
    assert service_account(1000) is None


def test_a_child_leads_a_session_of_its_own() -> None:
    child = spawn(["sleep", "60"], env={"PATH": os.environ["PATH"]})

    assert os.getsid(child.pid) == child.pid
    assert stop(child, signal.SIGTERM, within=5) == "stopped"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's")
def test_a_child_dies_with_its_parent() -> None:
    parent = "import backend.embedded.process as p, os\n"
    parent += "child = p.spawn(['sleep', '60'], env=os.environ); print(child.pid, flush=True); os.kill(os.getpid(), 9)"
    told = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=False)

    assert told.returncode == -9
    deadline = time.monotonic() + 5
    while psutil.pid_exists(int(told.stdout)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def deaf_child(tmp_path: Path) -> subprocess.Popen[bytes]:
    with (tmp_path / "said").open("wb") as output:
        child = spawn([sys.executable, "-c", DEAF], env=os.environ, output=output)
    while not (tmp_path / "said").read_bytes():
        time.sleep(0.02)
    return child


def test_a_deaf_child_is_killed_after_its_time(tmp_path: Path) -> None:
    child = deaf_child(tmp_path)

    assert stop(child, signal.SIGTERM, within=0.2).startswith("did not stop and was killed")
    assert child.returncode == -signal.SIGKILL


def test_an_urgent_stop_does_not_wait(tmp_path: Path) -> None:
    child = deaf_child(tmp_path)
    asked = time.monotonic()

    stop(child, signal.SIGTERM, within=30, is_urgent=lambda: True)

    assert time.monotonic() - asked < 5


def test_stopping_what_has_stopped_is_no_error() -> None:
    child = spawn(["true"], env={"PATH": os.environ["PATH"]})
    child.wait()

    assert stop(child, signal.SIGTERM, within=1) == "had stopped before"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs programs as somebody else")
def test_a_short_program_runs_as_the_account_without_roots_groups() -> None:
    user = run_as(["/usr/bin/id", "-u"], env={}, account=Account(NOBODY, NOBODY))
    groups = run_as(["/usr/bin/id", "-G"], env={}, account=Account(NOBODY, NOBODY))

    assert user.stdout.strip() == str(NOBODY)
    assert groups.stdout.strip() == str(NOBODY)
