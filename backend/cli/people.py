"""`tocsin user`: people, from the server's own shell."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from backend.audit import record_system
from backend.auth import AuthService, User
from backend.cli.database import cli_database, command_settings, failure
from backend.core.clock import SystemClock
from backend.core.errors import TocsinError
from backend.core.roles import Role

Work = Callable[[AuthService], Awaitable[tuple[User, str]]]


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:  # Any: argparse's own parameter
    user = commands.add_parser("user", help="create people, set passwords, disable accounts")
    actions = user.add_subparsers(required=True, metavar="action")
    create = actions.add_parser("create", help="create a person; the password is read from the terminal or stdin")
    create.add_argument("email")
    create.add_argument("--name", required=True)
    create.add_argument("--role", choices=[role.value for role in Role if role is not Role.INGEST], required=True)
    create.set_defaults(run=_create)
    password = actions.add_parser("set-password", help="set a new password; ends the person's sessions")
    password.add_argument("email")
    password.set_defaults(run=_set_password)
    disable = actions.add_parser("disable", help="refuse the person from now on; ends their sessions")
    disable.add_argument("email")
    disable.set_defaults(run=_disable)


def _create(options: argparse.Namespace) -> int:
    password = _read_password()

    async def work(auth: AuthService) -> tuple[User, str]:
        user = await auth.create_user(
            email=options.email, name=options.name, role=Role(options.role), password=password
        )
        return user, f"Created {user.email} as {user.role}."

    return _run("user.create", work)


def _set_password(options: argparse.Namespace) -> int:
    password = _read_password()

    async def work(auth: AuthService) -> tuple[User, str]:
        user = await auth.get_user_by_email(options.email)
        await auth.set_password(user.id, password)
        return user, f"Set the password of {options.email}; all its sessions are ended."

    return _run("user.reset_password", work)


def _disable(options: argparse.Namespace) -> int:
    async def work(auth: AuthService) -> tuple[User, str]:
        user = await auth.get_user_by_email(options.email)
        await auth.disable_user(user.id)
        return user, f"Disabled {options.email}; all its sessions are ended."

    return _run("user.update", work)


def _read_password() -> str:
    """Never from an argument: other users of the machine see those."""
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


def _run(action: str, work: Work) -> int:
    async def main() -> str:
        async with cli_database(command_settings()) as database, database.unit_of_work() as session:
            user, done = await work(AuthService(session, SystemClock()))
            await record_system(session, action, target=str(user.id))
            return done

    try:
        print(asyncio.run(main()))
    except TocsinError as error:
        return failure(error)
    return 0
