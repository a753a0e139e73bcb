"""Idempotency-Key: one effect and one answer, whatever the network does to the caller (design 2)."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.alerts import alert_json
from tests.factories.notifications import notification_json
from tests.support.application import AsRole
from tests.support.times import DatabaseTimeShift

NOTIFICATIONS = "/api/v1/admin/notifications"
ALERTS = f"{NOTIFICATIONS}/alerts"
CREATES = [
    (NOTIFICATIONS, notification_json(notification_metadata={"b": 1, "a": [1.50, "é"]}), "admin_notifications"),
    (ALERTS, alert_json(affected_stores=[2, 1]), "platform_alerts"),
    (f"{ALERTS}/batch", {"alerts": [alert_json(), 7]}, "platform_alerts"),
]
KEY = {"Idempotency-Key": "a5f2"}


async def effects(database: Database, table: str) -> int:
    counted = "sum(occurrence_count)" if table == "platform_alerts" else "count(*)"
    found: int = await database.reads.fetchval(f"select coalesce({counted}, 0)::int from {table}")  # noqa: S608 - above
    return found


@pytest.mark.parametrize(("url", "body", "table"), CREATES)
@pytest.mark.parametrize("role", [Role.ADMIN, Role.INGEST])
class TestTheSameCallAgain:
    async def test_gets_the_first_answer_byte_for_byte_and_has_no_effect(
        self, as_role: AsRole, database: Database, role: Role, url: str, body: object, table: str
    ) -> None:
        caller = await as_role(role)
        first = await caller.post(url, json=body, headers=KEY)
        again = await caller.post(url, json=body, headers=KEY)
        assert first.status_code in {200, 201}
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers["content-type"] == first.headers["content-type"]
        assert again.headers["idempotency-replay"] == "true"
        assert await effects(database, table) == 1

    async def test_is_one_effect_also_when_fifty_come_at_once(
        self, as_role: AsRole, database: Database, role: Role, url: str, body: object, table: str
    ) -> None:
        caller = await as_role(role)
        answers = await asyncio.gather(*(caller.post(url, json=body, headers=KEY) for _ in range(50)))
        counted = Counter(answer.status_code for answer in answers)
        done = [answer for answer in answers if answer.status_code in {200, 201}]
        assert counted[409] == len(answers) - len(done)
        assert len({answer.content for answer in done}) == 1
        assert await effects(database, table) == 1


class TestAKey:
    async def test_with_another_body_is_422(self, as_role: AsRole, database: Database) -> None:
        admin = await as_role(Role.ADMIN)
        await admin.post(NOTIFICATIONS, json=notification_json(), headers=KEY)
        answer = await admin.post(NOTIFICATIONS, json=notification_json(title="Another"), headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
        assert await effects(database, "admin_notifications") == 1

    async def test_belongs_to_its_caller_and_its_route(self, as_role: AsRole, database: Database) -> None:
        for role in (Role.ADMIN, Role.INGEST, Role.INGEST):
            caller = await as_role(role)
            assert (await caller.post(NOTIFICATIONS, json=notification_json(), headers=KEY)).status_code == 201
            assert (await caller.post(ALERTS, json=alert_json(), headers=KEY)).status_code in {200, 201}
        assert await effects(database, "admin_notifications") == 3
        assert await effects(database, "platform_alerts") == 3

    async def test_of_a_call_that_was_refused_is_free_again(self, as_role: AsRole, database: Database) -> None:
        admin = await as_role(Role.ADMIN)
        bad = notification_json(action_url="//evil.example")
        assert (await admin.post(NOTIFICATIONS, json=bad, headers=KEY)).status_code == 400
        assert (await admin.post(NOTIFICATIONS, json=notification_json(), headers=KEY)).status_code == 201

    async def test_is_kept_for_a_day(
        self, as_role: AsRole, database: Database, shift_database_time: DatabaseTimeShift
    ) -> None:
        machine = await as_role(Role.INGEST)
        await machine.post(ALERTS, json=alert_json(), headers=KEY)
        await shift_database_time(timedelta(hours=23, minutes=59))
        assert (await machine.post(ALERTS, json=alert_json(), headers=KEY)).headers["idempotency-replay"] == "true"
        await shift_database_time(timedelta(hours=24, minutes=1))
        answer = await machine.post(ALERTS, json=alert_json(), headers=KEY)
        assert "idempotency-replay" not in answer.headers
        assert answer.json()["occurrence_count"] == 2

    @pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "é".encode()])
    async def test_that_is_no_key_names_the_header(self, as_role: AsRole, key: str | bytes) -> None:
        value = key if isinstance(key, bytes) else key.encode()
        answer = await (await as_role(Role.ADMIN)).post(
            NOTIFICATIONS, json=notification_json(), headers={b"Idempotency-Key": value}
        )
        if key == "é".encode():
            assert answer.status_code == 201
        else:
            assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "Idempotency-Key")

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("users", {"email": "anne@example.com", "name": "Anne", "role": "viewer"}),
            ("users/4711/reset-password", None),
            ("api-keys", {"name": "Till", "role": "ingest"}),
            ("api-keys/4711/rotate", None),
        ],
    )
    async def test_is_refused_where_the_answer_holds_a_secret(self, as_role: AsRole, path: str, body: object) -> None:
        admin = await as_role(Role.ADMIN)
        answer = await admin.post(f"/api/v1/admin/{path}", json=body, headers=KEY)
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "Idempotency-Key")
        items = (await admin.get(f"/api/v1/admin/{path.partition('/')[0]}")).json()["items"]
        assert [item["name"] for item in items] == (["Admin Test"] if "users" in path else [])

    async def test_means_nothing_where_nothing_is_created(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        answer = await admin.put(f"{NOTIFICATIONS}/mark-all-read", headers=KEY)
        again = await admin.put(f"{NOTIFICATIONS}/mark-all-read", json={"up_to_id": 1}, headers=KEY)
        assert (answer.status_code, again.status_code) == (200, 200)


async def test_without_a_key_two_calls_are_two_occurrences(as_role: AsRole, database: Database) -> None:
    machine = await as_role(Role.INGEST)
    for _ in range(2):
        await machine.post(ALERTS, json=alert_json())
    assert await effects(database, "platform_alerts") == 2


async def test_a_second_call_while_the_first_still_runs_is_409_and_gets_the_answer_later(
    as_role: AsRole, database: Database
) -> None:
    machine = await as_role(Role.INGEST)
    await machine.get(NOTIFICATIONS)  # the key's first use is written down before the table is held
    async with database.reads.acquire() as connection:
        held = connection.transaction()
        await held.start()
        await connection.execute("lock table platform_alerts in exclusive mode")
        first = asyncio.create_task(machine.post(ALERTS, json=alert_json(), headers=KEY))
        await asyncio.sleep(0.3)
        second = await machine.post(ALERTS, json=alert_json(), headers=KEY)
        assert (second.status_code, second.json()["code"]) == (409, "idempotency_in_flight")
        assert second.headers["retry-after"] == "1"
        assert not first.done()
        await held.rollback()
    assert (await first).status_code == 201
    third = await machine.post(ALERTS, json=alert_json(), headers=KEY)
    assert third.content == (await first).content
    assert await effects(database, "platform_alerts") == 1
