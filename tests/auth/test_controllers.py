"""The routes, through the whole app."""

import httpx
import msgspec
import pytest

from backend.core.roles import Role
from backend.db.database import Database
from tests.auth.conftest import PASSWORD, MakeUser, SignedIn

LOGIN = "/api/v1/auth/login"
NEW_PASSWORD = "five other words in line"


async def actions(database: Database) -> list[tuple[str, str]]:
    rows = await database.reads.fetch("select action, outcome from audit_log order by id")
    return [(row["action"], row["outcome"]) for row in rows]


class TestLogin:
    async def test_answers_the_user_and_sets_the_cookie(self, client: httpx.AsyncClient, make_user: MakeUser) -> None:
        anne = await make_user()
        response = await client.post(LOGIN, json={"email": anne.email, "password": PASSWORD})
        assert response.status_code == 200
        assert response.json() == {
            "kind": "user",
            "id": anne.id,
            "name": "Anne",
            "email": "anne@example.com",
            "role": "admin",
        }
        cookie = response.headers["set-cookie"]
        assert cookie.startswith("tocsin=")
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert (await client.get("/api/v1/auth/me")).json() == response.json()

    async def test_never_takes_a_token_that_the_browser_brought(
        self, client: httpx.AsyncClient, make_user: MakeUser
    ) -> None:
        """ASVS 7.2.4: no session fixation."""
        anne = await make_user()
        client.cookies.set("tocsin", "attackerchosen")
        response = await client.post(LOGIN, json={"email": anne.email, "password": PASSWORD})
        assert response.cookies["tocsin"] != "attackerchosen"
        assert (await client.get("/api/v1/auth/me", headers={"Cookie": "tocsin=attackerchosen"})).status_code == 401

    async def test_a_wrong_password_is_a_problem_and_survives_in_the_audit_log(
        self, client: httpx.AsyncClient, make_user: MakeUser, database: Database
    ) -> None:
        anne = await make_user()
        response = await client.post(LOGIN, json={"email": anne.email, "password": "wrong"})
        assert response.status_code == 401
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["code"] == "invalid_credentials"
        assert "set-cookie" not in response.headers
        assert await actions(database) == [("auth.login", "failed")]

    async def test_too_many_wrong_ones_are_told_when_to_come_back(
        self, client: httpx.AsyncClient, make_user: MakeUser
    ) -> None:
        anne = await make_user()
        wrong = {"email": anne.email, "password": "wrong"}
        answers = [await client.post(LOGIN, json=wrong) for _ in range(6)]
        response = answers[-1]
        assert response.status_code == 429
        assert response.json()["code"] == "login_throttled"
        assert int(response.headers["retry-after"]) >= 1

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({"email": "anne@example.com"}, "password"),
            ({"email": "anne@example.com", "password": ""}, "password"),
            ({"email": "anne@example.com", "password": "x" * 1_001}, "password"),
            ({"email": "", "password": "x"}, "email"),
            ({"email": "a\x00b@example.com", "password": "x"}, "email"),
            ({"email": ["a"], "password": "x"}, "email"),
        ],
    )
    async def test_bad_input_names_the_field(
        self, client: httpx.AsyncClient, body: dict[str, object], path: str
    ) -> None:
        response = await client.post(LOGIN, json=body)
        assert response.status_code == 400
        assert path in str(response.json()["errors"])

    @pytest.mark.parametrize("text", ["é" * 200, "' or 1=1 --"])
    async def test_strange_text_is_a_wrong_password(self, client: httpx.AsyncClient, text: str) -> None:
        response = await client.post(LOGIN, json={"email": text, "password": text})
        assert response.status_code == 401

    async def test_from_another_site_is_refused(self, client: httpx.AsyncClient, make_user: MakeUser) -> None:
        """ASVS 3.5.1: also the login itself."""
        anne = await make_user()
        response = await client.post(
            LOGIN, json={"email": anne.email, "password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert response.json()["code"] == "cross_site"


class TestLogout:
    async def test_ends_the_session_on_the_server(
        self, make_user: MakeUser, signed_in: SignedIn, database: Database
    ) -> None:
        """ASVS 7.4.1."""
        browser = await signed_in(await make_user())
        token = browser.cookies["tocsin"]
        response = await browser.post("/api/v1/auth/logout")
        assert response.status_code == 204
        assert "Max-Age=0" in response.headers["set-cookie"]
        assert (await browser.get("/api/v1/auth/me", headers={"Cookie": f"tocsin={token}"})).status_code == 401
        assert await actions(database) == [("auth.login", "done"), ("auth.logout", "done")]


class TestPassword:
    """ASVS 6.2.2 and 6.2.3: users change their own, and are asked for the present one."""

    async def test_changes_and_ends_the_other_sessions(self, make_user: MakeUser, signed_in: SignedIn) -> None:
        anne = await make_user()
        here, there = await signed_in(anne), await signed_in(anne)
        response = await here.put(
            "/api/v1/auth/password", json={"current_password": PASSWORD, "new_password": NEW_PASSWORD}
        )
        assert response.status_code == 204, response.text
        assert (await here.get("/api/v1/auth/me")).status_code == 200
        assert (await there.get("/api/v1/auth/me")).status_code == 401
        assert (await here.post(LOGIN, json={"email": anne.email, "password": NEW_PASSWORD})).status_code == 200

    async def test_a_wrong_present_one_is_refused_counted_and_audited(
        self, make_user: MakeUser, signed_in: SignedIn, database: Database
    ) -> None:
        browser = await signed_in(await make_user())
        body = {"current_password": "wrong", "new_password": NEW_PASSWORD}
        answers = [(await browser.put("/api/v1/auth/password", json=body)).status_code for _ in range(6)]
        assert answers == [400] * 5 + [429]
        assert ("auth.reauthenticate", "failed") in await actions(database)
        assert (await browser.get("/api/v1/auth/me")).status_code == 200

    async def test_a_weak_new_one_names_the_field(self, make_user: MakeUser, signed_in: SignedIn) -> None:
        browser = await signed_in(await make_user())
        response = await browser.put(
            "/api/v1/auth/password", json={"current_password": PASSWORD, "new_password": "password1234"}
        )
        assert response.status_code == 400
        assert response.json()["errors"][0]["path"] == "new_password"


class TestSessions:
    async def test_are_listed_and_ended_by_their_owner(self, make_user: MakeUser, signed_in: SignedIn) -> None:
        """ASVS 7.5.2."""
        anne = await make_user()
        here, there = await signed_in(anne), await signed_in(anne)
        sessions = (await here.get("/api/v1/auth/sessions")).json()["items"]
        assert [item["is_current"] for item in sessions] == [False, True]
        assert sessions[0]["user_agent"].startswith("python-httpx")
        assert (await here.delete(f"/api/v1/auth/sessions/{sessions[0]['id']}")).status_code == 204
        assert (await there.get("/api/v1/auth/me")).status_code == 401
        assert len((await here.get("/api/v1/auth/sessions")).json()["items"]) == 1

    async def test_of_others_are_not_found(self, make_user: MakeUser, signed_in: SignedIn) -> None:
        anne = await signed_in(await make_user())
        bob = await signed_in(await make_user("bob@example.com", Role.VIEWER))
        of_anne = (await anne.get("/api/v1/auth/sessions")).json()["items"][0]["id"]
        response = await bob.delete(f"/api/v1/auth/sessions/{of_anne}")
        assert (response.status_code, response.json()["code"]) == (404, "session_not_found")
        assert (await anne.get("/api/v1/auth/me")).status_code == 200


class TestUsers:
    async def test_are_created_with_a_password_shown_once(
        self, make_user: MakeUser, signed_in: SignedIn, client: httpx.AsyncClient
    ) -> None:
        admin = await signed_in(await make_user())
        created = await admin.post(
            "/api/v1/admin/users", json={"email": "Bob@Example.com", "name": "Bob", "role": "operator"}
        )
        assert created.status_code == 201, created.text
        password = created.json()["generated_password"]
        assert (await client.post(LOGIN, json={"email": "bob@example.com", "password": password})).status_code == 200
        listed = (await admin.get("/api/v1/admin/users?limit=1")).json()
        assert [item["email"] for item in listed["items"]] == ["anne@example.com"]
        rest = await admin.get("/api/v1/admin/users", params={"limit": 1, "cursor": listed["next_cursor"]})
        assert [item["email"] for item in rest.json()["items"]] == ["bob@example.com"]
        assert "generated_password" not in rest.text

    async def test_disabling_ends_their_sessions_and_is_audited(
        self, make_user: MakeUser, signed_in: SignedIn, database: Database
    ) -> None:
        """ASVS 7.4.2."""
        admin = await signed_in(await make_user())
        bob = await make_user("bob@example.com", Role.VIEWER)
        of_bob = await signed_in(bob)
        response = await admin.patch(f"/api/v1/admin/users/{bob.id}", json={"is_active": False})
        assert response.json()["is_active"] is False
        assert (await of_bob.get("/api/v1/auth/me")).status_code == 401
        entry = await database.reads.fetchrow("select * from audit_log where action = 'user.update'")
        assert entry is not None
        assert (entry["actor_name"], entry["target"]) == ("Anne", str(bob.id))

    async def test_another_address_signs_in_from_now_on_and_sessions_stay(
        self, make_user: MakeUser, signed_in: SignedIn, client: httpx.AsyncClient, database: Database
    ) -> None:
        admin = await signed_in(await make_user())
        bob = await make_user("bob@example.com", Role.VIEWER)
        of_bob = await signed_in(bob)
        url = f"/api/v1/admin/users/{bob.id}"
        assert (await admin.patch(url, json={"email": "Bob@Elsewhere.lu"})).json()["email"] == "bob@elsewhere.lu"
        assert (await of_bob.get("/api/v1/auth/me")).json()["email"] == "bob@elsewhere.lu"
        for email, status in (("bob@elsewhere.lu", 200), ("bob@example.com", 401)):
            assert (await client.post(LOGIN, json={"email": email, "password": PASSWORD})).status_code == status
        detail = await database.reads.fetchval("select detail->>'email' from audit_log where action = 'user.update'")
        assert msgspec.json.decode(detail) == {"from": "bob@example.com", "to": "bob@elsewhere.lu"}

        taken = await admin.patch(url, json={"email": "ANNE@example.com", "name": "Robert"})
        assert (taken.status_code, taken.json()["code"]) == (409, "email_taken")
        assert (await admin.patch(url, json={"email": "no address"})).status_code == 400
        assert (await of_bob.get("/api/v1/auth/me")).json()["name"] == "Bob"

    async def test_a_reset_gives_a_new_password(
        self, make_user: MakeUser, signed_in: SignedIn, client: httpx.AsyncClient
    ) -> None:
        admin = await signed_in(await make_user())
        bob = await make_user("bob@example.com", Role.VIEWER)
        response = await admin.post(f"/api/v1/admin/users/{bob.id}/reset-password")
        password = response.json()["generated_password"]
        assert (await client.post(LOGIN, json={"email": bob.email, "password": password})).status_code == 200
        assert (await client.post(LOGIN, json={"email": bob.email, "password": PASSWORD})).status_code == 401

    async def test_all_sessions_of_a_person_can_be_ended(self, make_user: MakeUser, signed_in: SignedIn) -> None:
        """ASVS 7.4.5."""
        admin = await signed_in(await make_user())
        bob = await make_user("bob@example.com", Role.VIEWER)
        of_bob = await signed_in(bob)
        assert (await admin.delete(f"/api/v1/admin/users/{bob.id}/sessions")).status_code == 204
        assert (await of_bob.get("/api/v1/auth/me")).status_code == 401

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"email": "anne@example.com", "name": "A", "role": "viewer"}, 409),
            ({"email": "no address", "name": "A", "role": "viewer"}, 400),
            ({"email": "a@example.com", "name": " ", "role": "viewer"}, 400),
            ({"email": "a@example.com", "name": "A", "role": "ingest"}, 400),
            ({"email": "a@example.com", "name": "A", "role": "viewer", "password": "short"}, 400),
            ({"email": "a@example.com", "name": "A", "role": "viewer", "is_root": True}, 400),
        ],
    )
    async def test_bad_input_is_refused(
        self, make_user: MakeUser, signed_in: SignedIn, body: dict[str, object], status: int
    ) -> None:
        admin = await signed_in(await make_user())
        assert (await admin.post("/api/v1/admin/users", json=body)).status_code == status

    async def test_the_last_admin_is_told_to_stay(self, make_user: MakeUser, signed_in: SignedIn) -> None:
        anne = await make_user()
        admin = await signed_in(anne)
        response = await admin.patch(f"/api/v1/admin/users/{anne.id}", json={"role": "viewer"})
        assert (response.status_code, response.json()["code"]) == (409, "last_admin")
        assert (await admin.patch("/api/v1/admin/users/404", json={})).status_code == 404
        assert (await admin.patch(f"/api/v1/admin/users/{anne.id}", json={"name": None})).status_code == 400


class TestApiKeys:
    async def test_live_from_creation_to_revocation(
        self, make_user: MakeUser, signed_in: SignedIn, client: httpx.AsyncClient
    ) -> None:
        admin = await signed_in(await make_user())
        created = await admin.post("/api/v1/admin/api-keys", json={"name": "importer", "role": "viewer"})
        assert created.status_code == 201, created.text
        key = created.json()

        async def asks(secret: str) -> int:
            bearer = {"Authorization": f"Bearer {secret}"}
            return (await client.get("/api/v1/auth/me", headers=bearer)).status_code

        assert await asks(key["key"]) == 200
        rotated = (await admin.post(f"/api/v1/admin/api-keys/{key['id']}/rotate")).json()
        assert rotated["key"] != key["key"]
        assert (await asks(key["key"]), await asks(rotated["key"])) == (200, 200)
        listed = await admin.get("/api/v1/admin/api-keys")
        assert key["key"] not in listed.text
        assert listed.json()["items"][0]["last_four"] == rotated["key"][-4:]
        assert (await admin.delete(f"/api/v1/admin/api-keys/{key['id']}")).status_code == 204
        assert (await asks(key["key"]), await asks(rotated["key"])) == (401, 401)
        assert (await admin.delete(f"/api/v1/admin/api-keys/{key['id']}")).status_code == 404

    async def test_have_neither_password_nor_sessions(
        self, make_user: MakeUser, signed_in: SignedIn, client: httpx.AsyncClient
    ) -> None:
        admin = await signed_in(await make_user())
        key = (await admin.post("/api/v1/admin/api-keys", json={"name": "robot", "role": "viewer"})).json()
        bearer = {"Authorization": f"Bearer {key['key']}"}
        me = await client.get("/api/v1/auth/me", headers=bearer)
        assert me.json() == {"kind": "key", "id": key["id"], "name": "robot", "email": None, "role": "viewer"}
        assert (await client.get("/api/v1/auth/sessions", headers=bearer)).status_code == 403
        assert (await client.post("/api/v1/auth/logout", headers=bearer)).status_code == 403

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({"name": "", "role": "ingest"}, "name"),
            ({"name": "a", "role": "root"}, "role"),
            ({"name": "a", "role": "ingest", "expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
            ({"name": "a", "role": "ingest", "expires_at": "2030-01-01T00:00:00"}, "expires_at"),
        ],
    )
    async def test_bad_input_names_the_field(
        self, make_user: MakeUser, signed_in: SignedIn, body: dict[str, object], path: str
    ) -> None:
        admin = await signed_in(await make_user())
        response = await admin.post("/api/v1/admin/api-keys", json=body)
        assert response.status_code == 400
        assert path in str(response.json()["errors"])


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
@pytest.mark.parametrize("path", ["/api/v1/admin/users", "/api/v1/admin/api-keys", "/api/v1/admin/audit-log"])
async def test_users_keys_and_audit_are_for_admins(
    make_user: MakeUser, signed_in: SignedIn, role: Role, path: str
) -> None:
    browser = await signed_in(await make_user(role=role))
    assert (await browser.get(path)).status_code == 403
