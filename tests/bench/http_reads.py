"""The bell's and the list's reads over HTTP, against an authenticated `select 1` on the same server (design 10)."""

import asyncio
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import asyncpg
import msgspec

import backend.wiring  # noqa: F401 - all models: foreign keys name tables of other packages
from backend.core.clock import SystemClock
from backend.core.paging import encode_cursor
from backend.db.database import open_database
from backend.db.migrate import upgrade
from backend.embedded.services import Services
from backend.notifications.filters import NotificationFilters
from backend.tenancy import TenancyService
from tests.bench.load import Request, rate
from tests.bench.rounds import Rounds
from tests.bench.row import Row
from tests.bench.server import SELECT_ONE, Api, running_api, session_of

ROWS = 1_000_000
UNREAD = 10_000
PAGE = 50
DEEP_PAGE = 18_000
STORES = 20
PEOPLE = 16
NOTIFICATIONS = "/api/v1/admin/notifications"

_SEARCH = "ix_admin_notifications_search"
_FILL = """
insert into admin_notifications
    (type, priority, title, message, is_read, read_at, read_by_user_id, notification_metadata, store_id, created_at)
select
    (array['import_failure', 'order_sync_failure', 'system_alert'])[1 + n / 7 % 3],
    (array['low', 'normal', 'high', 'critical'])[1 + n / 7 % 4],
    'Product import failed for store ' || n / 11 % $3,
    'Row ' || n || ' of the feed has no price; nothing of the file was taken over.',
    n % $2 <> 0,
    case when n % $2 <> 0 then now() end,
    case when n % $2 <> 0 then $4::bigint end,
    jsonb_build_object('job_id', n),
    (select min(id) from stores) + n / 11 % $3,
    now() - make_interval(secs => $1 - n)
from generate_series(1, $1) as n
"""
# Each has last looked at another time within the newest tenth: up to 1,000 are new to them.
_LOOK = """
insert into notification_seen_marks (user_id, last_seen_id)
select user_id, $1::bigint - $1::bigint / 10 * place / cardinality($2::bigint[])
from unnest($2::bigint[]) with ordinality as looked (user_id, place)
"""


def run(services: Services) -> list[Row]:
    upgrade(services.database_url)
    callers = asyncio.run(_prepare(services.database_url))
    with (
        tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder,
        running_api(services, Path(folder)) as api,
    ):
        return _rows(Rounds({path: _load(api, path, callers) for path in (SELECT_ONE, *_paths().values())}))


def _load(api: Api, path: str, callers: list[str]) -> Callable[[], float]:
    return partial(rate, api.port, [Request("GET", path, caller) for caller in callers])


def _paths() -> dict[str, str]:
    scope = ("notifications", msgspec.to_builtins(NotificationFilters()))
    cursor = encode_cursor(ROWS - DEEP_PAGE * PAGE, scope=scope)
    return {
        "count": f"{NOTIFICATIONS}/unread-count",
        "recent": f"{NOTIFICATIONS}/recent",
        "first": f"{NOTIFICATIONS}?limit={PAGE}",
        "deep": f"{NOTIFICATIONS}?limit={PAGE}&cursor={cursor}",
    }


def _rows(rounds: Rounds) -> list[Row]:
    paths = _paths()
    return [
        rounds.row(f"unread-count, {UNREAD:,} of {ROWS:,} unread", paths["count"], against=SELECT_ONE, budget=0.5),
        rounds.row(f"recent, asked by {PEOPLE} people", paths["recent"], against=SELECT_ONE, budget=0.5),
        rounds.row(f"list of {PAGE}, first page", paths["first"], against=SELECT_ONE, budget=0.3),
        rounds.row(f"list of {PAGE}, page {DEEP_PAGE:,}", paths["deep"], against=SELECT_ONE, budget=0.3),
        rounds.row(f"page {DEEP_PAGE:,} against the first", paths["deep"], against=paths["first"], budget=0.8),
    ]


async def _prepare(url: str) -> list[str]:
    async with open_database(url) as database:
        people = [await session_of(database, f"person{number}") for number in range(PEOPLE)]
        async with database.unit_of_work() as session:
            tenancy = TenancyService(session, SystemClock())
            merchant = await tenancy.create_merchant(name="Bench", contact_email="bench@example.lu")
            for number in range(STORES):
                name = f"BENCH{number}"
                await tenancy.create_store(merchant_id=merchant.id, name=name, store_code=name, subdomain=name.lower())
    await _fill(url, [user_id for user_id, _ in people])
    return [caller for _, caller in people]


async def _fill(url: str, user_ids: list[int]) -> None:
    connection = await asyncpg.connect(url)
    try:
        # Filled row by row the search index takes minutes, built at once half a minute.
        definition = await connection.fetchval("select pg_get_indexdef($1::regclass)", _SEARCH)
        await connection.execute(f"drop index {_SEARCH}")
        await connection.execute(_FILL, ROWS, ROWS // UNREAD, STORES, user_ids[0])
        await connection.execute(_LOOK, ROWS, user_ids)
        await connection.execute("set maintenance_work_mem = '512MB'")
        await connection.execute(definition)
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
