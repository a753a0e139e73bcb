"""The API as `tocsin api` starts it, with handlers of the benchmarks that the real ones are held against."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import msgspec
from litestar import Litestar, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy import func

from backend.app.factory import create_app
from backend.auth import ApiKeyService
from backend.auth.models import User, UserSession
from backend.cli import main
from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.core.secrets import random_token, token_hash
from backend.core.settings import Settings
from backend.db.database import Database
from backend.db.reads import Reads
from backend.embedded.services import Services

ROOT = Path(__file__).resolve().parents[2]
SELECT_ONE = "/api/v1/bench/select-1"
UPSERT = "/api/v1/bench/upsert"
# The least that deduplicates: one row a key while it is open, and a count.
BARE_UPSERT = """
insert into platform_alerts as a
    (alert_type, severity, previous_severity, title, fingerprint, first_occurred_at, last_occurred_at)
values ('system', 'error', 'error', 'Bare', {key}, now(), now())
on conflict (fingerprint) where not is_resolved do update set
    occurrence_count = a.occurrence_count + 1, last_occurred_at = excluded.last_occurred_at
"""
_READY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Api:
    port: int
    pid: int


@contextlib.contextmanager
def running_api(services: Services, folder: Path, **environment: str) -> Iterator[Api]:
    """A server process on a free port, ready to serve; ended with the block."""
    port = _free_port()
    env = os.environ | {
        "TOCSIN_DATABASE_URL": services.database_url,
        "TOCSIN_REDIS_URL": services.redis_url,
        "TOCSIN_DATA_DIR": str(folder),
        "TOCSIN_SECRET_KEY": "bench",
        "TOCSIN_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    argv = [sys.executable, "-m", "tests.bench.server"]
    with subprocess.Popen(argv, env=env | environment, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_until_ready(port, process)
            yield Api(port, process.pid)
        finally:
            process.terminate()


async def session_of(database: Database, name: str) -> tuple[int, str]:
    """An admin who is signed in: the id, and the header line that a browser sends."""
    token = random_token()
    async with database.unit_of_work() as session:
        user = User(email=f"{name}@example.com", name=name, role=Role.ADMIN, password_hash="none")
        session.add(user)
        await session.flush()
        expires_at = func.tocsin_now() + timedelta(days=1)
        session.add(UserSession(user_id=user.id, token_hash=token_hash(token), expires_at=expires_at))
    return user.id, f"Cookie: tocsin={token}"


async def key_of(database: Database, role: Role) -> str:
    """The header line that a machine sends."""
    async with database.unit_of_work() as session:
        _, secret = await ApiKeyService(session, SystemClock()).create(
            name="Bench", role=role, expires_at=None, created_by=None
        )
    return f"Authorization: Bearer {secret}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with (
            contextlib.suppress(urllib.error.URLError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready"),
        ):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not become ready")


@get(SELECT_ONE, opt={"role": Role.VIEWER}, include_in_schema=False)
async def select_one(reads: NamedDependency[Reads]) -> int:
    found: int = await reads.fetchval("select 1")
    return found


class Bare(msgspec.Struct):
    """What a bare upsert needs of an alert."""

    dedup_key: str


@post(UPSERT, opt={"role": Role.ADMIN, "ingest": True}, include_in_schema=False)
async def upsert(data: JSONBody[Bare], reads: NamedDependency[Reads]) -> str:
    return await reads.execute(BARE_UPSERT.format(key="'bare:' || $1::text"), data.dedup_key)


def _create_app(settings: Settings) -> Litestar:
    app = create_app(settings)
    app.register(select_one)
    app.register(upsert)
    return app


if __name__ == "__main__":
    with patch("backend.cli.serve.create_app", _create_app):
        sys.exit(main(["api"]))
