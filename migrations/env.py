"""Alembic's environment: one connection, serialised by an advisory lock so that several processes may start at once."""

import asyncio

import sqlalchemy as sa
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

from backend.db.base import metadata
from backend.db.database import sqlalchemy_url
from backend.db.migrate import MIGRATION_LOCK, render_item


def _run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection, target_metadata=metadata, render_item=render_item, compare_server_default=False
    )
    with context.begin_transaction():
        connection.execute(sa.text("select pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        context.run_migrations()


async def _main() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    if url is None:
        raise RuntimeError("No database address was given; use `tocsin migrate`.")
    engine = create_async_engine(sqlalchemy_url(url.replace("%%", "%")))
    async with engine.connect() as connection:
        await connection.run_sync(_run)
        await connection.commit()
    await engine.dispose()


asyncio.run(_main())
