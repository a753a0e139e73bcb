"""The egress guard for libraries that speak through `requests`, as Apprise's services do, each from a thread.

`requests` makes a session for each call. Within `dialling` that session ignores the environment's proxies and
passwords, and its connections go to addresses that the guard has judged; outside of it, it is as ever. Apprise's own
sessions with a policy are built alike (apprise.utils.http), but its services do not use them.
"""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock
from typing import Any, TypeVar

import requests
import requests.adapters
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from backend.core.egress import LONGEST_LOOK_UP, EgressError, EgressGuard

# Of one address; seconds.
_LONGEST_CONNECT = 5.0

SocketT = TypeVar("SocketT", bound=socket.socket)


class Dialling:
    """The connections of one call: where they may go, what was refused, and how to cut them off."""

    def __init__(self, guard: EgressGuard, clear_guard: EgressGuard, loop: asyncio.AbstractEventLoop) -> None:
        """`clear_guard` judges http://; `loop` is that of the guards, and runs in another thread."""
        self._guard = guard
        self._clear_guard = clear_guard
        self._loop = loop
        self._lock = Lock()
        self._sockets: list[socket.socket] = []
        self._is_cut = False
        self.refused: EgressError | None = None

    def connect(self, host: str, port: int, *, in_clear: bool) -> socket.socket:
        """Dial the first judged address that answers; OSError when none does or the guard refuses."""
        failure: OSError | None = None
        for address in self._addresses(host, port, in_clear=in_clear):
            if self._is_cut:
                break
            try:
                return self.keep(socket.create_connection((address, port), _LONGEST_CONNECT))
            except OSError as error:
                failure = error
        raise failure or OSError(f"{host} has no address.")

    def keep(self, found: SocketT) -> SocketT:
        """Remember a socket of this call; OSError when its time is over."""
        with self._lock:
            self._sockets.append(found)
            if not self._is_cut:
                return found
        found.close()
        raise OSError("The time for this message is over.")

    def cut(self) -> None:
        """End the call from outside: its thread finds every connection closed, and gets no other."""
        with self._lock:
            self._is_cut = True
            sockets = tuple(self._sockets)
        for one in sockets:
            # Closed meanwhile, or handed over to TLS, whose own socket is kept as well.
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _addresses(self, host: str, port: int, *, in_clear: bool) -> list[str]:
        guard = self._clear_guard if in_clear else self._guard
        looking = asyncio.run_coroutine_threadsafe(guard.addresses(host, port), self._loop)
        try:
            return looking.result(LONGEST_LOOK_UP + 1)
        except EgressError as error:
            self.refused = error
            raise OSError(error.detail) from error
        except TimeoutError as error:
            looking.cancel()
            raise OSError(f"The host name {host} cannot be resolved.") from error


_dialling: ContextVar[Dialling | None] = ContextVar("_dialling", default=None)


@contextmanager
def dialling(through: Dialling) -> Iterator[None]:
    """Within it, every session of `requests` made in this thread reaches judged addresses only."""
    token = _dialling.set(through)
    try:
        yield
    finally:
        _dialling.reset(token)


class _Guarded(HTTPConnection):
    """urllib3's connection, dialled by the guard; TLS and the Host header keep the name."""

    def _new_conn(self) -> socket.socket:
        through = _dialling.get()
        if through is None:
            raise NewConnectionError(self, "Nothing is dialled outside of a call.")
        is_secure = isinstance(self, HTTPSConnection)
        try:
            found = through.connect(self._dns_host, self.port, in_clear=not is_secure)
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host} did not answer.") from error
        except OSError as error:
            raise NewConnectionError(self, f"No connection: {error}") from error
        if isinstance(self.timeout, int | float):
            found.settimeout(self.timeout)
        return found


class _SecureConnection(_Guarded, HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        through = _dialling.get()
        if through is not None:
            # TLS's socket, where urllib3 has the plain one at first.
            through.keep(self.sock)


class _ClearPool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _GuardedAdapter(requests.adapters.HTTPAdapter):
    def init_poolmanager(
        self,
        connections: int,
        maxsize: int,
        block: bool = False,  # noqa: FBT001, FBT002 - the signature of requests
        **pool_kwargs: Any,  # Any: urllib3's options
    ) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _ClearPool, "https": _SecurePool}

    def proxy_manager_for(self, proxy: str, **_: object) -> ProxyManager:
        raise requests.exceptions.ProxyError(f"{proxy.partition('://')[0]} proxies would dial for us unchecked.")


_plain_start = requests.Session.__init__


def _start(self: requests.Session) -> None:
    _plain_start(self)
    if _dialling.get() is not None:
        self.trust_env = False
        self.mount("http://", _GuardedAdapter())
        self.mount("https://", _GuardedAdapter())


# In place, because services have taken the class by name already.
requests.Session.__init__ = _start  # type: ignore[method-assign]  # that is the point
