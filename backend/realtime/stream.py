"""One browser's stream: a small bounded mailbox that a slow reader cannot make grow."""

import asyncio
from collections import OrderedDict

from backend.realtime.wire import RESYNC, Message


class StreamClosedError(Exception):
    """The process stops, or the reader was too slow."""


class Stream:
    """Holds at most the latest message of each event: hints coalesce, and a slow reader misses nothing but steps."""

    # Events differ by name, of which there are few; more waiting than this is a reader that is gone.
    MOST = 64

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Message] = OrderedDict()
        self._wake = asyncio.Event()
        self._is_closed = False

    def offer(self, message: Message) -> None:
        if message is RESYNC:
            self._waiting.clear()
        self._waiting[message.event] = message
        if len(self._waiting) > self.MOST:
            self._is_closed = True
        self._wake.set()

    def close(self) -> None:
        self._is_closed = True
        self._wake.set()

    async def next_messages(self, timeout: float) -> list[Message]:  # noqa: ASYNC109 - a heartbeat's rhythm, not a failure
        """What waits, at once or when it comes; empty after `timeout` seconds. Raises StreamClosedError at the end."""
        if not self._waiting and not self._is_closed:
            try:
                async with asyncio.timeout(timeout):
                    await self._wake.wait()
            except TimeoutError:
                return []
        self._wake.clear()
        if self._is_closed:
            raise StreamClosedError
        messages = list(self._waiting.values())
        self._waiting.clear()
        return messages
