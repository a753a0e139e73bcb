"""The worker's composition root: runs durable jobs and ticks schedules until it is told to stop."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any

import structlog

from backend import wiring
from backend.core.clock import SystemClock
from backend.core.settings import Settings, SettingsError
from backend.db.away import is_away
from backend.db.database import Database, open_database
from backend.delivery.channels.opening import open_channels
from backend.delivery.dispatcher import LONGEST_TRY, Dispatcher
from backend.jobs import SUBSCRIPTIONS, JobKind, LaneName, Resources, Schedule, Subscriptions
from backend.jobs.dispatch import RedisBell, open_redis
from backend.jobs.doorbell import listen
from backend.jobs.runner import JobRunner
from backend.jobs.schedules import declare, tick

log = structlog.get_logger()

# Seconds between looks at what is due: how late a job may be whose ring was lost.
_TICK = 1.0
# Seconds that running jobs get to end by themselves at a stop; the rest is given back.
_GRACE = 3.0


def run_worker(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the exit code."""
    work = serve(
        settings,
        kinds=wiring.job_kinds(),
        subscriptions=wiring.subscriptions(),
        schedules=wiring.schedules(settings),
    )
    run_in_fast_loop(work)
    return 0


def run_in_fast_loop(work: Coroutine[Any, Any, None]) -> None:  # Any: nothing is sent into it
    # What the imports left will never be garbage: not to be searched again and again.
    gc.collect()
    gc.freeze()
    if sys.platform == "win32":
        asyncio.run(work)
        return
    import uvloop  # noqa: PLC0415 - not on Windows

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


async def serve(
    settings: Settings,
    *,
    kinds: Sequence[JobKind],
    subscriptions: Subscriptions,
    schedules: Sequence[Schedule],
    stop: asyncio.Event | None = None,
) -> None:
    """Run jobs of these kinds until `stop`, or a signal when there is none."""
    database_url, redis_url = settings.stores.database_url, settings.stores.redis_url
    if not database_url or not redis_url:
        raise SettingsError("TOCSIN_DATABASE_URL and TOCSIN_REDIS_URL are needed here; `tocsin up` brings its own.")
    # Entries that waited for more than their minute are normal under load: the reaper has their jobs.
    logging.getLogger("arq.worker").setLevel(logging.ERROR)
    redis = open_redis(redis_url)
    bell = RedisBell(redis)
    places = settings.jobs.concurrency
    async with open_database(
        database_url, bell=bell, info={SUBSCRIPTIONS: subscriptions}, pool_size=places
    ) as database:
        await _declare(database, schedules)
        clock = SystemClock()
        runner = JobRunner(database, clock, kinds, Resources(settings), lease=settings.jobs.lease, places=places)
        async with open_channels(settings, clock) as channels:
            dispatcher = Dispatcher(database, clock, settings, channels, lease=settings.jobs.lease + LONGEST_TRY)
            log.info("worker_started", kinds=len(kinds))
            await _work(runner, dispatcher, database, redis_url, settings.jobs.lease, stop or stop_on_signals())
            log.info("worker_stopped")
    await bell.close()
    await redis.aclose()


async def _declare(database: Database, schedules: Sequence[Schedule]) -> None:
    async with database.unit_of_work() as session:
        # In one order in all workers, so that two that start at once do not lock each other out.
        for schedule in sorted(schedules, key=lambda schedule: schedule.name):
            await declare(session, schedule)


async def _work(
    runner: JobRunner,
    dispatcher: Dispatcher,
    database: Database,
    redis_url: str,
    lease: float,
    stop: asyncio.Event,
) -> None:
    async def tick_schedules() -> None:
        async with database.unit_of_work() as session:
            await tick(session)

    async def send_deliveries() -> None:
        try:
            await dispatcher.send_due()
        finally:
            await dispatcher.wait_for_work()

    heartbeat = asyncio.create_task(_for_ever(lease / 3, runner.renew_leases, "renew_leases"))
    intakes = [
        asyncio.create_task(listen(redis_url, runner.take)),
        *(asyncio.create_task(_for_ever(_TICK, partial(runner.reap, lane), f"reap_{lane}")) for lane in LaneName),
        asyncio.create_task(_for_ever(_TICK, tick_schedules, "tick_schedules")),
        asyncio.create_task(_for_ever(_TICK, dispatcher.look_after, "look_after_deliveries")),
        asyncio.create_task(_for_ever(0, send_deliveries, "send_deliveries")),
    ]
    await stop.wait()
    await _cancel(*intakes)
    await asyncio.gather(runner.stop(grace=_GRACE), dispatcher.stop(grace=_GRACE))
    await _cancel(heartbeat)


async def _for_ever(period: float, action: Callable[[], Awaitable[object]], name: str) -> None:
    """Do it every `period` seconds; a database that is away is waited for."""
    while True:
        try:
            await action()
        except Exception as error:
            if is_away(error):
                log.warning("database_away", loop=name, error=str(error))
            else:
                log.exception("loop_failed", loop=name)
        await asyncio.sleep(period)


async def _cancel(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    return stop
