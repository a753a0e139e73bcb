"""How soon after a commit its hint is at every open stream, and what a stream costs that says nothing (design 10)."""

import asyncio
import random
import resource
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import psutil

import backend.wiring  # noqa: F401 - all models: foreign keys name tables of other packages
from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.db.database import open_database
from backend.db.migrate import upgrade
from backend.embedded.services import Services
from backend.jobs.dispatch import RedisBell, open_redis
from backend.notifications import AdminNotificationService
from tests.bench.row import Row
from tests.bench.server import key_of, running_api
from tests.bench.streams import open_streams

FEW, FEW_WITHIN = 100, 0.150  # streams, seconds
MANY, MANY_WITHIN = 2_000, 0.500
IDLE, IDLE_KILOBYTES = 5_000, 60
_COMMITS = 20
# Longer than the pause between two heartbeats, each of which asks the database.
_IDLE_SECONDS = 20


def run(services: Services) -> list[Row]:
    _allow_open_files()
    upgrade(services.database_url)
    caller = asyncio.run(_prepare(services.database_url))
    return [
        _delay(services, caller, FEW, FEW_WITHIN),
        _delay(services, caller, MANY, MANY_WITHIN),
        _idle(services, caller),
    ]


def _allow_open_files() -> None:
    """As many as the machine lets us have, for the server and the client that we start as well."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _prepare(url: str) -> str:
    async with open_database(url) as database:
        return await key_of(database, Role.VIEWER)


def _delay(services: Services, caller: str, count: int, within: float) -> Row:
    with (
        tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder,
        running_api(services, Path(folder), TOCSIN_STREAMS_PER_ADMIN=str(count)) as api,
        open_streams(api.port, count, caller) as streams,
    ):
        committed = asyncio.run(_commit_now_and_then(services))
        arrivals = streams.close()
    delays = [arrived - at for row, at in committed.items() for arrived in arrivals[row]]
    if len(delays) != count * _COMMITS:
        raise RuntimeError(f"of {count * _COMMITS} hints {len(delays)} arrived")
    p95 = quantiles(delays, n=20)[-1]
    return Row(
        f"commit to hint, {count:,} streams, p95",
        f"{p95 * 1e3:.0f} ms",
        f"{within * 1e3:.0f} ms",
        p95 / within,
        1,
        is_upper_bound=True,
    )


async def _commit_now_and_then(services: Services) -> dict[str, float]:
    """Each new notification's id, and when its commit began."""
    redis = open_redis(services.redis_url)
    draw, committed = random.Random(7), {}
    async with open_database(services.database_url, bell=RedisBell(redis)) as database:
        for number in range(_COMMITS):
            await asyncio.sleep(draw.uniform(0.5, 1.0))
            async with database.unit_of_work() as session:
                created = await AdminNotificationService(session, SystemClock()).create_notification(
                    type="system_alert", title=f"Notice {number}", message="Something happened."
                )
                committed[str(created.id)] = time.monotonic()
        await asyncio.sleep(2)
    await redis.aclose()
    return committed


def _idle(services: Services, caller: str) -> Row:
    with (
        tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder,
        running_api(services, Path(folder), TOCSIN_STREAMS_PER_ADMIN=str(IDLE)) as api,
    ):
        with open_streams(api.port, 1, caller):
            before = psutil.Process(api.pid).memory_info().rss
        with open_streams(api.port, IDLE, caller):
            time.sleep(_IDLE_SECONDS)
            after = psutil.Process(api.pid).memory_info().rss
    kilobytes = (after - before) / IDLE / 1e3
    return Row(
        f"memory of an idle stream, {IDLE:,} in a process",
        f"{kilobytes:.0f} KB",
        f"{IDLE_KILOBYTES} KB",
        kilobytes / IDLE_KILOBYTES,
        1,
        is_upper_bound=True,
    )
