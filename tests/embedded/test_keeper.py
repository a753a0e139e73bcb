import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.embedded.keeper import Charge, Keeper
from backend.embedded.leftovers import ChildList, read_children
from backend.embedded.process import spawn
from backend.embedded.restarts import FIRST_DELAY
from tests.support.running_up import eventually


class Bench:
    """A keeper of a sleeping child, with a clock of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.now = 0.0
        self.said: list[str] = []
        self.list_file = folder / "children.json"
        self.spawn: Callable[[], subprocess.Popen[bytes]] = lambda: spawn(["sleep", "60"], env=os.environ)
        charge = Charge("worker", "the worker", self._spawn, signal.SIGTERM, 5.0, cause=lambda: "worn out")
        self.keeper = Keeper(charge, ChildList(self.list_file), self.said.append, lambda: self.now)

    def _spawn(self) -> subprocess.Popen[bytes]:
        return self.spawn()

    def is_running(self) -> bool:
        return self.keeper.pid is not None

    def listed(self) -> list[str]:
        return [child.name for child in read_children(self.list_file)]

    def kill(self) -> None:
        pid = self.keeper.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

        def buried() -> bool:
            self.keeper.tick()
            return self.keeper.pid is None

        eventually(buried)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.keeper.stop(lambda: True)


def test_the_first_look_starts_the_child_and_lists_it(bench: Bench) -> None:
    bench.keeper.tick()

    assert bench.is_running()
    assert bench.listed() == ["worker"]
    assert bench.said == []


def test_a_killed_child_is_started_again_when_it_is_due_and_not_before(bench: Bench) -> None:
    bench.keeper.tick()
    bench.now = 40.0
    bench.kill()
    assert bench.listed() == []

    bench.keeper.tick()
    assert not bench.is_running()
    bench.now += FIRST_DELAY
    bench.keeper.tick()

    assert bench.is_running()
    assert bench.said == [
        "The worker was killed by SIGKILL after 40 s (worn out); starting it again in 0.2 s.",
        "The worker was started again.",
    ]


def test_a_child_that_cannot_even_be_started_is_tried_again_later(bench: Bench) -> None:
    def out_of_room() -> subprocess.Popen[bytes]:
        raise OSError(28, "No space left on device")

    works, bench.spawn = bench.spawn, out_of_room
    bench.keeper.tick()
    assert "The worker stopped with exit code 127 after 0 s (No space left on device)" in bench.said[0]

    bench.spawn = works
    bench.now += FIRST_DELAY
    bench.keeper.tick()
    assert bench.is_running()


def test_a_child_is_steady_once_it_has_run_for_a_while(bench: Bench) -> None:
    assert not bench.keeper.is_steady(1.0)
    bench.keeper.tick()
    assert not bench.keeper.is_steady(1.0)

    bench.now = 1.0
    assert bench.keeper.is_steady(1.0)


def test_a_stopped_child_is_off_the_list_and_stopping_twice_is_no_error(bench: Bench) -> None:
    bench.keeper.tick()

    bench.keeper.stop(lambda: False)
    bench.keeper.stop(lambda: False)

    assert bench.listed() == []
    assert bench.said == ["The worker stopped."]
