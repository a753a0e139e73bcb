"""The worker's ear: arq entries with job ids, from a Redis that may go and come back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from arq import ArqRedis
from arq.worker import Worker, func
from redis.exceptions import RedisError

from backend.jobs.dispatch import QUEUE, RUN_JOBS, deserialize, open_redis, serialize

log = structlog.get_logger()

Take = Callable[[list[int]], Awaitable[None]]

# Entries that are taken from Redis before their jobs have found places.
_MOST_ENTRIES = 100
_LISTEN_AGAIN_AFTER = 1.0


async def listen(redis_url: str, take: Take) -> None:
    """Hand rung job ids to `take`, for ever: arq's own worker ends for good when Redis does."""
    while True:
        redis = open_redis(redis_url)
        worker = _arq_worker(redis, take)
        try:
            await worker.async_run()
        except (RedisError, OSError) as error:
            log.warning("doorbell_away", error=str(error))
        finally:
            await _end(worker)
            await redis.aclose()
        await asyncio.sleep(_LISTEN_AGAIN_AFTER)


def _arq_worker(redis: ArqRedis, take: Take) -> Worker:
    async def run_jobs(_context: dict[Any, Any], job_ids: list[int]) -> None:  # Any: arq's own context
        await take(job_ids)

    return Worker(
        functions=[func(run_jobs, name=RUN_JOBS)],  # type: ignore[arg-type]  # arq's type wants *args
        redis_pool=redis,
        queue_name=QUEUE,
        handle_signals=False,
        max_jobs=_MOST_ENTRIES,
        poll_delay=0.05,
        keep_result=0,
        log_results=False,
        health_check_interval=10,
        # Tries, time and retries are decided by leases, not by arq: an entry does no more than start jobs.
        max_tries=1_000_000,
        job_timeout=3600,
        job_serializer=serialize,
        job_deserializer=deserialize,
    )


async def _end(worker: Worker) -> None:
    tasks = [task for task in (worker.main_task, *worker.tasks.values()) if task is not None]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
