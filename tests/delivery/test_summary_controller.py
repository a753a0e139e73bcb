"""GET /delivery/summary: what happened since I left."""

from datetime import timedelta

import httpx
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.notifications import add_notification
from tests.support.application import AsRole, MakeKey
from tests.support.times import FrozenClock

URL = "/api/v1/admin/delivery/summary"
HOUR = timedelta(hours=1)


@pytest_asyncio.fixture
async def viewer(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.VIEWER)


def iso(clock: FrozenClock, by: timedelta = timedelta(0)) -> str:
    return (clock.now() + by).isoformat().replace("+00:00", "Z")


async def add(database: Database, clock: FrozenClock, **fields: object) -> int:
    async with database.unit_of_work() as session:
        return (await add_notification(session, clock, **fields)).id


async def test_it_shows_each_store_with_its_groups(
    viewer: httpx.AsyncClient, database: Database, clock: FrozenClock
) -> None:
    notification_id = await add(database, clock, title="Slow")
    raised_at = iso(clock)
    clock.advance(HOUR)
    response = await viewer.get(URL)
    assert response.status_code == 200, response.text
    assert response.json() == {
        "from": iso(clock, -24 * HOUR),
        "to": iso(clock),
        "stores": [
            {
                "store_id": None,
                "store_name": None,
                "open": [
                    {
                        "id": notification_id,
                        "kind": "notification",
                        "title": "Slow",
                        "priority": "normal",
                        "at": raised_at,
                        "by": None,
                        "count": 1,
                        "store_count": None,
                    }
                ],
                "healed": [],
                "handled": [],
                "more": {"open": 0, "healed": 0, "handled": 0},
            }
        ],
        "open_count": 1,
        "healed_count": 0,
        "handled_count": 0,
    }


async def test_it_begins_when_i_looked_last(viewer: httpx.AsyncClient, database: Database, clock: FrozenClock) -> None:
    seen = await add(database, clock)
    clock.advance(HOUR)
    await viewer.put("/api/v1/admin/notifications/seen", json={"up_to_id": seen})
    looked_at = iso(clock)
    clock.advance(timedelta(days=3))
    since = (await viewer.get(URL)).json()
    assert (since["from"], since["stores"]) == (looked_at, [])
    clock.advance(timedelta(days=40))
    assert (await viewer.get(URL)).json()["from"] == iso(clock, timedelta(days=-31))


async def test_another_time_can_be_asked_for(viewer: httpx.AsyncClient, database: Database, clock: FrozenClock) -> None:
    await add(database, clock)
    clock.advance(2 * HOUR)
    for back, count in ((HOUR, 0), (3 * HOUR, 1), (timedelta(days=31), 1)):
        answer = (await viewer.get(URL, params={"since": iso(clock, -back)})).json()
        assert (answer["from"], answer["open_count"]) == (iso(clock, -back), count)


@pytest.mark.parametrize("days", [-31.01, 0.01])
async def test_a_time_too_far_back_or_to_come_is_named(
    viewer: httpx.AsyncClient, clock: FrozenClock, days: float
) -> None:
    response = await viewer.get(URL, params={"since": iso(clock, timedelta(days=days))})
    assert (response.status_code, response.json()["errors"][0]["path"]) == (400, "since")


async def test_a_time_without_an_offset_is_named(viewer: httpx.AsyncClient) -> None:
    response = await viewer.get(URL, params={"since": "2026-03-02T09:00:00"})
    assert (response.status_code, response.json()["errors"][0]["path"]) == (400, "since")


async def test_a_machine_sees_the_last_day(viewer: httpx.AsyncClient, api_key: MakeKey, clock: FrozenClock) -> None:
    viewer.cookies.clear()
    headers = {"Authorization": f"Bearer {await api_key(Role.VIEWER)}"}
    assert (await viewer.get(URL, headers=headers)).json()["from"] == iso(clock, -24 * HOUR)
