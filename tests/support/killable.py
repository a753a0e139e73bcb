"""PostgreSQL and Valkey of a test's own, to be killed and started again on the same ports."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from backend.embedded.data_folder import DataFolder, open_data_folder
from backend.embedded.leftovers import ChildList
from backend.embedded.lock import sole_user
from backend.embedded.services import (
    Running,
    start_postgres,
    start_service,
    start_valkey,
    stop_service,
    temporary_folder,
)


class Killable:
    """One service; to be used from the main thread, which its process is bound to."""

    def __init__(self, data: DataFolder, children: ChildList, running: Running) -> None:
        self._data = data
        self._children = children
        self._running = running

    @property
    def url(self) -> str:
        return self._running.service.url

    def kill(self) -> None:
        os.kill(self._running.child.pid, signal.SIGKILL)
        self._running.child.wait()

    def start(self) -> None:
        self._running = start_service(self._running.service, self._data, self._children, time.sleep)

    def stop(self) -> None:
        if self._running.child.poll() is None:
            stop_service(self._running, self._children)


@contextmanager
def killable() -> Iterator[tuple[Killable, Killable]]:
    """PostgreSQL and Valkey."""
    with temporary_folder() as folder, ExitStack() as stack:
        data = open_data_folder(folder)
        stack.enter_context(sole_user(data.lock))
        children = ChildList(data.children)
        yield _started(start_postgres, data, children, stack), _started(start_valkey, data, children, stack)


def _started(start: Callable[..., Running], data: DataFolder, children: ChildList, stack: ExitStack) -> Killable:
    service = Killable(data, children, start(data, children, durable=True))
    stack.callback(service.stop)
    return service
