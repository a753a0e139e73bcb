from datetime import timedelta

import httpx
import pytest

from backend.core.roles import Role
from backend.db.database import Database
from backend.delivery import Destination
from tests.support.application import AsRole, MakeKey
from tests.support.times import FrozenClock

MINE = "/api/v1/admin/preferences"
# A public address that is dialled by nobody here: it is only judged.
CHAT = "ntfys://93.184.215.14/secrettopic"
# How an address does that nothing was sent to yet.
UNUSED = {
    "is_enabled": True,
    "disabled_at": None,
    "disabled_reason": None,
    "failing_since": None,
    "last_error": None,
    "last_success_at": None,
}


def of(user_id: int) -> str:
    return f"/api/v1/admin/users/{user_id}/preferences"


async def id_of(client: httpx.AsyncClient) -> int:
    found: int = (await client.get(MINE)).json()["user_id"]
    return found


class TestMine:
    async def test_who_never_chose_is_shown_the_defaults(self, as_role: AsRole) -> None:
        response = await (await as_role(Role.VIEWER)).get(MINE)
        assert response.status_code == 200, response.text
        body = response.json()
        assert body["matrix"]["order_exception"] == {"email": "critical", "chat": "high"}
        del body["matrix"], body["user_id"]
        assert body == {
            "language": "en",
            "timezone": "Europe/Luxembourg",
            "overrides": [],
            "quiet_hours": {
                "is_on": False,
                "start": "22:00",
                "end": "07:00",
                "weekdays": [1, 2, 3, 4, 5, 6, 7],
                "critical_ignores": True,
            },
            "digest": {"frequency": "daily", "at": "08:00", "weekday": 1},
            "email": {"address": "viewer@example.com", "has_mail_server": False, **UNUSED},
            "chat": {"is_set": False, "shown_address": None, **UNUSED},
            "updated_at": None,
        }

    async def test_a_choice_is_kept_and_told_and_each_has_their_own(self, as_role: AsRole, clock: FrozenClock) -> None:
        viewer, operator = await as_role(Role.VIEWER), await as_role(Role.OPERATOR)
        saved = await viewer.put(MINE, json={"language": "fr", "quiet_hours": {"is_on": True, "end": "06:30"}})
        assert saved.status_code == 200, saved.text
        found = (await viewer.get(MINE)).json()
        assert found == saved.json()
        assert (found["language"], found["quiet_hours"]["end"]) == ("fr", "06:30")
        assert found["updated_at"] is not None
        assert (await operator.get(MINE)).json()["language"] == "en"

    async def test_what_is_shown_can_be_sent_back_with_one_thing_changed(self, as_role: AsRole) -> None:
        client = await as_role(Role.VIEWER)
        await client.put(MINE, json={"chat_url": CHAT, "quiet_hours": {"is_on": True}})
        shown = (await client.get(MINE)).json()

        saved = await client.put(MINE, json=shown | {"language": "fr", "user_id": 999})

        assert saved.status_code == 200, saved.text
        assert saved.json() == shown | {"language": "fr", "updated_at": saved.json()["updated_at"]}

    async def test_what_changed_since_it_was_read_is_not_overwritten(self, as_role: AsRole, clock: FrozenClock) -> None:
        client = await as_role(Role.VIEWER)
        read = (await client.get(MINE)).json()["updated_at"]
        first = await client.put(MINE, json={"language": "fr", "updated_at": read})
        assert first.status_code == 200, first.text
        for stale in (read, (clock.now() - timedelta(microseconds=1)).isoformat()):
            second = await client.put(MINE, json={"language": "de", "updated_at": stale})
            assert (second.status_code, second.json()["code"]) == (409, "changed_since_read")
        assert (await client.get(MINE)).json() == first.json()
        again = await client.put(MINE, json={"language": "de", "updated_at": first.json()["updated_at"]})
        assert again.status_code == 200, again.text

    @pytest.mark.parametrize(
        ("document", "path"),
        [
            ({"language": "lb"}, "language"),
            ({"timezone": "Europe/Luxemburg"}, "timezone"),
            ({"matrix": {"import_failure": {"email": "urgent"}}}, "matrix.import_failure.email"),
            ({"overrides": [{"store_id": 4711, "channel": "email", "min_priority": "low"}]}, "overrides.0.store_id"),
            ({"overrides": [{"store_id": 1, "channel": "webhook", "min_priority": "low"}]}, "overrides.0.channel"),
            ({"overrides": [{"store_id": 1, "channel": "email"}]}, "overrides.0.min_priority"),
            ({"overrides": [{"store_id": 1, "channel": "email", "min_priority": "low"}] * 201}, "overrides"),
            ({"quiet_hours": {"start": "24:00"}}, "quiet_hours.start"),
            ({"quiet_hours": {"weekdays": [0]}}, "quiet_hours.weekdays.0"),
            ({"quiet_hours": {"until": "07:00"}}, "quiet_hours.until"),
            ({"digest": {"at": "8:00"}}, "digest.at"),
            ({"digest": {"frequency": "monthly"}}, "digest.frequency"),
            ({"chat_address": CHAT}, "chat_address"),
        ],
    )
    async def test_what_is_wrong_is_named_by_its_field(
        self, as_role: AsRole, document: dict[str, object], path: str
    ) -> None:
        response = await (await as_role(Role.VIEWER)).put(MINE, json=document)
        assert response.status_code == 400, response.text
        assert [error["path"] for error in response.json()["errors"]] == [path]

    async def test_a_machine_has_none(self, client: httpx.AsyncClient, api_key: MakeKey) -> None:
        client.headers["Authorization"] = f"Bearer {await api_key(Role.ADMIN)}"
        for response in (await client.get(MINE), await client.put(MINE, json={})):
            assert (response.status_code, response.json()["code"]) == (422, "keys_have_no_preferences")

    async def test_it_shows_why_a_persons_mail_is_switched_off(self, as_role: AsRole, database: Database) -> None:
        client = await as_role(Role.VIEWER)
        off = {"is_enabled": False, "disabled_reason": "bounced", "last_error": "550 5.1.1 No such user."}
        async with database.unit_of_work() as session:
            session.add(Destination(kind="email", user_id=await id_of(client), name="E-mail", **off))
        shown = (await client.get(MINE)).json()["email"]
        assert shown == {"address": "viewer@example.com", "has_mail_server": False, **UNUSED, **off}


class TestChat:
    async def test_a_chat_address_is_kept_sealed_and_never_shown_again(
        self, as_role: AsRole, database: Database
    ) -> None:
        client = await as_role(Role.VIEWER)
        saved = await client.put(MINE, json={"chat_url": CHAT})
        assert saved.status_code == 200, saved.text
        assert saved.json()["chat"] == {"is_set": True, "shown_address": "ntfys://93.184.215.14/…", **UNUSED}
        assert (await client.get(MINE)).json() == saved.json()
        rows = [
            *await database.reads.fetch("select * from delivery_preferences"),
            *await database.reads.fetch("select * from delivery_destinations"),
            *await database.reads.fetch("select * from audit_log"),
        ]
        kept = f"{[dict(row) for row in rows]}"
        assert "secrettopic" not in kept + saved.text
        assert '"changed": ["chat_url"]' in kept

    async def test_it_stays_when_it_is_absent_and_goes_when_it_is_null(self, as_role: AsRole) -> None:
        client = await as_role(Role.VIEWER)
        shown = []
        for document in ({"chat_url": CHAT}, {"language": "fr"}, {"chat_url": None}, {"chat_url": CHAT}):
            saved = await client.put(MINE, json=document)
            assert saved.status_code == 200, saved.text
            shown.append(saved.json()["chat"]["is_set"])
        assert shown == [True, True, False, True]

    @pytest.mark.parametrize("address", ["mailto://a:b@example.com", "slack://", "ntfys://127.0.0.1/topic", "a b", ""])
    async def test_one_that_cannot_be_used_is_refused_and_nothing_is_kept(self, as_role: AsRole, address: str) -> None:
        client = await as_role(Role.VIEWER)
        response = await client.put(MINE, json={"language": "fr", "chat_url": address})
        assert response.status_code == 400, response.text
        assert [error["path"] for error in response.json()["errors"]] == ["chat_url"]
        assert (await client.get(MINE)).json()["updated_at"] is None


class TestOfAUser:
    async def test_an_admin_reads_and_changes_what_another_chose(self, as_role: AsRole) -> None:
        viewer, admin = await as_role(Role.VIEWER), await as_role(Role.ADMIN)
        where = of(await id_of(viewer))
        assert (await viewer.put(MINE, json={"language": "fr"})).status_code == 200
        assert (await admin.get(where)).json() == (await viewer.get(MINE)).json()
        saved = await admin.put(where, json={"language": "de"})
        assert saved.status_code == 200, saved.text
        assert (await viewer.get(MINE)).json() == saved.json()
        assert (await admin.get(MINE)).json()["language"] == "en"

    async def test_nobody_is_not_found(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        for response in (await admin.get(of(4711)), await admin.put(of(4711), json={})):
            assert response.status_code == 404, response.text

    async def test_the_audit_log_says_whose_and_what_changed(self, as_role: AsRole, database: Database) -> None:
        viewer, admin = await as_role(Role.VIEWER), await as_role(Role.ADMIN)
        user_id = await id_of(viewer)
        await viewer.put(MINE, json={"language": "fr"})
        await admin.put(of(user_id), json={"language": "fr", "digest": {"frequency": "none"}})
        rows = await database.reads.fetch(
            "select actor_name, detail::text from audit_log where action = 'preferences.change' order by id"
        )
        assert [row["actor_name"] for row in rows] == ["Viewer Test", "Admin Test"]
        assert f'"user_id": {user_id}' in rows[0]["detail"]
        assert '"changed": ["language"]' in rows[0]["detail"]
        assert '"changed": ["digest"]' in rows[1]["detail"]
