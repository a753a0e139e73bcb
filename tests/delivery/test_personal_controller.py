"""People's own addresses over HTTP: how they do, tried again, and tested."""

from datetime import timedelta

import httpx
import pytest

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.delivery import add_destination
from tests.factories.people import add_user
from tests.support.application import AsRole, MakeKey
from tests.support.times import FrozenClock

MINE = "/api/v1/admin/preferences"
PEOPLE = "/api/v1/admin/delivery/destinations/personal"


async def id_of(client: httpx.AsyncClient) -> int:
    found: int = (await client.get(MINE)).json()["user_id"]
    return found


async def add_bounced(database: Database, clock: FrozenClock, user_id: int, kind: str = "email") -> int:
    async with database.unit_of_work() as session:
        row = await add_destination(
            session,
            kind=kind,
            name="E-mail",
            user_id=user_id,
            sealed_address=None if kind == "email" else "sealed",
            is_enabled=False,
            disabled_at=clock.now(),
            disabled_reason="bounced",
            bounces=3,
            failing_since=clock.now() - timedelta(hours=1),
            last_error="550 5.1.1 No such user.",
        )
        return row.id


async def test_a_person_tries_their_own_again_and_an_admin_others(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    viewer, admin = await as_role(Role.VIEWER), await as_role(Role.ADMIN)
    me = await id_of(viewer)
    await add_bounced(database, clock, me)
    assert (await viewer.get(MINE)).json()["email"]["disabled_reason"] == "bounced"
    for client, url in ((viewer, MINE), (admin, f"/api/v1/admin/users/{me}/preferences")):
        await database.reads.execute("update delivery_destinations set is_enabled = false, bounces = 3")
        on = await client.post(f"{url}/channels/email/enable")
        assert on.status_code == 200, on.text
        assert (on.json()["is_enabled"], on.json()["failing_since"]) == (True, None)
        (row,) = await database.reads.fetch("select is_enabled, bounces from delivery_destinations")
        assert tuple(row) == (True, 0)
    rows = await database.reads.fetch("select action, detail->>'channel' as channel from audit_log order by id")
    assert [tuple(row) for row in rows] == [("preferences.enable_channel", "email")] * 2


async def test_a_test_goes_to_ones_own_address_and_to_no_other(as_role: AsRole, database: Database) -> None:
    viewer = await as_role(Role.VIEWER)
    sent = await viewer.post(f"{MINE}/channels/email/test")
    assert sent.status_code == 202, sent.text
    shown = (await viewer.get(f"/api/v1/admin/delivery/deliveries/{sent.json()['delivery_id']}")).json()
    assert (shown["kind"], shown["channel"], shown["user"]["id"]) == ("test", "email", await id_of(viewer))
    assert len(await database.reads.fetch("select from deliveries")) == 1


async def test_one_that_is_off_takes_no_test(as_role: AsRole, database: Database, clock: FrozenClock) -> None:
    viewer = await as_role(Role.VIEWER)
    await add_bounced(database, clock, await id_of(viewer))
    response = await viewer.post(f"{MINE}/channels/email/test")
    assert (response.status_code, response.json()["code"]) == (409, "destination_off")


@pytest.mark.parametrize("deed", ["enable", "test"])
async def test_what_cannot_be_is_refused_by_name(
    as_role: AsRole, client: httpx.AsyncClient, api_key: MakeKey, deed: str
) -> None:
    admin = await as_role(Role.ADMIN)
    unset = await admin.post(f"{MINE}/channels/chat/{deed}")
    assert (unset.status_code, unset.json()["code"]) == (409, "channel_not_set_up")
    unknown = await admin.post(f"{MINE}/channels/webhook/{deed}")
    assert (unknown.status_code, unknown.json()["errors"][0]["path"]) == (400, "channel")
    nobody = await admin.post(f"/api/v1/admin/users/4711/preferences/channels/email/{deed}")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "user_not_found")
    client.headers["Authorization"] = f"Bearer {await api_key(Role.ADMIN)}"
    machine = await client.post(f"{MINE}/channels/email/{deed}")
    assert (machine.status_code, machine.json()["code"]) == (422, "keys_have_no_preferences")


async def test_everybody_with_an_address_is_listed_by_name_with_what_is_wrong_with_it(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    operator = await as_role(Role.OPERATOR)
    async with database.unit_of_work() as session:
        zoe, anne = await add_user(session, name="Zoe"), await add_user(session)
        await add_destination(session, kind="email", user_id=zoe.id)
        # They took the address away.
        await add_destination(session, kind="chat", user_id=zoe.id, is_enabled=False)
        await add_destination(session, kind="chat", name="Shared")
    await add_bounced(database, clock, anne.id)
    await add_bounced(database, clock, anne.id, "chat")
    response = await operator.get(PEOPLE)
    assert response.status_code == 200, response.text
    items = response.json()["items"]
    assert [item["user"]["name"] for item in items] == ["Anne", "Zoe"]
    assert [[(one["channel"], one["is_enabled"]) for one in item["channels"]] for item in items] == [
        [("chat", False), ("email", False)],
        [("email", True)],
    ]
    assert items[0]["channels"][0]["last_error"] == "550 5.1.1 No such user."
