"""Valkey and PostgreSQL are killed under a serving API: streams hear again, requests answer again, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from time import monotonic

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.app.factory import create_app
from backend.auth import ApiKeyService
from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.core.settings import Settings
from backend.db.migrate import upgrade
from backend.realtime.hub import Hub
from backend.realtime.stream import Stream
from backend.realtime.wire import RESYNC
from tests.factories.alerts import alert_json
from tests.factories.notifications import notification_json
from tests.support.application import client_of, running
from tests.support.killable import Killable, killable

pytestmark = [pytest.mark.timeout(120), pytest.mark.promise]

NOTIFICATIONS = "/api/v1/admin/notifications"


@pytest.fixture(scope="module")
def doomed() -> Iterator[tuple[Killable, Killable]]:
    with killable() as found:
        yield found


@pytest_asyncio.fixture
async def own_app(doomed: tuple[Killable, Killable], settings: Settings) -> AsyncIterator[Litestar]:
    postgres, valkey = doomed
    await asyncio.to_thread(upgrade, postgres.url)
    stores = replace(settings.stores, database_url=postgres.url, redis_url=valkey.url)
    async with running(create_app(replace(settings, stores=stores))) as app:
        await app.state.hub.connected.wait()
        yield app


@asynccontextmanager
async def caller(app: Litestar, role: Role) -> AsyncIterator[httpx.AsyncClient]:
    async with app.state.database.unit_of_work() as session:
        _, secret = await ApiKeyService(session, SystemClock()).create(
            name="caller", role=role, expires_at=None, created_by=None
        )
    async with client_of(app) as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        yield client


async def heard(stream: Stream, event: str, within: float) -> bool:
    until = monotonic() + within
    while (message := await stream.next_message(until=until)) is not None:
        if message.event == event:
            return True
    return False


def opened(hub: Hub, owner: str) -> Stream:
    stream = hub.open_stream(owner)
    assert stream is not None
    return stream


async def test_after_a_kill_of_valkey_old_and_new_streams_hear_again(
    own_app: Litestar, doomed: tuple[Killable, Killable]
) -> None:
    _, valkey = doomed
    hub: Hub = own_app.state.hub
    async with caller(own_app, Role.ADMIN) as admin:
        old = opened(hub, "user:1")
        assert await heard(old, RESYNC.event, 20)
        valkey.kill()
        # Nothing that is written waits for Valkey.
        assert (await admin.post(NOTIFICATIONS, json=notification_json())).status_code == 201
        valkey.start()
        assert await heard(old, RESYNC.event, 20)
        new = opened(hub, "user:2")
        assert (await admin.post(NOTIFICATIONS, json=notification_json())).status_code == 201
        for stream in (old, new):
            assert await heard(stream, "notification.created", 20)
        assert (await admin.get(f"{NOTIFICATIONS}/unread-count")).json()["unread_count"] == 2


async def test_while_postgresql_is_away_it_is_503_and_the_first_request_after_it_is_back_succeeds(
    own_app: Litestar, doomed: tuple[Killable, Killable]
) -> None:
    postgres, _ = doomed
    async with caller(own_app, Role.ADMIN) as admin, caller(own_app, Role.INGEST) as machine:
        # Both pools hold several connections, all of which go stale.
        before = await asyncio.gather(
            *(admin.post(NOTIFICATIONS, json=notification_json(title="Before")) for _ in range(6)),
            *(machine.post(f"{NOTIFICATIONS}/alerts", json=alert_json()) for _ in range(6)),
            *(admin.get(NOTIFICATIONS) for _ in range(6)),
        )
        assert {answer.status_code for answer in before} <= {200, 201}

        postgres.kill()
        await asyncio.sleep(0.1)
        for answer in (
            await admin.get(NOTIFICATIONS),
            await admin.post(NOTIFICATIONS, json=notification_json()),
            await admin.get("/health/ready"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert (await admin.get("/health/live")).status_code == 200

        postgres.start()
        after = await asyncio.gather(
            *(admin.get(NOTIFICATIONS) for _ in range(4)),
            *(admin.post(NOTIFICATIONS, json=notification_json(title="After")) for _ in range(4)),
            *(machine.post(f"{NOTIFICATIONS}/alerts", json=alert_json()) for _ in range(4)),
        )
        assert {answer.status_code for answer in after} <= {200, 201}
        listed = (await admin.get(NOTIFICATIONS, params={"q": "Before"})).json()["items"]
        assert len(listed) == 6


async def test_a_restart_between_two_requests_is_not_noticed(
    own_app: Litestar, doomed: tuple[Killable, Killable]
) -> None:
    postgres, _ = doomed
    async with caller(own_app, Role.ADMIN) as admin, caller(own_app, Role.INGEST) as machine:
        await asyncio.gather(*(admin.post(NOTIFICATIONS, json=notification_json()) for _ in range(5)))
        postgres.kill()
        postgres.start()
        # The event loop stood still meanwhile, and hears only now that its connections have ended.
        await asyncio.sleep(0.1)
        assert (await admin.get(NOTIFICATIONS)).status_code == 200
        assert (await admin.post(NOTIFICATIONS, json=notification_json())).status_code == 201
        assert (await machine.post(f"{NOTIFICATIONS}/alerts", json=alert_json())).status_code in {200, 201}
