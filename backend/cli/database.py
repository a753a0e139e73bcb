"""The database as the commands use it: the given one, else the one that the running `tocsin up` embeds."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend import wiring
from backend.core.settings import Settings, SettingsError, load_settings
from backend.db.database import Database, open_database
from backend.jobs import SUBSCRIPTIONS
from backend.jobs.dispatch import RedisBell, open_redis


def database_url(settings: Settings) -> str:
    if settings.stores.database_url is None:
        raise SettingsError("TOCSIN_DATABASE_URL is not set; this command works on a database of your own.")
    return settings.stores.database_url


@asynccontextmanager
async def cli_database(settings: Settings | None = None) -> AsyncIterator[Database]:
    """A database whose writes publish and ring as those of the API do."""
    chosen = settings or load_settings()
    redis = open_redis(chosen.stores.redis_url) if chosen.stores.redis_url else None
    info = {SUBSCRIPTIONS: wiring.subscriptions()}
    bell = RedisBell(redis) if redis is not None else None
    async with open_database(database_url(chosen), bell=bell, info=info, pool_size=2) as database:
        yield database
    if redis is not None:
        await redis.aclose()


def failure(error: Exception) -> int:
    """Say in one line why a command failed; the exit code."""
    print(f"tocsin: {error}", file=sys.stderr)
    return 1
