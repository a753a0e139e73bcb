"""HTTP load from a process of its own: connections that each send a request, read its reply and send the next."""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvloop

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = 16
SECONDS = 1.5
_WARM_UP = 0.3


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    # One header line: who is asking.
    caller: str
    body: str = ""

    @property
    def text(self) -> str:
        """The request as it goes over the wire; all of it ASCII."""
        head = f"{self.method} {self.path} HTTP/1.1\r\nHost: bench\r\n{self.caller}\r\n"
        if self.body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n"
        return f"{head}\r\n{self.body}"


def rate(port: int, requests: list[Request], *, connections: int = CONNECTIONS) -> float:
    """Replies a second to these requests, drawn by chance; raises when one of them is not a success."""
    order = json.dumps({"port": port, "connections": connections, "requests": [asked.text for asked in requests]})
    argv = [sys.executable, "-m", "tests.bench.load"]
    done = subprocess.run(argv, input=order, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return float(done.stdout)


class _Tally:
    """What all connections share: the requests, and how many replies came while it counts."""

    def __init__(self, requests: list[bytes]) -> None:
        self._requests = requests
        self._draw = random.Random(7)
        self.count = 0
        self.refusal: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def next_request(self) -> bytes:
        return self._draw.choice(self._requests)

    def refuse(self, why: str) -> None:
        if not self.refusal.done():
            self.refusal.set_exception(RuntimeError(why))


class _Connection(asyncio.Protocol):
    def __init__(self, tally: _Tally) -> None:
        self._tally = tally
        self._received = b""
        self._write: Callable[[bytes], None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transport has what asyncio's has, and is no subclass of it.
        self._write = cast("asyncio.Transport", transport).write
        self._write(self._tally.next_request())

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _body_length(head):
            return
        if not head.startswith(b"HTTP/1.1 2"):
            self._tally.refuse(self._received.decode(errors="replace"))
            return
        self._received = b""
        self._tally.count += 1
        self._write(self._tally.next_request())

    def connection_lost(self, exc: Exception | None) -> None:
        self._tally.refuse(f"the server closed a connection: {exc}")


def _body_length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"\r\ncontent-length: ")
    return int(rest.partition(b"\r\n")[0])


async def _measure(port: int, connections: int, requests: list[str]) -> float:
    tally = _Tally([text.encode("ascii") for text in requests])
    loop = asyncio.get_running_loop()
    for _ in range(connections):
        await loop.create_connection(lambda: _Connection(tally), "127.0.0.1", port)
    await _count_for(_WARM_UP, tally)
    return await _count_for(SECONDS, tally)


async def _count_for(seconds: float, tally: _Tally) -> float:
    before, began = tally.count, time.perf_counter()
    await asyncio.wait([tally.refusal], timeout=seconds)
    if tally.refusal.done():
        tally.refusal.result()
    return (tally.count - before) / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.stdout.write(str(uvloop.run(_measure(**json.load(sys.stdin)))))
