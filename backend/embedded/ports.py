"""Ports of the embedded services: picked once, remembered in the data folder."""

import contextlib
import errno
import json
import random
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.data_folder import write_whole
from backend.embedded.errors import PortTakenError

LOOPBACK = "127.0.0.1"
# Below the range from which Linux and macOS take ports for outgoing connections: one of those could
# sit on ours just while the service restarts.
CANDIDATES = range(20_000, 32_000)


@dataclass(frozen=True, slots=True)
class PortChoice:
    port: int
    reason: str


def choose_port(remembered: int | None, candidates: Iterable[int], is_free: Callable[[int], bool]) -> PortChoice:
    if remembered is not None and is_free(remembered):
        return PortChoice(remembered, "the same as last time")
    why = "the first start" if remembered is None else f"port {remembered} of last time is taken"
    for port in candidates:
        if port != remembered and is_free(port):
            return PortChoice(port, why)
    raise PortTakenError(f"No free port between {CANDIDATES.start} and {CANDIDATES.stop} on {LOOPBACK}.")


def service_port(file: Path, name: str) -> PortChoice:
    """Choose the service's port and remember it."""
    ports = read_ports(file)
    others = {port for service, port in ports.items() if service != name}
    candidates = (port for port in random.sample(CANDIDATES, 200) if port not in others)
    choice = choose_port(ports.get(name), candidates, lambda port: is_free(LOOPBACK, port))
    write_whole(file, json.dumps(ports | {name: choice.port}))
    return choice


def forget_port(file: Path, name: str) -> None:
    """Someone else took it between our look and the service's start."""
    write_whole(file, json.dumps({key: port for key, port in read_ports(file).items() if key != name}))


def read_ports(file: Path) -> dict[str, int]:
    # A damaged memory only means other ports.
    with contextlib.suppress(OSError, ValueError):
        stored = json.loads(file.read_text())
        if isinstance(stored, dict):
            return {str(name): port for name, port in stored.items() if isinstance(port, int)}
    return {}


def is_free(host: str, port: int) -> bool:
    return problem_binding(host, port) is None


def problem_binding(host: str, port: int) -> OSError | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error
    return None


def refuse_taken_port(host: str, port: int) -> None:
    """Raises PortTakenError with one sentence that names the port and TOCSIN_PORT."""
    problem = problem_binding(host, port)
    if problem is None:
        return
    if isinstance(problem, socket.gaierror) or problem.errno == errno.EADDRNOTAVAIL:
        raise PortTakenError(f"{host} is not an address of this machine; change TOCSIN_HOST.") from problem
    if problem.errno == errno.EACCES:
        raise PortTakenError(
            f"Port {port} may not be opened by this user; choose one above 1023 with TOCSIN_PORT."
        ) from problem
    raise PortTakenError(
        f"Port {port} on {host} is taken by another program; stop it, or choose another with TOCSIN_PORT."
    ) from problem
