"""Planning messages for many recipients, and sending webhooks from one worker to a local receiver."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import insert, text

from backend import wiring
from backend.auth import User
from backend.core.clock import SystemClock
from backend.core.settings import Settings, load_settings
from backend.db.database import Database, open_database
from backend.db.migrate import upgrade
from backend.delivery.destination_schemas import DestinationIn
from backend.delivery.destination_service import DestinationService
from backend.delivery.kinds import Channel
from backend.delivery.planning import Planning
from backend.embedded.services import Services
from backend.notifications import AdminNotificationService, NotificationType, Priority
from backend.worker import run_in_fast_loop, serve
from tests.bench.row import Row
from tests.support.receivers import answer, receiving

PLANNED = 5_000  # deliveries a second
SENT = 500  # webhooks a second per worker
_PEOPLE = 80
_DESTINATIONS = 20
_NOTICES = 100
_WEBHOOKS = 4_000


def run(services: Services) -> list[Row]:
    upgrade(services.database_url)
    settings = load_settings(_environment(services))
    planned = asyncio.run(_plan(services, settings))
    sent = asyncio.run(_send(services, settings))
    return [
        _row(f"planning for {_PEOPLE} people and {_DESTINATIONS} destinations", planned, PLANNED, "deliveries"),
        _row("webhooks sent by one worker to one receiver", sent, SENT, "webhooks"),
    ]


def _row(what: str, rate: float, budget: int, unit: str) -> Row:
    return Row(what, f"{rate:,.0f} {unit}/s", f"{budget:,} {unit}/s", rate / budget, 1.0)


async def _plan(services: Services, settings: Settings) -> float:
    """Verdicts written a second, each message committed by itself as its job does."""
    clock = SystemClock()
    async with open_database(services.database_url) as database:
        async with database.unit_of_work() as session:
            await session.execute(insert(User), [_person(number) for number in range(_PEOPLE)])
        await _add_destinations(database, settings, _DESTINATIONS, "https://hooks.example.com/in")
        ids = [await _raise(database, number) for number in range(_NOTICES)]
        began = asyncio.get_running_loop().time()
        for notification_id in ids:
            async with database.unit_of_work() as session:
                await Planning(session, clock, settings).plan_notification(notification_id)
        seconds = asyncio.get_running_loop().time() - began
        count: int = await database.reads.fetchval("select count(*) from deliveries")
        await database.reads.execute("truncate delivery_messages, delivery_destinations cascade")
    return count / seconds


async def _send(services: Services, settings: Settings) -> float:
    """Webhooks a second from the first attempt's start to the last one's end, by the database's clock."""
    async with receiving(answer(204)) as receiver, open_database(services.database_url) as database:
        (destination_id,) = await _add_destinations(database, settings, 1, receiver.url)
        await database.reads.execute(_FILL, destination_id, _WEBHOOKS)
        worker = subprocess.Popen([sys.executable, "-m", "tests.bench.delivery"], env=_environment(services))  # noqa: ASYNC220 - returns at once
        try:
            return await _rate(database)
        finally:
            worker.terminate()
            await asyncio.to_thread(worker.wait, 20)


_FILL = """
with message as (
    insert into delivery_messages (event_key, kind, category, priority, title, body, store_id)
    select 'bench:' || n, 'notification', 'store_issue', 'high', 'Notice ' || n, 'Something happened.', null
    from generate_series(1, $2::bigint) as n returning id
)
insert into deliveries (message_id, destination_id, priority_rank, store_key)
select id, $1, 2, id % 50 from message
"""


async def _rate(database: Database) -> float:
    while True:
        await asyncio.sleep(0.25)
        row = await database.reads.fetchrow(
            "select count(*) filter (where outcome = 'sent'), "
            "extract(epoch from max(finished_at) - min(started_at)) from delivery_attempts"
        )
        # An aggregate always gives one row.
        assert row is not None
        sent, seconds = row
        if sent == _WEBHOOKS:
            return _WEBHOOKS / float(seconds)


async def _add_destinations(database: Database, settings: Settings, count: int, url: str) -> list[int]:
    async with database.unit_of_work() as session:
        await session.execute(text("delete from delivery_messages"))
        service = DestinationService(session, SystemClock(), settings)
        wanted = DestinationIn(kind=Channel.WEBHOOK, name="ERP", url=url)
        return [(await service.create(wanted, created_by=None))[0].id for _ in range(count)]


async def _raise(database: Database, number: int) -> int:
    async with database.unit_of_work() as session:
        created = await AdminNotificationService(session, SystemClock()).create_notification(
            type=NotificationType.IMPORT_FAILURE, title=f"Notice {number}", message="x", priority=Priority.HIGH
        )
        return created.id


def _person(number: int) -> dict[str, object]:
    return {
        "email": f"person{number}@example.com",
        "name": f"Person {number}",
        "role": "operator",
        "password_hash": "-",
    }


def _environment(services: Services) -> dict[str, str]:
    return os.environ | {
        "TOCSIN_DATABASE_URL": services.database_url,
        "TOCSIN_REDIS_URL": services.redis_url,
        "TOCSIN_SECRET_KEY": "a secret key of the benchmarks",
        "TOCSIN_SMTP_URL": "smtp://mail.example.com",
        "TOCSIN_EGRESS_ALLOW": "127.0.0.0/8",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


if __name__ == "__main__":
    run_in_fast_loop(
        serve(load_settings(), kinds=wiring.job_kinds(), subscriptions=wiring.subscriptions(), schedules=[])
    )
