"""`tocsin migrate`, `tocsin seed`: what comes before the first request. Both can be run again."""

import argparse
import asyncio
import logging
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import AuthService
from backend.cli.database import cli_database, command_settings, database_url
from backend.core.clock import SystemClock
from backend.core.settings import Settings
from backend.db import migrate
from backend.demo import seed_demo


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:  # Any: argparse's own parameter
    migration = commands.add_parser("migrate", help="bring the database to this version")
    migration.add_argument("--quiet", action="store_true")
    migration.set_defaults(run=_migrate)
    seed = commands.add_parser("seed", help="create the first admin and, with TOCSIN_DEMO=1, the demo")
    seed.set_defaults(run=_seed)


def _migrate(options: argparse.Namespace) -> int:
    logging.getLogger("alembic").setLevel(logging.WARNING if options.quiet else logging.INFO)
    migrate.upgrade(database_url(command_settings()))
    return 0


def _seed(_options: argparse.Namespace) -> int:
    settings = command_settings()
    for line in asyncio.run(_seed_all(settings)):
        print(line)
    return 0


async def _seed_all(settings: Settings) -> list[str]:
    # In one transaction: a start that is broken off in the demo leaves no admin whose password nobody has seen.
    async with cli_database(settings) as database, database.unit_of_work() as session:
        said = await _first_admin(session, settings)
        if settings.is_demo:
            said += await seed_demo(session, settings)
        return said


async def _first_admin(session: AsyncSession, settings: Settings) -> list[str]:
    first = settings.first_admin
    generated = await AuthService(session, SystemClock()).ensure_first_admin(email=first.email, password=first.password)
    # Printed this once and kept nowhere.
    return [f"First admin {first.email}, password: {generated}"] if generated is not None else []
