"""The real Alertmanager, as Debian packs it: what it sends opens here, and heals here when it says so."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.db.database import Database
from tests.ingest.payloads import Json
from tests.support.application import AsRole, MakeKey
from tests.support.jobs import until
from tests.support.loopback import serving

PROGRAM = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Alertmanager is not installed (apt: prometheus-alertmanager)")

CONFIG = """
route:
  receiver: tocsin
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: tocsin
    webhook_configs:
      - url: {url}/api/v1/ingest/alertmanager
        send_resolved: true
        max_alerts: 3
        http_config:
          authorization:
            type: Bearer
            credentials: {key}
"""


@asynccontextmanager
async def alertmanager(folder: Path, config: str) -> AsyncIterator[httpx.AsyncClient]:
    """The program on a free port, and a client of its own API."""
    (folder / "alertmanager.yml").write_text(config)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {
        "config.file": folder / "alertmanager.yml",
        "storage.path": folder,
        "web.listen-address": f"127.0.0.1:{port}",
        "cluster.listen-address": "",
    }
    with (folder / "output.txt").open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            str(PROGRAM), *(f"--{name}={value}" for name, value in options.items()), stdout=output, stderr=output
        )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await until(lambda: _is_ready(client), within=15)
            yield client
    finally:
        process.kill()
        await process.wait()


async def _is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/-/ready")).status_code == 200
    except httpx.TransportError:
        return False


def fired(*names: str, ends_in: timedelta = timedelta(hours=1)) -> list[Json]:
    """As Prometheus posts them."""
    now = SystemClock().now()
    return [
        {
            "labels": {"alertname": "DiskFull", "instance": name, "severity": "page", "store_id": "7"},
            "annotations": {"summary": f"The disk of {name} is full", "description": "Less than 1 % is free."},
            "startsAt": (now - timedelta(minutes=5)).isoformat(),
            "endsAt": (now + ends_in).isoformat(),
            "generatorURL": "http://prometheus.example/graph",
        }
        for name in names
    ]


OpenTitles = Callable[[], Awaitable[list[str]]]


@pytest.fixture
def open_titles(database: Database) -> OpenTitles:
    """A function that reads the titles of what is open, in their order."""

    async def titles() -> list[str]:
        rows = await database.reads.fetch("select title from platform_alerts where not is_resolved order by title")
        return [row["title"] for row in rows]

    return titles


async def _post(client: httpx.AsyncClient, alerts: list[Json]) -> None:
    response = await client.post("/api/v2/alerts", json=alerts)
    assert response.status_code == 200, response.text


async def test_what_it_sends_opens_and_heals(
    app: Litestar, api_key: MakeKey, as_role: AsRole, open_titles: OpenTitles, tmp_path: Path
) -> None:
    async with (
        serving(app) as url,
        alertmanager(tmp_path, CONFIG.format(url=url, key=await api_key(Role.INGEST))) as its_api,
    ):
        await _post(its_api, fired("db-1", "db-2"))
        both = ["The disk of db-1 is full", "The disk of db-2 is full"]

        async def are_open(titles: list[str]) -> bool:
            return await open_titles() == titles

        await until(lambda: are_open(both), within=15)
        await _post(its_api, fired("db-1", ends_in=timedelta(seconds=-1)))
        await until(lambda: are_open(both[1:]), within=15)
    viewer = await as_role(Role.VIEWER)
    (healed,) = (await viewer.get("/api/v1/admin/notifications/alerts?is_resolved=true")).json()["items"]
    assert (healed["severity"], healed["affected_stores"], healed["affected_systems"]) == ("critical", [7], ["db-1"])
    assert healed["resolution_notes"] == "Healed by Alertmanager."
    assert healed["description"].startswith("Less than 1 % is free.\nSource: http://prometheus.example/graph\n")


async def test_a_group_that_it_cuts_is_told_of_until_it_comes_whole(
    app: Litestar, api_key: MakeKey, database: Database, tmp_path: Path
) -> None:
    told = "select occurrence_count, is_resolved from platform_alerts where title = 'Alertmanager left out 2 alerts'"

    async def is_told(*expected: object) -> bool:
        row = await database.reads.fetchrow(told)
        return row is not None and tuple(row) == expected

    async with (
        serving(app) as url,
        alertmanager(tmp_path, CONFIG.format(url=url, key=await api_key(Role.INGEST))) as its_api,
    ):
        names = [f"db-{number}" for number in range(5)]
        await _post(its_api, fired(*names))
        await until(lambda: is_told(1, False), within=15)
        assert await database.reads.fetchval("select count(*) from platform_alerts") == 1 + 3
        # A message of five once more, as it tells of those that ended; then of the two that are left.
        await _post(its_api, fired(*names[:3], ends_in=timedelta(seconds=-1)))
        await until(lambda: is_told(2, False), within=15)
        await _post(its_api, fired(names[3], ends_in=timedelta(seconds=-1)))
        await until(lambda: is_told(2, True), within=15)
