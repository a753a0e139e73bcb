"""Destinations over HTTP: their secrets are shown once, and what was sent to them stays provable."""

from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.core.secrets import SecretBox
from backend.core.settings import Settings
from backend.db.database import Database
from backend.delivery.destination_service import owner_of
from backend.delivery.models import Destination
from tests.factories.delivery import add_deliveries, add_delivery
from tests.factories.tenancy import add_store
from tests.support.application import AsRole
from tests.support.times import FrozenClock

URL = "/api/v1/admin/delivery/destinations"
# An address, so that nothing is looked up.
HOOK = "https://93.184.216.34/in/Q7secretQ7?key=Q7tokenQ7"


@pytest_asyncio.fixture
async def admin(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.ADMIN)


async def made(admin: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:  # Any: JSON
    wanted = {"kind": "webhook", "name": "Ops", "url": HOOK} | fields
    response = await admin.post(URL, json=wanted)
    assert response.status_code == 201, response.text
    body: dict[str, Any] = response.json()
    return body


async def row_of(database: Database, destination_id: int) -> dict[str, Any]:  # Any: database values
    (row,) = await database.reads.fetch("select * from delivery_destinations where id = $1", destination_id)
    return dict(row)


async def add_one_as(database: Database, destination_id: int, status: str) -> int:
    async with database.unit_of_work() as session:
        row = await session.get_one(Destination, destination_id)
        return (await add_delivery(session, row, status=status)).id


class TestCreating:
    async def test_a_webhooks_secret_is_shown_once_and_its_address_never(
        self, admin: httpx.AsyncClient, database: Database, settings: Settings
    ) -> None:
        shown = await made(admin)
        assert shown["secret"].startswith("whsec_")
        assert shown["shown_address"] == "https://93.184.216.34/in/…"
        one = await admin.get(f"{URL}/{shown['id']}")
        listed = await admin.get(URL)
        assert "secret" not in one.json()
        assert listed.json()["items"] == [one.json()]
        row = await row_of(database, shown["id"])
        audited = await database.reads.fetch("select * from audit_log")
        kept = f"{one.text}{listed.text}{row}{audited}"
        # Longer than what random letters of something sealed may spell.
        assert not any(part in f"{kept}{shown}" for part in ("Q7secret", "Q7token"))
        assert shown["secret"] not in kept
        box = SecretBox(settings.secret_keys)
        assert box.open(owner_of(shown["id"]), row["sealed_address"]) == HOOK
        assert box.open(owner_of(shown["id"]), row["sealed_secret"]) == shown["secret"]

    async def test_what_it_takes_is_kept(self, admin: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            store = await add_store(session)
        shown = await made(
            admin,
            types=["security", "import_failure", "import_failure"],
            min_priority="high",
            store_ids=[store.id, store.id],
            language="fr",
        )
        assert shown["types"] == ["import_failure", "security"]
        assert (shown["min_priority"], shown["store_ids"], shown["language"]) == ("high", [store.id], "fr")
        assert shown["is_enabled"] is True

    async def test_chat_and_mail_have_no_secret(self, admin: httpx.AsyncClient) -> None:
        chat = await made(admin, kind="chat", url="ntfys://93.184.216.34/Q7topicQ7")
        mail = await made(admin, kind="email", url="ops@example.com")
        assert (chat["secret"], chat["shown_address"]) == (None, "ntfys://93.184.216.34/…")
        assert (mail["secret"], mail["shown_address"]) == (None, "ops@example.com")

    @pytest.mark.parametrize(
        ("fields", "path", "code"),
        [
            ({"url": "http://10.0.0.5/hook"}, "url", "egress_address"),
            ({"url": "ftp://example.com/hook"}, "url", "egress_url"),
            ({"url": "https://me:pw@93.184.216.34/hook"}, "url", "egress_url"),
            ({"kind": "chat", "url": "ntfy://10.0.0.5/topic"}, "url", "egress_address"),
            ({"kind": "chat", "url": "ntfy://93.184.216.34/topic"}, "url", "egress_clear_text"),
            ({"kind": "chat", "url": "json://127.0.0.1/hook"}, "url", "invalid_input"),
            ({"kind": "chat", "url": "mailto://me:pw@example.com"}, "url", "invalid_input"),
            ({"kind": "chat", "url": "syslog://"}, "url", "invalid_input"),
            ({"kind": "chat", "url": "slack://too-short"}, "url", "invalid_input"),
            ({"kind": "chat", "url": "slack://T1JJ3T3L2/A1BRTD4JD/TIiaj?template=/etc/passwd"}, "url", "invalid_input"),
            ({"kind": "email", "url": "not.an.address"}, "url", "invalid_input"),
            ({"kind": "email", "url": "a@example.com,b@example.com"}, "url", "invalid_input"),
            ({"kind": "pigeon"}, "kind", "invalid_input"),
            ({"types": ["security", "gossip"]}, "types.1", "invalid_input"),
            ({"store_ids": [4711]}, "store_ids.0", "invalid_input"),
            ({"min_priority": "urgent"}, "min_priority", "invalid_input"),
            ({"name": ""}, "name", "invalid_input"),
            ({"language": "lb"}, "language", "invalid_input"),
        ],
    )
    async def test_what_is_wrong_is_named(
        self, admin: httpx.AsyncClient, database: Database, fields: dict[str, Any], path: str, code: str
    ) -> None:
        response = await admin.post(URL, json={"kind": "webhook", "name": "Ops", "url": HOOK} | fields)
        assert response.status_code == 400, response.text
        assert response.json()["code"] == code
        assert [error["path"] for error in response.json()["errors"]] == [path]
        assert await database.reads.fetch("select from delivery_destinations") == []


class TestListing:
    async def test_newest_first_in_pages_by_kind_and_without_peoples_own(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        ids = [(await made(admin, name=f"Hook {number}"))["id"] for number in range(3)]
        mail = await made(admin, kind="email", url="ops@example.com")
        await database.reads.execute(
            "insert into delivery_destinations (kind, user_id, name) select 'email', id, 'E-mail' from users"
        )
        first = (await admin.get(URL, params={"limit": 2, "kind": "webhook"})).json()
        rest = (await admin.get(URL, params={"limit": 2, "kind": "webhook", "cursor": first["next_cursor"]})).json()
        assert [item["id"] for item in (*first["items"], *rest["items"])] == ids[::-1]
        assert [item["id"] for item in (await admin.get(URL)).json()["items"]] == [mail["id"], *ids[::-1]]

    async def test_a_persons_own_is_nobody_elses(self, admin: httpx.AsyncClient, database: Database) -> None:
        (own,) = await database.reads.fetch(
            "insert into delivery_destinations (kind, user_id, name) select 'email', min(id), 'E-mail' from users"
            " returning id"
        )
        response = await admin.get(f"{URL}/{own['id']}")
        assert (response.status_code, response.json()["code"]) == (404, "destination_not_found")


class TestChanging:
    async def test_what_is_absent_stays_and_so_does_the_secret(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        shown = await made(admin, types=["security"])
        before = await row_of(database, shown["id"])
        changed = await admin.patch(f"{URL}/{shown['id']}", json={"name": "Night", "url": f"{HOOK}&Q7more=1"})
        assert changed.status_code == 200, changed.text
        assert (changed.json()["name"], changed.json()["types"]) == ("Night", ["security"])
        after = await row_of(database, shown["id"])
        assert after["sealed_secret"] == before["sealed_secret"]
        assert after["sealed_address"] != before["sealed_address"]
        (line,) = await database.reads.fetch("select detail from audit_log where action = 'destination.change'")
        assert "Q7" not in line["detail"]
        assert msgspec.json.decode(line["detail"])["is_url_new"] is True

    async def test_another_address_is_judged_by_the_kind(self, admin: httpx.AsyncClient) -> None:
        shown = await made(admin)
        refused = await admin.patch(f"{URL}/{shown['id']}", json={"url": "http://169.254.169.254/latest"})
        assert (refused.status_code, refused.json()["code"]) == (400, "egress_address")
        assert (await admin.patch(f"{URL}/{shown['id']}", json={"url": "ops@example.com"})).status_code == 400

    async def test_one_that_is_switched_off_comes_back_with_a_closed_circuit(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        shown = await made(admin)
        await database.reads.execute(
            "update delivery_destinations set failures = 7, opened_at = now(), probe_at = now(), failing_since = now()"
        )
        off = (await admin.patch(f"{URL}/{shown['id']}", json={"is_enabled": False})).json()
        assert (off["is_enabled"], off["disabled_reason"]) == (False, "by hand")
        assert off["failing_since"] is not None
        on = (await admin.post(f"{URL}/{shown['id']}/enable")).json()
        assert on["is_enabled"] is True
        assert {on[name] for name in ("disabled_at", "disabled_reason", "failing_since", "opened_at", "probe_at")} == {
            None
        }
        assert (await row_of(database, shown["id"]))["failures"] == 0

    async def test_what_failed_before_goes_at_once_and_what_is_quiet_stays_so(
        self, admin: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        shown = await made(admin)
        later = clock.now() + timedelta(hours=2)
        async with database.unit_of_work() as session:
            row = await session.get_one(Destination, shown["id"])
            await add_delivery(session, row, tries=3, next_attempt_at=later)
            await add_delivery(session, row, next_attempt_at=later, reason="quiet_hours")

        await admin.post(f"{URL}/{shown['id']}/enable")

        due = "select next_attempt_at <= tocsin_now() as is_due from deliveries order by id"
        assert [found["is_due"] for found in await database.reads.fetch(due)] == [True, False]

    @pytest.mark.parametrize(("reason", "is_on"), [("bounced", True), ("failing", True), ("by hand", False)])
    async def test_a_new_address_switches_on_what_only_the_old_one_had_switched_off(
        self, admin: httpx.AsyncClient, database: Database, clock: FrozenClock, reason: str, is_on: bool
    ) -> None:
        shown = await made(admin, kind="email", url="old@example.com")
        await database.reads.execute(
            "update delivery_destinations set is_enabled = false, disabled_at = now(), disabled_reason = $1,"
            " bounces = 3, last_error = 'No such user.'",
            reason,
        )
        async with database.unit_of_work() as session:
            await add_deliveries(session, shown["id"], tries=3, next_attempt_at=clock.now() + timedelta(hours=2))
        moved = (await admin.patch(f"{URL}/{shown['id']}", json={"url": "new@example.com"})).json()
        assert (moved["is_enabled"], moved["disabled_reason"] is None, moved["last_error"]) == (is_on, is_on, None)
        assert (await row_of(database, shown["id"]))["bounces"] == 0
        # What failed before goes at once; of one that is off it waits.
        due = "select next_attempt_at <= tocsin_now() from deliveries"
        assert await database.reads.fetchval(due) is is_on

    async def test_after_a_rotation_both_secrets_live_for_a_day(
        self, admin: httpx.AsyncClient, database: Database, settings: Settings, clock: FrozenClock
    ) -> None:
        first = await made(admin)
        rotated = await admin.post(f"{URL}/{first['id']}/rotate-secret")
        assert rotated.status_code == 200, rotated.text
        second = rotated.json()["secret"]
        assert second != first["secret"]
        row = await row_of(database, first["id"])
        box, owner = SecretBox(settings.secret_keys), owner_of(first["id"])
        assert box.open(owner, row["sealed_secret"]) == second
        assert box.open(owner, row["sealed_previous_secret"]) == first["secret"]
        assert row["previous_secret_until"] == clock.now() + timedelta(hours=24)

    async def test_only_webhooks_have_a_secret_to_rotate(self, admin: httpx.AsyncClient) -> None:
        mail = await made(admin, kind="email", url="ops@example.com")
        response = await admin.post(f"{URL}/{mail['id']}/rotate-secret")
        assert (response.status_code, response.json()["code"]) == (409, "no_signing_secret")


class TestDeleting:
    async def test_what_waits_is_dropped_what_was_sent_stays_and_secrets_go(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        shown = await made(admin)
        for status in ("pending", "held", "sending", "sent"):
            await add_one_as(database, shown["id"], status)
        assert (await admin.delete(f"{URL}/{shown['id']}")).status_code == 204
        assert (await admin.get(f"{URL}/{shown['id']}")).status_code == 404
        assert (await admin.delete(f"{URL}/{shown['id']}")).status_code == 404
        assert (await admin.get(URL)).json()["items"] == []
        found = await database.reads.fetch(
            "select status, reason, finished_at is null as open from deliveries order by id"
        )
        assert [tuple(row.values()) for row in found] == [
            ("dropped", "destination_deleted", False),
            ("dropped", "destination_deleted", False),
            ("sending", None, True),
            ("sent", None, True),
        ]
        row = await row_of(database, shown["id"])
        assert (row["is_enabled"], row["sealed_address"], row["sealed_secret"]) == (False, None, None)
        assert row["deleted_at"] is not None


class TestTesting:
    async def test_a_test_is_a_message_to_that_destination_alone(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        shown, _ = await made(admin), await made(admin, name="Other")
        asked = await admin.post(f"{URL}/{shown['id']}/test")
        assert asked.status_code == 202, asked.text
        (delivery,) = await database.reads.fetch(
            "select d.*, m.kind, m.verdicts from deliveries d join delivery_messages m on m.id = d.message_id"
        )
        assert asked.json() == {"delivery_id": delivery["id"], "status": "pending"}
        assert (delivery["destination_id"], delivery["kind"]) == (shown["id"], "test")
        ((verdict),) = msgspec.json.decode(delivery["verdicts"])
        assert (verdict["decision"], verdict["reason"], verdict["destination_id"]) == ("send", "asked_for", shown["id"])

    async def test_it_can_be_asked_for_again(self, admin: httpx.AsyncClient) -> None:
        shown = await made(admin)
        ids = [(await admin.post(f"{URL}/{shown['id']}/test")).json()["delivery_id"] for _ in range(2)]
        assert ids[0] != ids[1]

    async def test_nothing_is_sent_to_one_that_is_switched_off(
        self, admin: httpx.AsyncClient, database: Database
    ) -> None:
        shown = await made(admin)
        await admin.patch(f"{URL}/{shown['id']}", json={"is_enabled": False})
        response = await admin.post(f"{URL}/{shown['id']}/test")
        assert (response.status_code, response.json()["code"]) == (409, "destination_off")
        assert await database.reads.fetch("select from deliveries") == []
