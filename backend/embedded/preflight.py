"""Looked at before anything is started: the servers that were given by URL, and our own port."""

import asyncio
import os
import resource
import sys
from urllib.parse import urlsplit

import asyncpg
import redis

from backend.core.settings import Settings
from backend.embedded.errors import StartError, UnreachableError
from backend.embedded.ports import refuse_taken_port

OLDEST_PYTHON = (3, 11)
WAIT_SECONDS = 5.0
# An event stream is an open file; the usual soft limit of 1,024 is too low for a busy day.
WANTED_FILES = 65_536


def refuse_old_python(version: tuple[int, ...] = tuple(sys.version_info[:2])) -> None:
    if version < OLDEST_PYTHON:
        found = ".".join(map(str, version))
        raise StartError(f"Python {found} is too old: Tocsin needs Python >= 3.11.")


def check(settings: Settings) -> None:
    """Raises StartError with one sentence for what stands in the way."""
    refuse_taken_port(settings.server.host, settings.server.port)
    if settings.stores.database_url is not None:
        refuse_silent_postgres(settings.stores.database_url)
    if settings.stores.redis_url is not None:
        refuse_silent_redis(settings.stores.redis_url)


def refuse_silent_postgres(url: str) -> None:
    try:
        asyncio.run(_connect(url))
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise UnreachableError(
            f"PostgreSQL at {place(url)} (TOCSIN_DATABASE_URL) cannot be used: {in_words(error)}."
        ) from error


def refuse_silent_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=WAIT_SECONDS, socket_timeout=WAIT_SECONDS) as client:
            client.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        raise UnreachableError(
            f"Redis at {place(url)} (TOCSIN_REDIS_URL) cannot be used: {in_words(error)}."
        ) from error


def place(url: str) -> str:
    """Where a URL points to, without its user and password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "an address that cannot be read"
    if not host:
        return parts.path or "an address without a host"
    return f"{host}:{port}" if port else host


def in_words(error: BaseException) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused"
    if isinstance(error, TimeoutError) or type(error) is redis.TimeoutError:
        return f"no answer within {WAIT_SECONDS:.0f} s"
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def allow_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def is_bound_to_parent() -> bool:
    """Set by the justfile: killing the runner hard must not leave us behind."""
    return os.environ.get("TOCSIN_STOP_WITH_PARENT") == "1"


async def _connect(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=WAIT_SECONDS)
    await connection.close()
