"""One browser's stream: a small mailbox that a slow reader cannot make grow, and that sends four times a second."""

import asyncio
from collections import deque
from time import monotonic

from backend.realtime.wire import RESYNC, Message

# At most so many hints within a second, and those of one event spread over it.
MOST_PER_SECOND = 4
_SECOND = 1.0
_SPACING = _SECOND / MOST_PER_SECOND


class StreamClosedError(Exception):
    """The process stops."""


class Stream:
    """Holds the latest message of each event, of which there are few: a slow reader misses nothing but steps."""

    def __init__(self) -> None:
        self._waiting: dict[str, Message] = {}
        self._last_sent: dict[str, float] = {}
        self._sent: deque[float] = deque(maxlen=MOST_PER_SECOND)
        self._wake = asyncio.Event()
        self._is_closed = False

    def offer(self, message: Message) -> None:
        if message is RESYNC:
            # Whoever looks at everything again needs no hints about parts of it.
            self._waiting.clear()
        earlier = self._waiting.get(message.event)
        is_other = earlier is not None and earlier.data != message.data
        self._waiting[message.event] = message.about_several if is_other else message
        self._wake.set()

    def close(self) -> None:
        self._is_closed = True
        self._wake.set()

    async def next_message(self, *, until: float) -> Message | None:
        """What may be sent next, as soon as it may; None at the time `until`. Raises StreamClosedError at the end."""
        while True:
            if self._is_closed:
                raise StreamClosedError
            now = monotonic()
            event, ready_at = self._next_event()
            if event is not None and ready_at <= now:
                return self._take(event, now)
            if now >= until:
                return None
            await self._wait(min(ready_at, until) - now)

    def _next_event(self) -> tuple[str | None, float]:
        """The event that may be sent first, and when."""
        second_ago = self._sent[0] + _SECOND if len(self._sent) == MOST_PER_SECOND else 0.0
        ready = [(max(second_ago, self._last_sent.get(event, -_SECOND) + _SPACING), event) for event in self._waiting]
        if not ready:
            return None, float("inf")
        ready_at, event = min(ready, key=lambda found: found[0])
        return event, ready_at

    def _take(self, event: str, now: float) -> Message:
        self._sent.append(now)
        self._last_sent[event] = now
        return self._waiting.pop(event)

    async def _wait(self, seconds: float) -> None:
        self._wake.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return
