"""One hub per process: listens to Redis, coalesces hints, hands them to the streams.

Redis pub/sub has no replay and may go away: every gap ends in a `resync` to all streams, which then refetch.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from backend.db.doorbells import Hint
from backend.db.reads import Reads
from backend.jobs.dispatch import hints_channel
from backend.notifications.reads import unread_count
from backend.realtime.stream import Stream
from backend.realtime.wire import RESYNC, Message, message_of

log = structlog.get_logger()

# Hints that come within this many seconds are one look at the unread count; each stream paces itself besides.
_GATHER = 0.05
_RECONNECT_FROM, _RECONNECT_TO = 0.1, 5.0
# A Redis that says nothing for so many seconds is asked, and left when it has not answered after as many more.
_PING_EVERY = 5.0


class Hub:
    def __init__(self, redis_url: str, reads: Reads, *, streams_per_admin: int) -> None:
        self._redis_url = redis_url
        self._reads = reads
        self._streams_per_admin = streams_per_admin
        self._streams: dict[str, set[Stream]] = {}
        self._pending: dict[tuple[str, int | None], Hint] = {}
        self._rung = asyncio.Event()
        self._is_closing = False
        self.connected = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen and deliver for the life of the block; at its end every stream ends."""
        tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._deliver())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            self.close_streams()
            await asyncio.gather(*tasks, return_exceptions=True)

    def open_stream(self, owner: str) -> Stream | None:
        """A stream for this person or key, its first message a resync; None when it has its share already."""
        streams = self._streams.get(owner, set())
        if len(streams) >= self._streams_per_admin:
            return None
        stream = Stream()
        stream.offer(RESYNC)
        if self._is_closing:
            stream.close()
        self._streams.setdefault(owner, streams).add(stream)
        return stream

    def drop_stream(self, owner: str, stream: Stream) -> None:
        streams = self._streams.get(owner, set())
        streams.discard(stream)
        if not streams:
            self._streams.pop(owner, None)

    def close_streams(self) -> None:
        """End every stream, now and from now on: the process stops."""
        self._is_closing = True
        for streams in self._streams.values():
            for stream in streams:
                stream.close()

    async def _listen(self) -> None:
        delay = _RECONNECT_FROM
        while True:
            try:
                async with Redis.from_url(self._redis_url) as redis, redis.pubsub() as pubsub:
                    await pubsub.subscribe(hints_channel(redis))
                    self.connected.set()
                    delay = _RECONNECT_FROM
                    # What was rung while nobody listened is unknown: everybody looks again.
                    self._offer_all(RESYNC)
                    await self._receive(pubsub)
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("hints_interrupted", error=str(error), retry_in=delay)
            except Exception:
                # Whatever it is: a listener that ended would leave every page deaf for the life of the process.
                log.exception("hints_interrupted", retry_in=delay)
            self.connected.clear()
            await asyncio.sleep(delay)
            delay = min(delay * 2, _RECONNECT_TO)

    async def _receive(self, pubsub: PubSub) -> None:
        is_asked = False
        while True:
            raw = await pubsub.get_message(ignore_subscribe_messages=True, timeout=_PING_EVERY)
            if raw is None and is_asked:
                raise TimeoutError("Redis does not answer")
            is_asked = raw is None
            if raw is None:
                await pubsub.ping()
            elif raw["type"] == "message":
                self._take(raw["data"])

    def _take(self, data: bytes) -> None:
        with suppress(msgspec.MsgspecError):
            hint = msgspec.json.decode(data, type=Hint)
            self._pending[hint.event, hint.id] = hint
            self._rung.set()

    async def _deliver(self) -> None:
        """Send at once when it was quiet, then gather for a moment."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            hints, self._pending = list(self._pending.values()), {}
            if self._streams:
                for message in await self._messages(hints):
                    self._offer_all(message)
            await asyncio.sleep(_GATHER)

    async def _messages(self, hints: list[Hint]) -> list[Message]:
        try:
            unread = (await unread_count(self._reads)).unread_count
        except Exception as error:  # noqa: BLE001 - whatever the database says, hints go on without the count
            log.warning("unread_count_unknown", error=str(error))
            unread = None
        by_event: dict[str, list[Hint]] = {}
        for hint in hints:
            by_event.setdefault(hint.event, []).append(hint)
        return [message_of(event, found, unread) for event, found in by_event.items()]

    def _offer_all(self, message: Message) -> None:
        for streams in list(self._streams.values()):
            for stream in list(streams):
                stream.offer(message)
