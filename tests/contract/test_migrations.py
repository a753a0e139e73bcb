"""The migrations make exactly what the models say, both ways, and from several processes at once."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from alembic.script import ScriptDirectory

import backend.wiring  # noqa: F401 - imports every package, and so every model
from backend.db.migrate import alembic_config, check, downgrade, upgrade
from backend.embedded.services import Services
from tests.support.databases import at_database

SCHEMA = """
    select table_name, column_name, data_type, is_nullable, column_default, null as definition
    from information_schema.columns where table_schema = 'public' and table_name <> 'alembic_version'
    union all select tablename, indexname, '', '', '', indexdef from pg_indexes
    where schemaname = 'public' and tablename <> 'alembic_version'
    union all select conrelid::regclass::text, conname, '', '', '', pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 'alembic_version'::regclass
    order by 1, 2, 6
"""


@pytest_asyncio.fixture
async def empty_url(services: Services) -> AsyncIterator[str]:
    """A database without a single table."""
    server = await asyncpg.connect(services.database_url)
    await server.execute('drop database if exists "tocsin_migrations" with (force)')
    await server.execute('create database "tocsin_migrations"')
    yield at_database(services.database_url, "tocsin_migrations")
    await server.execute('drop database "tocsin_migrations" with (force)')
    await server.close()


async def schema(url: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(SCHEMA)]
    finally:
        await connection.close()


async def test_models_and_migrations_say_the_same(worker_database_url: str) -> None:
    await asyncio.to_thread(check, worker_database_url)


async def test_every_step_can_be_undone_and_done_again(empty_url: str) -> None:
    await asyncio.to_thread(upgrade, empty_url)
    complete = await schema(empty_url)
    await asyncio.to_thread(downgrade, empty_url, "base")
    assert await schema(empty_url) == []
    await asyncio.to_thread(upgrade, empty_url)
    assert await schema(empty_url) == complete


async def test_each_single_step_back_undoes_what_the_step_did(empty_url: str) -> None:
    script = ScriptDirectory.from_config(alembic_config(empty_url))
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]
    before = await schema_or_nothing(empty_url)
    for revision in revisions:
        await asyncio.to_thread(upgrade, empty_url, revision)
        await asyncio.to_thread(downgrade, empty_url, "-1")
        assert await schema(empty_url) == before, revision
        await asyncio.to_thread(upgrade, empty_url, revision)
        before = await schema(empty_url)


async def schema_or_nothing(url: str) -> list[tuple[object, ...]]:
    try:
        return await schema(url)
    except asyncpg.UndefinedTableError:
        return []  # not even Alembic's own table


def test_there_is_one_line_of_revisions(worker_database_url: str) -> None:
    script = ScriptDirectory.from_config(alembic_config(worker_database_url))
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


@pytest.mark.story
async def test_processes_that_migrate_at_once_take_turns(empty_url: str, worker_database_url: str) -> None:
    program = f"from backend.db.migrate import upgrade; upgrade({empty_url!r})"
    started = [
        subprocess.Popen(  # noqa: ASYNC220 - returns at once
            [sys.executable, "-W", "error", "-c", program], stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    ended = [await asyncio.to_thread(process.communicate) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], ended
    assert await schema(empty_url) == await schema(worker_database_url)
