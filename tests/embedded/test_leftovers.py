import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded.leftovers import (
    Child,
    ChildList,
    command_line,
    end_leftovers,
    is_alive,
    read_children,
    start_mark,
)
from tests.support.running_up import eventually


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(["sleep", "60"], start_new_session=True)
    yield child
    child.kill()
    child.wait()


def test_the_list_outlives_its_writer_in_starting_order(tmp_path: Path) -> None:
    children = ChildList(tmp_path / "children.json")
    for name in ("postgres", "valkey", "api"):
        children.add(name, os.getpid(), signal.SIGTERM)
    children.remove("valkey")
    children.remove("unknown")

    assert [child.name for child in read_children(tmp_path / "children.json")] == ["postgres", "api"]


def test_another_supervisors_list_is_nobody_elses(tmp_path: Path) -> None:
    ChildList(tmp_path / "children.json").add("api", os.getpid(), signal.SIGTERM)

    assert read_children(tmp_path / "children.json", owner=os.getpid())
    assert read_children(tmp_path / "children.json", owner=os.getpid() + 1) == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"owner": 1, "children": [{"pid": 1}]}'])
def test_a_damaged_list_is_an_empty_one(tmp_path: Path, content: str) -> None:
    (tmp_path / "children.json").write_text(content)

    assert end_leftovers(tmp_path / "children.json") == []


def test_what_is_left_running_is_ended_and_named(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    ChildList(tmp_path / "children.json").add("api", sleeper.pid, signal.SIGTERM)

    assert end_leftovers(tmp_path / "children.json") == ["api"]
    assert sleeper.wait() == -signal.SIGTERM
    assert not (tmp_path / "children.json").exists()


def test_a_later_process_with_the_same_pid_is_left_alone(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    entry = {"name": "api", "pid": sleeper.pid, "started": "12", "stop_signal": 15}
    (tmp_path / "children.json").write_text(json.dumps({"owner": 1, "children": [entry]}))

    assert end_leftovers(tmp_path / "children.json") == []
    assert sleeper.poll() is None


def test_what_does_not_stop_is_killed(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    # Nothing happens on SIGWINCH.
    ChildList(tmp_path / "children.json").add("api", sleeper.pid, signal.SIGWINCH)

    end_leftovers(tmp_path / "children.json", grace=0.2)

    assert sleeper.wait() == -signal.SIGKILL


def test_the_dead_and_the_undead_are_not_alive(sleeper: subprocess.Popen[bytes]) -> None:
    child = Child("api", sleeper.pid, start_mark(sleeper.pid) or "", 15)
    assert is_alive(child)

    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert not is_alive(child), "a zombie"

    sleeper.wait()
    assert not is_alive(child)
    assert command_line(sleeper.pid) == ""


def test_a_process_is_known_by_its_command_line(sleeper: subprocess.Popen[bytes]) -> None:
    # The kernel sets it a moment after the child has become another program.
    eventually(lambda: command_line(sleeper.pid) == "sleep 60")
