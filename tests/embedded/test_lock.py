import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded.errors import AlreadyRunningError, FolderUnusableError
from backend.embedded.lock import sole_user


def test_a_second_user_is_refused_and_told_who_is_first(tmp_path: Path) -> None:
    with (
        sole_user(tmp_path / "lock"),
        pytest.raises(AlreadyRunningError, match=rf"already running .*{tmp_path} \(pid {os.getpid()}\)"),
        sole_user(tmp_path / "lock"),
    ):
        pytest.fail("two at once")


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with sole_user(tmp_path / "lock"):
            pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = "import os, sys, pathlib, backend.embedded.lock as l\n"
    holder += "with l.sole_user(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    died = subprocess.run([sys.executable, "-c", holder, tmp_path / "lock"], check=False)
    assert died.returncode == -9

    with sole_user(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_children_do_not_inherit_the_lock(tmp_path: Path) -> None:
    with sole_user(tmp_path / "lock"):
        child = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        with sole_user(tmp_path / "lock"):
            pass
    finally:
        child.kill()
        child.wait()


def test_a_lock_that_cannot_be_opened_is_an_unusable_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusableError, match="cannot be opened"), sole_user(tmp_path / "no" / "lock"):
        pytest.fail("there is no such folder")
