"""The bell's far end: job ids go to arq, hints to Redis pub/sub. Redis is a doorbell; nothing durable is in it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import msgspec
import structlog
from arq import ArqRedis
from arq.constants import default_queue_name
from arq.jobs import DeserializationError
from redis.asyncio import ConnectionPool, Redis
from redis.exceptions import RedisError

from backend.db.doorbells import Doorbell, Hint, JobQueued

log = structlog.get_logger()

QUEUE = default_queue_name
RUN_JOBS = "run_jobs"

# A lost or stale arq entry costs nothing, the reaper finds its jobs: so entries live a minute, not arq's default day.
_ENTRY_LIFE = 60
# Ringing may not hold up who rings: seconds that a Redis may take which neither answers nor refuses.
_PATIENCE = 2.0
# Seconds in which rings gather after one went out.
_GATHER = 0.02
# Most ids one arq entry carries.
_BATCH = 50


class RedisBell:
    """Rings after commits; a Redis that is away is logged and left to the reaper and the polls.

    A ring goes out at once when it was quiet; those that follow within a moment go together, one hint for each event:
    an entry of arq costs its worker as much as the small job that it tells of.
    """

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis
        self._job_ids: list[int] = []
        self._hints: dict[str, Hint] = {}
        self._rest: asyncio.Task[None] | None = None

    async def ring(self, doorbells: Sequence[Doorbell]) -> None:
        for bell in doorbells:
            match bell:
                case JobQueued():
                    self._job_ids.append(bell.job_id)
                case Hint():
                    self._gather(bell)
        if self._rest is None or self._rest.done():
            self._rest = asyncio.create_task(self._ring_the_rest())
            await self._ring_gathered()

    async def close(self) -> None:
        """Ring what still gathers; call it before Redis is closed, which a late ring would open again."""
        if self._rest is not None:
            await self._rest

    def _gather(self, hint: Hint) -> None:
        waiting = self._hints.get(hint.event, hint)
        self._hints[hint.event] = hint if waiting == hint else Hint(hint.event)

    async def _ring_the_rest(self) -> None:
        """Ring what comes together, until a moment passes in which nothing came."""
        await asyncio.sleep(_GATHER)
        while self._job_ids or self._hints:
            await self._ring_gathered()
            await asyncio.sleep(_GATHER)

    async def _ring_gathered(self) -> None:
        job_ids, self._job_ids = self._job_ids, []
        hints, self._hints = self._hints, {}
        async with self._best_effort(len(job_ids) + len(hints)):
            await ring_jobs(self._redis, job_ids)
            for hint in hints.values():
                await self._redis.publish(hints_channel(self._redis), msgspec.json.encode(hint))

    @asynccontextmanager
    async def _best_effort(self, count: int) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(_PATIENCE):
                yield
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("doorbell_lost", error=str(error), count=count)


def hints_channel(redis: Redis) -> str:
    """The channel of one installation: Redis separates keys by database, but not channels."""
    return f"tocsin:hints:{redis.connection_pool.connection_kwargs.get('db', 0)}"


async def ring_jobs(redis: ArqRedis, job_ids: Sequence[int]) -> None:
    """Hand job ids to the workers, some dozens an entry."""
    for start in range(0, len(job_ids), _BATCH):
        batch = list(job_ids[start : start + _BATCH])
        await redis.enqueue_job(RUN_JOBS, batch, _expires=_ENTRY_LIFE)


def serialize(value: dict[str, object]) -> bytes:
    """arq entries as msgpack: pickle, arq's default, runs code of whoever reaches Redis."""
    return msgspec.msgpack.encode(value)


def deserialize(data: bytes) -> dict[str, object]:
    try:
        return msgspec.msgpack.decode(data, type=dict[str, object])
    except msgspec.MsgspecError as error:
        raise DeserializationError from error


def open_redis(url: str) -> ArqRedis:
    """A lazy connection pool: a Redis that is away is found out at the first ring, not at the start."""
    redis = ArqRedis(
        connection_pool=ConnectionPool.from_url(url),
        default_queue_name=QUEUE,
        job_serializer=serialize,
        job_deserializer=deserialize,
    )
    # A pool that was handed in is left open otherwise.
    redis.auto_close_connection_pool = True
    return redis
