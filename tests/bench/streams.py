"""Many event streams held open by a process of its own, which notes when each hint arrived."""

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import uvloop

ROOT = Path(__file__).resolve().parents[2]
_OPENING_AT_ONCE = 64
_NAMES_ONE_ROW = re.compile(rb'data: \{"id":(\d+)')

# For each row that hints named, when they arrived: by the monotonic clock, which all processes share.
Arrivals = dict[str, list[float]]


class Streams:
    """Open streams; closing them hands over the arrivals."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def close(self) -> Arrivals:
        output, _ = self._process.communicate()
        arrivals: Arrivals = json.loads(output)
        return arrivals


@contextlib.contextmanager
def open_streams(port: int, count: int, caller: str) -> Iterator[Streams]:
    """`count` streams that have all had their first event."""
    argv = [sys.executable, "-m", "tests.bench.streams", str(port), str(count), caller]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != "open\n":
                raise RuntimeError(f"{count} streams cannot be opened")
            yield Streams(process)
        finally:
            process.terminate()


class _Stream(asyncio.Protocol):
    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals
        self.began = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if not self.began.done() and b"event: resync" in data:
            self.began.set_result(None)
        for row in _NAMES_ONE_ROW.findall(data):
            self._arrivals[row.decode()].append(now)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.began.done():
            self.began.set_exception(RuntimeError(f"the server closed a stream: {exc}"))


async def _hold(port: int, count: int, caller: str) -> None:
    arrivals: Arrivals = defaultdict(list)
    asked = f"GET /api/v1/admin/events HTTP/1.1\r\nHost: bench\r\n{caller}\r\n\r\n".encode("ascii")
    loop = asyncio.get_running_loop()
    may_open = asyncio.Semaphore(_OPENING_AT_ONCE)

    async def open_one() -> asyncio.BaseTransport:
        async with may_open:
            transport, stream = await loop.create_connection(lambda: _Stream(arrivals), "127.0.0.1", port)
            transport.write(asked)
            await stream.began
            return transport

    opened = await asyncio.gather(*(open_one() for _ in range(count)))
    sys.stdout.write("open\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    for transport in opened:
        transport.close()
    sys.stdout.write(json.dumps(arrivals))


if __name__ == "__main__":
    uvloop.run(_hold(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
