"""Small jobs through one worker process: claimed, an effect written and finished, each in its own transaction."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.fields import JsonObject
from backend.core.settings import load_settings
from backend.db.database import Database, open_database
from backend.db.migrate import upgrade
from backend.embedded.services import Services
from backend.jobs import JobKind, in_one_transaction
from backend.jobs.dispatch import RedisBell, open_redis
from backend.jobs.queue import enqueue, enqueue_many
from backend.worker import run_in_fast_loop, serve
from tests.bench.row import Row

BUDGET = 1_000  # small jobs a second per worker
_COUNT = 8_000
_TOGETHER = 50


def run(services: Services) -> list[Row]:
    upgrade(services.database_url)
    together = asyncio.run(_measure(services, _TOGETHER))
    alone = asyncio.run(_measure(services, 1))
    return [
        _row(f"small jobs, enqueued {_TOGETHER} a transaction", together),
        _row("small jobs, enqueued one a transaction", alone),
    ]


def _row(what: str, rate: float) -> Row:
    return Row(what, f"{rate:,.0f} jobs/s", f"{BUDGET:,} jobs/s", rate / BUDGET, 1.0)


async def _measure(services: Services, together: int) -> float:
    redis = open_redis(services.redis_url)
    async with open_database(services.database_url, bell=RedisBell(redis)) as database:
        await _prepare(database)
        await asyncio.gather(*(_fill(database, _COUNT // 8, together) for _ in range(8)))
        worker = subprocess.Popen([sys.executable, "-m", "tests.bench.jobs"], env=_environment(services))  # noqa: ASYNC220 - returns at once
        try:
            return await _rate(database)
        finally:
            worker.terminate()
            await asyncio.to_thread(worker.wait, 20)
            await redis.aclose()


async def _prepare(database: Database) -> None:
    async with database.unit_of_work() as session:
        await session.execute(text("create table if not exists bench_effects (job integer)"))
        await session.execute(text("truncate jobs, bench_effects"))


async def _fill(database: Database, count: int, together: int) -> None:
    for _ in range(count // together):
        async with database.unit_of_work() as session:
            if together == 1:
                await enqueue(session, "bench", {"n": 1})
            else:
                await enqueue_many(session, [("bench", {"n": 1})] * together)


async def _rate(database: Database) -> float:
    """Jobs a second from the first start to the last end, by the database's clock."""
    while True:
        await asyncio.sleep(0.25)
        row = await database.reads.fetchrow(
            "select count(*) filter (where state = 'done'), extract(epoch from max(finished_at) - min(started_at)) "
            "from jobs"
        )
        # An aggregate always gives one row.
        assert row is not None
        done, seconds = row
        if done == _COUNT:
            return _COUNT / float(seconds)


async def _write_effect(session: AsyncSession, _clock: Clock, payload: JsonObject) -> None:
    await session.execute(text("insert into bench_effects values (:n)"), payload)


def _environment(services: Services) -> dict[str, str]:
    return os.environ | {
        "TOCSIN_DATABASE_URL": services.database_url,
        "TOCSIN_REDIS_URL": services.redis_url,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


if __name__ == "__main__":
    kinds = [JobKind("bench", in_one_transaction(_write_effect))]
    run_in_fast_loop(serve(load_settings(), kinds=kinds, subscriptions={}, schedules=[]))
