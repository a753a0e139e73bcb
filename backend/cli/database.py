"""The database as the commands use it: the given one, else the one that the running `tocsin up` embeds."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from backend import wiring
from backend.core.settings import Settings, SettingsError, load_settings
from backend.db.database import Database, open_database
from backend.embedded.addresses import running_addresses
from backend.jobs import SUBSCRIPTIONS
from backend.jobs.dispatch import RedisBell, open_redis


def command_settings() -> Settings:
    """The environment's settings; without a database address, the one that a running `tocsin up` embeds."""
    settings = load_settings()
    if settings.stores.database_url is not None:
        return settings
    found = running_addresses(settings.stores.data_dir)
    if found is None:
        raise SettingsError("TOCSIN_DATABASE_URL is not set, and no `tocsin up` runs on TOCSIN_DATA_DIR.")
    stores = replace(settings.stores, database_url=found.database_url, redis_url=found.redis_url)
    return replace(settings, stores=stores, secret_keys=settings.secret_keys or (found.secret_key,))


def database_url(settings: Settings) -> str:
    if settings.stores.database_url is None:
        raise SettingsError("TOCSIN_DATABASE_URL is not set.")
    return settings.stores.database_url


@asynccontextmanager
async def cli_database(settings: Settings) -> AsyncIterator[Database]:
    """A database whose writes publish and ring as those of the API do."""
    redis = open_redis(settings.stores.redis_url) if settings.stores.redis_url else None
    info = {SUBSCRIPTIONS: wiring.subscriptions()}
    bell = RedisBell(redis) if redis is not None else None
    async with open_database(database_url(settings), bell=bell, info=info, pool_size=2) as database:
        yield database
    if bell is not None and redis is not None:
        await bell.close()
        await redis.aclose()


def failure(error: Exception) -> int:
    """Say in one line why a command failed; the exit code."""
    print(f"tocsin: {error}", file=sys.stderr)
    return 1
