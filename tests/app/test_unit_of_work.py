"""What a request writes commits whole or not at all, and before its answer leaves."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.alerts import alert_json
from tests.factories.notifications import notification_json
from tests.support.application import AsRole

NOTIFICATIONS = "/api/v1/admin/notifications"


async def rows(database: Database) -> tuple[int, int, int, int]:
    row = await database.reads.fetchrow(
        """
        select (select count(*) from admin_notifications), (select count(*) from platform_alerts),
               (select count(*) from audit_log), (select count(*) from idempotency_keys)
        """
    )
    assert row is not None
    return row[0], row[1], row[2], row[3]


@pytest_asyncio.fixture
async def commits_fail(database: Database) -> AsyncIterator[None]:
    """Notifications and alerts can be written, and their transactions cannot commit."""
    await database.reads.execute(
        "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$"
    )
    for table in ("admin_notifications", "platform_alerts"):
        await database.reads.execute(
            f"create constraint trigger test_refuse after insert on {table} deferrable initially deferred "
            "for each row execute function refuse()"
        )
    yield
    await database.reads.execute("drop function refuse cascade")


@pytest.mark.usefixtures("commits_fail")
class TestACommitThatFails:
    @pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "one"}], ids=["plain", "with a key"])
    async def test_is_a_500_and_nothing_is_stored(
        self, as_role: AsRole, database: Database, headers: dict[str, str]
    ) -> None:
        admin = await as_role(Role.ADMIN)
        answer = await admin.post(NOTIFICATIONS, json=notification_json(), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
        assert answer.headers["x-request-id"] in answer.json()["detail"]
        assert "not today" not in answer.text
        assert await rows(database) == (0, 0, 0, 0)

    async def test_is_a_500_on_the_short_way_of_machines_too(self, as_role: AsRole, database: Database) -> None:
        machine = await as_role(Role.INGEST)
        assert (await machine.post(f"{NOTIFICATIONS}/alerts", json=alert_json())).status_code == 500
        assert await rows(database) == (0, 0, 0, 0)


class TestAnErrorInTheRoute:
    async def test_leaves_neither_the_work_nor_its_audit_entry(self, as_role: AsRole, database: Database) -> None:
        admin = await as_role(Role.ADMIN)
        bad = notification_json(action_url="//evil.example")
        assert (await admin.post(NOTIFICATIONS, json=bad)).status_code == 400
        assert (await admin.put(f"{NOTIFICATIONS}/7/read")).status_code == 404
        assert await rows(database) == (0, 0, 0, 0)


class TestTheAuditLog:
    async def test_has_one_line_for_each_thing_a_person_did(self, as_role: AsRole, database: Database) -> None:
        admin = await as_role(Role.ADMIN)
        created = (await admin.post(NOTIFICATIONS, json=notification_json())).json()["id"]
        await admin.get(f"{NOTIFICATIONS}/{created}")
        await admin.put(f"{NOTIFICATIONS}/{created}/read")
        await admin.post(f"{NOTIFICATIONS}/bulk", json={"ids": [created], "action": "delete"})
        answer = await admin.put(f"{NOTIFICATIONS}/mark-all-read")
        entries = await database.reads.fetch("select * from audit_log order by id")
        assert [(entry["action"], entry["target"]) for entry in entries] == [
            ("notification.create", None),
            ("notification.read", str(created)),
            ("notification.bulk", None),
            ("notification.mark_all_read", None),
        ]
        assert {(entry["actor_kind"], entry["actor_name"], entry["outcome"]) for entry in entries} == {
            ("user", "Admin Test", "done")
        }
        assert entries[-1]["request_id"] == answer.headers["x-request-id"]
        assert entries[2]["detail"] == f'{{"ids": [{created}], "action": "delete"}}'

    async def test_names_a_key_that_is_not_a_mere_machine(
        self, client: object, app: object, api_key: object, as_role: AsRole, database: Database
    ) -> None:
        machine = await as_role(Role.INGEST)
        await machine.post(NOTIFICATIONS, json=notification_json())
        assert (await rows(database))[2] == 0
