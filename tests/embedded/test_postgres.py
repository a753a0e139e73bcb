"""What a crash may leave on the data folder, and a start that gets past it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.embedded.data_folder import DataFolder, open_data_folder
from backend.embedded.leftovers import ChildList, start_mark
from backend.embedded.postgres import Postgres
from backend.embedded.services import Running, start_postgres, stop_service, temporary_folder


@contextmanager
def started(data: DataFolder) -> Iterator[Running]:
    children = ChildList(data.children)
    running = start_postgres(data, children, durable=False)
    try:
        yield running
    finally:
        stop_service(running, children)


@pytest.fixture
def data() -> Iterator[DataFolder]:
    """A data folder with a cluster in it that no server uses."""
    with temporary_folder() as folder:
        opened = open_data_folder(folder)
        with started(opened):
            pass
        yield opened


@contextmanager
def zombie(data: DataFolder) -> Iterator[int]:
    """A process of PostgreSQL's user that has ended and is not buried: the system still knows its number."""
    child = subprocess.Popen(["/bin/true"], user=data.account.uid if data.account else None)
    try:
        while start_mark(child.pid) is not None:
            pass
        yield child.pid
    finally:
        child.wait()


def pid_file(data: DataFolder) -> Path:
    return data.postgres / "postmaster.pid"


def test_the_pid_file_of_a_server_that_is_dead_but_not_buried_is_removed(data: DataFolder) -> None:
    with zombie(data) as pid:
        pid_file(data).write_text(f"{pid}\n{data.postgres}\n")
        with started(data) as running:
            assert pid_file(data).read_text().splitlines()[0] == str(running.child.pid)


def test_a_server_that_shows_itself_only_after_we_looked_is_ended_at_the_next_try(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([False])
    look = Postgres._clear_the_way

    def look_too_early_first(postgres: Postgres) -> None:
        if next(looks, True):
            look(postgres)

    left = start_postgres(data, ChildList(data.children), durable=False)
    try:
        monkeypatch.setattr(Postgres, "_clear_the_way", look_too_early_first)
        with started(data) as running:
            assert left.child.wait(timeout=10) is not None
            assert running.child.poll() is None
    finally:
        left.child.kill()
        left.child.wait()
