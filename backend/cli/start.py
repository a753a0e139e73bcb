"""`tocsin up`: everything, supervised, with one command."""

import argparse
import sys
from typing import Any

from backend.core.settings import Settings, load_settings
from backend.embedded.program import Address, Program, Ready, Step
from backend.embedded.up import up

_MIGRATE = "Migrating the database"
_SEED = "Preparing the first sign-in and the demo"


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:  # Any: argparse's own parameter
    parser = commands.add_parser("up", help="start database, API and worker; stop them with Ctrl-C")
    parser.set_defaults(run=_up)


def _up(_options: argparse.Namespace) -> int:
    settings = load_settings()
    steps = [Step(_MIGRATE, _tocsin("migrate", "--quiet")), Step(_SEED, _tocsin("seed"))]
    programs = [
        Program("api", "the API", _tocsin("api"), ready_url=f"{_local_url(settings)}/health/ready"),
        Program("worker", "the worker", _tocsin("worker")),
    ]
    if settings.is_demo and settings.letzshop_url is None:
        programs.append(_simulated_letzshop())
    return up(settings, steps, programs, lambda ready: _tell(settings, ready))


def _simulated_letzshop() -> Program:
    """The demo's stores sync with it; it is away for the last minutes of every hour."""
    argv = _tocsin("letzshop-sim", "--outage", "3600", "240")
    return Program(
        "letzshop-sim", "the simulated Letzshop", argv, address=Address("TOCSIN_LETZSHOP_URL", path="/graphql")
    )


def _tocsin(*arguments: str) -> list[str]:
    # This very interpreter: `tocsin` on the PATH may be another installation.
    return [sys.executable, "-m", "backend.cli", *arguments]


def _local_url(settings: Settings) -> str:
    host = settings.server.host
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared with, not bound to
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.server.port}"


def _tell(settings: Settings, ready: Ready) -> None:
    url = settings.server.public_url or _local_url(settings)
    print(f"\nTocsin is ready after {ready.seconds:.1f} s: {url}")
    print(_how_to_sign_in(settings, ready))
    print("Stop with Ctrl-C.\n", flush=True)


def _how_to_sign_in(settings: Settings, ready: Ready) -> str:
    email, password = settings.first_admin.email, settings.first_admin.password
    if "password:" in ready.said.get(_SEED, ""):
        return f"Sign in as {email} with the password above; it is not shown again."
    if password is not None:
        return f"Sign in as {email} with the password from TOCSIN_ADMIN_PASSWORD, unless it was changed since."
    return "Sign in as before; a forgotten password is replaced by `tocsin user set-password`."
