import asyncpg
import pytest
from sqlalchemy import text

from backend.db import ping
from backend.db.database import Database


async def end_connections(url: str) -> None:
    """As a restart of PostgreSQL does it."""
    connection = await asyncpg.connect(url)
    await connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where pid <> pg_backend_pid() and datname = current_database()"
    )
    await connection.close()


async def backend_pid(database: Database) -> int:
    async with database.unit_of_work() as session:
        pid: int = (await session.execute(text("select pg_backend_pid()"))).scalar_one()
        return pid


async def test_an_idle_connection_that_died_is_replaced_unnoticed(
    belled: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await backend_pid(belled)
    await end_connections(database_url)
    monkeypatch.setattr(ping, "_TRUSTED_FOR", -1.0)
    assert await backend_pid(belled) != before


async def test_a_connection_in_steady_use_is_not_looked_at(belled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await backend_pid(belled)
    looks: list[object] = []
    monkeypatch.setattr(belled.engine.sync_engine.dialect, "do_ping", looks.append)
    await backend_pid(belled)
    assert looks == []
