"""The response that stays open: gives its place back however it ends, and drops a reader that does not read."""

import asyncio
from collections.abc import AsyncIterator, Callable

import structlog
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Scope, Send

log = structlog.get_logger()

# Seconds in which a client must take what it is sent: once the buffers of its connection are full, it is gone.
SEND_WITHIN = 20.0

_HEADERS = {
    "Cache-Control": "no-store",
    # nginx buffers otherwise, and hints would come in clumps.
    "X-Accel-Buffering": "no",
}


class EventStream(ASGIStreamingResponse):
    """Sends `chunks` as they come; `release` runs once, also when the client went before the first byte."""

    __slots__ = ("_release",)

    def __init__(self, chunks: AsyncIterator[bytes], release: Callable[[], None]) -> None:
        super().__init__(iterator=chunks, media_type="text/event-stream", headers=_HEADERS)
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: object) -> None:
            async with asyncio.timeout(SEND_WITHIN):
                await send(message)  # type: ignore[arg-type]  # Litestar's union of ASGI messages

        try:
            await super().__call__(scope, receive, send_in_time)
        except* TimeoutError:
            log.info("slow_reader_dropped")
        finally:
            self._release()
