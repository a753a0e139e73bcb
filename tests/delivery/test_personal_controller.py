"""People's own addresses over HTTP: how they do, tried again, and tested."""

from datetime import timedelta

import httpx
import pytest

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.delivery import add_deliveries, add_destination
from tests.factories.people import add_user
from tests.support.application import AsRole, MakeKey
from tests.support.pipeline import Pipeline
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


async def test_what_failed_before_goes_at_once(as_role: AsRole, database: Database, clock: FrozenClock) -> None:
    viewer = await as_role(Role.VIEWER)
    mail = await add_bounced(database, clock, await id_of(viewer))
    async with database.unit_of_work() as session:
        await add_deliveries(session, mail, tries=3, next_attempt_at=clock.now() + timedelta(hours=2))
    await viewer.post(f"{MINE}/channels/email/enable")
    (row,) = await database.reads.fetch("select next_attempt_at <= tocsin_now() as is_due from deliveries")
    assert row["is_due"]


@pytest.mark.parametrize(("email", "is_on"), [("anne@elsewhere.lu", True), ("ANNE@example.com", False)])
async def test_another_address_of_the_account_is_on_whatever_the_one_before_did(
    as_role: AsRole, pipeline: Pipeline, clock: FrozenClock, email: str, is_on: bool
) -> None:
    admin = await as_role(Role.ADMIN)
    async with pipeline.database.unit_of_work() as session:
        anne = await add_user(session)
    mail = await add_bounced(pipeline.database, clock, anne.id)
    async with pipeline.database.unit_of_work() as session:
        await add_deliveries(session, mail, tries=3, next_attempt_at=clock.now() + timedelta(hours=2))
    changed = await admin.patch(f"/api/v1/admin/users/{anne.id}", json={"email": email})
    assert changed.status_code == 200, changed.text

    await pipeline.run()

    (row,) = await pipeline.database.reads.fetch("select is_enabled, bounces, last_error from delivery_destinations")
    assert tuple(row) == ((True, 0, None) if is_on else (False, 3, "550 5.1.1 No such user."))
    assert await pipeline.statuses() == ["sent" if is_on else "pending"]


async def test_a_test_goes_to_ones_own_address_and_to_no_other(as_role: AsRole, database: Database) -> None:
    viewer = await as_role(Role.VIEWER)
    async with database.unit_of_work() as session:
        await add_destination(session, kind="chat", name="Chat", user_id=await id_of(viewer), sealed_address="sealed")
    sent = await viewer.post(f"{MINE}/channels/chat/test")
    assert sent.status_code == 202, sent.text
    shown = (await viewer.get(f"/api/v1/admin/delivery/deliveries/{sent.json()['delivery_id']}")).json()
    assert (shown["kind"], shown["channel"], shown["user"]["id"]) == ("test", "chat", await id_of(viewer))
    assert len(await database.reads.fetch("select from deliveries")) == 1


async def test_without_a_mail_server_no_mail_is_tested_and_its_address_is_not_blamed(
    as_role: AsRole, database: Database
) -> None:
    viewer, admin = await as_role(Role.VIEWER), await as_role(Role.ADMIN)
    assert (await viewer.get(MINE)).json()["email"]["has_mail_server"] is False
    for client, url in ((viewer, MINE), (admin, f"/api/v1/admin/users/{await id_of(viewer)}/preferences")):
        refused = await client.post(f"{url}/channels/email/test")
        assert (refused.status_code, refused.json()["code"]) == (409, "no_mail_server")
    assert await database.reads.fetch("select from deliveries") == []


async def test_one_that_is_off_takes_no_test(as_role: AsRole, database: Database, clock: FrozenClock) -> None:
    viewer = await as_role(Role.VIEWER)
    await add_bounced(database, clock, await id_of(viewer), kind="chat")
    response = await viewer.post(f"{MINE}/channels/chat/test")
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
