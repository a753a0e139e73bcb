"""PostgreSQL and Valkey alone, for tests and tools: start, hand out the addresses, stop."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backend.embedded.binaries import postgres_binaries, valkey_binary
from backend.embedded.data_folder import DataFolder, keep_secret, open_data_folder
from backend.embedded.errors import ServiceFailedError
from backend.embedded.leftovers import ChildList, end_leftovers
from backend.embedded.lock import sole_user
from backend.embedded.ports import forget_port, service_port
from backend.embedded.postgres import Postgres
from backend.embedded.postgres_setup import ensure_cluster
from backend.embedded.process import stop
from backend.embedded.service import LeftoverFoundError, PortLostError, Service, wait_until_ready
from backend.embedded.valkey import Valkey

STOP_SECONDS = 30.0
START_ATTEMPTS = 3
Pause = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Services:
    # The user owns the server: it may create databases.
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Running:
    service: Service
    child: subprocess.Popen[bytes]


@contextlib.contextmanager
def run_services(folder: Path, *, durable: bool = True) -> Iterator[Services]:
    """Both services on a data folder of their own; `durable=False` trades safety for speed, in tests.

    Enter it from the main thread. As root the folder must be within reach of uid 65534, which pytest's
    tmp_path is not: see `temporary_folder`.
    """
    data = open_data_folder(folder)
    with sole_user(data.lock), contextlib.ExitStack() as stack:
        end_leftovers(data.children)
        children = ChildList(data.children)
        postgres = start_postgres(data, children, durable=durable)
        stack.callback(stop_service, postgres, children)
        valkey = start_valkey(data, children, durable=durable)
        stack.callback(stop_service, valkey, children)
        yield Services(postgres.service.url, valkey.service.url)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A data folder that the services' account can reach, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tocsin-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start_postgres(
    folder: DataFolder, children: ChildList, *, durable: bool = True, pause: Pause = time.sleep
) -> Running:
    binaries = postgres_binaries(folder)
    password = ensure_cluster(folder, binaries)
    return start_where_free(
        folder,
        "postgres",
        lambda port: Postgres(folder, binaries, port, password, durable=durable),
        children,
        pause,
    )


def start_valkey(
    folder: DataFolder, children: ChildList, *, durable: bool = True, pause: Pause = time.sleep
) -> Running:
    binary = valkey_binary(folder)
    password = keep_secret(folder.secrets / "valkey")

    def valkey(port: int) -> Valkey:
        return Valkey(folder, binary, port, password, durable=durable)

    try:
        return start_where_free(folder, "valkey", valkey, children, pause)
    except ServiceFailedError:
        if not valkey(0).has_data():
            raise
        valkey(0).set_data_aside()
        return start_where_free(folder, "valkey", valkey, children, pause)


def start_where_free(
    folder: DataFolder, name: str, build: Callable[[int], Service], children: ChildList, pause: Pause
) -> Running:
    for _ in range(START_ATTEMPTS):
        service = build(service_port(folder.ports, name).port)
        try:
            return start_service(service, folder, children, pause)
        except PortLostError:
            forget_port(folder.ports, name)
        except LeftoverFoundError:
            # The next try looks again, and ends it.
            continue
    raise ServiceFailedError(f"{name} found its port or its folder taken in {START_ATTEMPTS} attempts.")


def start_service(service: Service, folder: DataFolder, children: ChildList, pause: Pause) -> Running:
    child = service.spawn()
    children.add(service.name, child.pid, service.stop_signal)
    try:
        wait_until_ready(service, child, folder, pause)
    except BaseException:
        stop_service(Running(service, child), children)
        raise
    return Running(service, child)


def stop_service(running: Running, children: ChildList) -> str:
    how = stop(running.child, running.service.stop_signal, within=STOP_SECONDS)
    children.remove(running.service.name)
    return how
