"""Every failure is a problem that names what is wrong, and none of them is a 500 of the caller's making."""

import json
from typing import Any

import httpx
import pytest

from backend.core.roles import Role
from tests.factories.alerts import alert_json
from tests.factories.notifications import notification_json
from tests.support.application import AsRole

NOTIFICATIONS = "/api/v1/admin/notifications"
ALERTS = f"{NOTIFICATIONS}/alerts"
CONTROL = ["\x00", "\x01", "\x1b[31m", "\x7f", "\x85"]


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:  # Any: JSON
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {"type", "title", "status", "detail", "code", "errors"}
    assert (body["status"], body["code"]) == (status, code)
    return body


def paths(answer: httpx.Response) -> list[str]:
    return [error["path"] for error in problem(answer, 400, "invalid_input")["errors"]]


class TestAddresses:
    @pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/admin/nothing", "/api/v1/admin/stores/x/y"])
    @pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
    async def test_an_unknown_one_below_api_is_a_problem_and_never_the_page(
        self, client: httpx.AsyncClient, path: str, method: str
    ) -> None:
        body = problem(await client.request(method, path), 404, "not_found")
        assert path.rstrip("/") in body["detail"]

    @pytest.mark.parametrize("path", ["/assets/nothing.js", "/favicon.nothing"])
    async def test_a_file_that_does_not_exist_is_a_problem(self, client: httpx.AsyncClient, path: str) -> None:
        problem(await client.get(path), 404, "not_found")

    async def test_another_address_is_the_page(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/notifications/alerts/7")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")

    async def test_a_method_that_is_not_there_is_405_and_says_which_are(self, as_role: AsRole) -> None:
        answer = await (await as_role(Role.ADMIN)).patch(NOTIFICATIONS)
        problem(answer, 405, "method_not_allowed")
        assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))

    @pytest.mark.parametrize("found", ["0", "-1", str(2**63), str(10**40)])
    async def test_an_id_out_of_range_names_itself(self, as_role: AsRole, found: str) -> None:
        admin = await as_role(Role.ADMIN)
        assert paths(await admin.get(f"{NOTIFICATIONS}/{found}")) == ["notification_id"]
        assert paths(await admin.put(f"{ALERTS}/{found}/resolve")) == ["alert_id"]

    @pytest.mark.parametrize("found", ["abc", "1.5", "0x1", "9" * 5_000, "%00", "%ff"])
    async def test_an_id_that_is_no_number_is_not_found(self, as_role: AsRole, found: str) -> None:
        problem(await (await as_role(Role.ADMIN)).get(f"{NOTIFICATIONS}/{found}"), 404, "not_found")


class TestBodies:
    @pytest.mark.parametrize("body", [b"{", b"", b"[1,", b"\xff\xfe", b'{"title": "\\ud800"}', b"nul"])
    async def test_what_is_not_json_says_so(self, as_role: AsRole, body: bytes) -> None:
        answer = await (await as_role(Role.ADMIN)).post(
            NOTIFICATIONS, content=body, headers={"Content-Type": "application/json"}
        )
        assert paths(answer)

    @pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"7"])
    async def test_json_of_another_shape_names_the_body(self, as_role: AsRole, body: bytes) -> None:
        answer = await (await as_role(Role.ADMIN)).post(NOTIFICATIONS, content=body)
        assert paths(answer) == ["body"]

    async def test_json_without_end_of_nesting_is_refused(self, as_role: AsRole) -> None:
        deep = b"[" * 50_000 + b"]" * 50_000
        admin = await as_role(Role.ADMIN)
        assert paths(await admin.post(NOTIFICATIONS, content=deep)) == ["body"]
        inside = json.dumps(notification_json(notification_metadata={"a": 1})).replace(
            "1}", "[" * 900 + "]" * 900 + "}"
        )
        assert (await admin.post(NOTIFICATIONS, content=inside)).status_code in {201, 400}

    @pytest.mark.parametrize(
        ("url", "body", "path"),
        [
            (NOTIFICATIONS, notification_json(title=5), "title"),
            (NOTIFICATIONS, notification_json(priority="loud"), "priority"),
            (NOTIFICATIONS, notification_json(type=None), "type"),
            (NOTIFICATIONS, notification_json(store_id=2**63), "store_id"),
            (NOTIFICATIONS, notification_json(store_id="seven"), "store_id"),
            (NOTIFICATIONS, notification_json(notification_metadata=[]), "notification_metadata"),
            (NOTIFICATIONS, notification_json(notification_metadata={"a": ["\x00"]}), "notification_metadata"),
            (NOTIFICATIONS, notification_json(notification_metadata={"\x00": 1}), "notification_metadata"),
            (NOTIFICATIONS, notification_json(action_url="//evil.example"), "action_url"),
            (NOTIFICATIONS, notification_json(action_url="/\x00"), "action_url"),
            (NOTIFICATIONS, notification_json(titel="x"), "titel"),
            (NOTIFICATIONS, {"type": "store_issue", "priority": "low", "message": "x"}, "title"),
            (NOTIFICATIONS, notification_json(title=" "), "title"),
            (NOTIFICATIONS, notification_json(title="x" * 301), "title"),
            (NOTIFICATIONS, notification_json(message="x" * 10_001), "message"),
            (ALERTS, alert_json(affected_stores=[1, 2, "three"]), "affected_stores.2"),
            (ALERTS, alert_json(affected_systems=["api", ""]), "affected_systems.1"),
            (ALERTS, alert_json(alert_type="mood"), "alert_type"),
            (ALERTS, alert_json(dedup_key=""), "dedup_key"),
            (f"{NOTIFICATIONS}/bulk", {"ids": [1, 2, 0], "action": "read"}, "ids.2"),
            (f"{NOTIFICATIONS}/bulk", {"ids": [1], "action": "burn"}, "action"),
            (f"{NOTIFICATIONS}/bulk", {"ids": [], "action": "read"}, "ids"),
        ],
    )
    async def test_a_wrong_value_names_its_field(self, as_role: AsRole, url: str, body: object, path: str) -> None:
        assert paths(await (await as_role(Role.ADMIN)).post(url, json=body)) == [path]

    @pytest.mark.parametrize("control", CONTROL)
    @pytest.mark.parametrize(
        ("method", "url", "body"),
        [
            ("POST", NOTIFICATIONS, notification_json(title="?")),
            ("POST", NOTIFICATIONS, notification_json(message="?")),
            ("POST", NOTIFICATIONS, notification_json(action_url="/?")),
            ("POST", ALERTS, alert_json(title="?")),
            ("POST", ALERTS, alert_json(description="?")),
            ("POST", ALERTS, alert_json(dedup_key="?")),
            ("POST", ALERTS, alert_json(affected_systems=["?"])),
            ("PUT", f"{ALERTS}/1/resolve", {"resolution_notes": "?"}),
            ("POST", f"{ALERTS}/1/comments", {"text": "?"}),
        ],
    )
    async def test_a_control_character_names_its_field(
        self, as_role: AsRole, method: str, url: str, body: Any, control: str
    ) -> None:
        (name,) = [key for key, value in body.items() if "?" in str(value)]
        sent = json.loads(json.dumps(body).replace("?", json.dumps(f"a{control}b")[1:-1]))
        found = paths(await (await as_role(Role.ADMIN)).request(method, url, json=sent))
        assert [path.partition(".")[0] for path in found] == [name]

    async def test_a_body_of_more_than_a_mebibyte_is_413(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        large = json.dumps(notification_json(notification_metadata={"a": "x" * (1 << 20)})).encode()
        problem(await admin.post(NOTIFICATIONS, content=large), 413, "payload_too_large")

        async def in_chunks() -> Any:  # Any: an async iterator of bytes
            for start in range(0, len(large), 1 << 16):
                yield large[start : start + (1 << 16)]

        problem(await admin.post(NOTIFICATIONS, content=in_chunks()), 413, "payload_too_large")

    async def test_a_body_just_below_it_is_taken(self, as_role: AsRole) -> None:
        body = json.dumps(notification_json(notification_metadata={"a": "x" * ((1 << 20) - 300)})).encode()
        assert (await (await as_role(Role.ADMIN)).post(NOTIFICATIONS, content=body)).status_code == 201


class TestPeople:
    async def test_without_a_session_or_a_key_it_is_401(self, client: httpx.AsyncClient) -> None:
        answer = await client.get(NOTIFICATIONS)
        problem(answer, 401, "unauthenticated")
        assert answer.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize("value", ["Bearer tcs_nothing", "Bearer", "Basic YTpi", "tcs_x", "Bearer \u00e9"])
    async def test_a_bad_key_is_401_also_beside_a_good_session(self, as_role: AsRole, value: str) -> None:
        admin = await as_role(Role.ADMIN)
        problem(await admin.get(NOTIFICATIONS, headers={b"Authorization": value.encode()}), 401, "unauthenticated")

    async def test_a_role_that_may_not_is_403(self, as_role: AsRole) -> None:
        answer = await (await as_role(Role.VIEWER)).post(NOTIFICATIONS, json=notification_json())
        problem(answer, 403, "forbidden")
