"""The alert routes over HTTP; the service's own rules are proved beside it."""

import asyncio
from typing import Any

import httpx
import pytest

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.alerts import AlertInFactory, alert_json
from tests.support.application import AsRole

URL = "/api/v1/admin/notifications/alerts"


async def listed(client: httpx.AsyncClient, **query: Any) -> list[int]:  # Any: query values
    response = await client.get(URL, params=query)
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


class TestRaising:
    async def test_a_new_alert_is_201_and_the_next_occurrence_200_with_the_count(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        first = await machine.post(URL, json=alert_json(affected_stores=[7, 3], affected_systems=["api"]))
        second = await machine.post(URL, json=alert_json(affected_stores=[5]))
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["affected_stores"] == first.json()["open_stores"] == [3, 7]
        assert second.json()["id"] == first.json()["id"]
        assert second.json()["affected_stores"] == [3, 5, 7]
        assert (second.json()["occurrence_count"], second.json()["affected_systems"]) == (2, ["api"])

    async def test_an_admin_gets_the_same_answers_within_the_unit_of_work(self, as_role: AsRole) -> None:
        admin, machine = await as_role(Role.ADMIN), await as_role(Role.INGEST)
        by_hand = await admin.post(URL, json=alert_json(title="By hand"))
        assert by_hand.status_code == 201
        assert by_hand.json()["auto_generated"] is False
        by_machine = await machine.post(URL, json=alert_json(title="By machine"))
        assert by_machine.json()["auto_generated"] is True
        assert set(by_hand.json()) == set(by_machine.json())

    async def test_fifty_identical_posts_at_once_are_one_alert_with_count_fifty(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        answers = await asyncio.gather(*(machine.post(URL, json=alert_json()) for _ in range(50)))
        assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
        assert len({answer.json()["id"] for answer in answers}) == 1
        assert sorted(answer.json()["occurrence_count"] for answer in answers) == list(range(1, 51))

    async def test_whatever_a_valid_alert_holds_comes_back(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        for alert in AlertInFactory.batch(20):
            sent = {
                "alert_type": alert.alert_type,
                "severity": alert.severity,
                "title": alert.title,
                "description": alert.description,
                "dedup_key": f"key {id(alert)}",
            }
            answer = (await machine.post(URL, json=sent)).json()
            assert {name: answer[name] for name in sent if name != "dedup_key"} == {
                name: value for name, value in sent.items() if name != "dedup_key"
            }

    async def test_machines_leave_no_line_in_the_audit_log_and_people_do(
        self, as_role: AsRole, database: Database
    ) -> None:
        await (await as_role(Role.INGEST)).post(URL, json=alert_json())
        assert await database.reads.fetchval("select count(*) from audit_log") == 0
        answer = await (await as_role(Role.ADMIN)).post(URL, json=alert_json())
        row = await database.reads.fetchrow("select action, detail from audit_log")
        assert row is not None
        assert row["action"] == "alert.raise"
        assert row["detail"] == f'{{"alert_id": {answer.json()["id"]}}}'


class TestBatch:
    async def test_items_are_counted_one_by_one(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        alerts = [alert_json(dedup_key=f"key {number % 10}") for number in range(100)]
        answer = await machine.post(f"{URL}/batch", json={"alerts": alerts})
        assert answer.json() == {"created_count": 10, "incremented_count": 90, "failed": []}
        again = await machine.post(f"{URL}/batch", json={"alerts": alerts})
        assert again.json() == {"created_count": 0, "incremented_count": 100, "failed": []}

    async def test_bad_items_are_named_by_index_and_field_and_the_good_ones_commit(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        alerts = [
            alert_json(dedup_key="good"),
            alert_json(severity="loud"),
            alert_json(affected_stores=[1, -2]),
            alert_json() | {"titel": "x"},
            "not an object",
            alert_json(title=""),
            {"alert_type": "system", "severity": "error"},
        ]
        answer = (await machine.post(f"{URL}/batch", json={"alerts": alerts})).json()
        assert (answer["created_count"], answer["incremented_count"]) == (1, 0)
        assert [(found["index"], found["code"]) for found in answer["failed"]] == [
            (index, "invalid_input") for index in range(1, 7)
        ]
        paths = [found["detail"].partition(":")[0] for found in answer["failed"]]
        assert paths[0] == "severity"
        assert paths[1] == "affected_stores.1"
        assert paths[2] == "titel"
        assert paths[4:] == ["title", "title"]

    async def test_a_batch_of_bad_items_only_is_not_an_error(self, as_role: AsRole) -> None:
        answer = await (await as_role(Role.INGEST)).post(f"{URL}/batch", json={"alerts": [1, None]})
        assert answer.status_code == 200
        assert len(answer.json()["failed"]) == 2

    @pytest.mark.parametrize("count", [0, 1_001])
    async def test_an_empty_batch_and_one_of_more_than_a_thousand_are_refused(
        self, as_role: AsRole, count: int
    ) -> None:
        answer = await (await as_role(Role.INGEST)).post(f"{URL}/batch", json={"alerts": [alert_json()] * count})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "alerts"


class TestListing:
    async def test_filters_are_alternatives_within_and_conditions_between(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)

        async def add(**fields: Any) -> int:  # Any: JSON
            found: int = (await admin.post(URL, json=alert_json(**fields))).json()["id"]
            return found

        disk = await add(title="Disk", severity="critical", affected_stores=[1], affected_systems=["db"])
        feed = await add(
            title="Feed 100% late_", alert_type="integration", affected_stores=[2], description="it's \\ off"
        )
        login = await add(title="Login", alert_type="security", severity="warning", affected_systems=["api", "db"])
        await admin.put(f"{URL}/{login}/resolve", json={})
        await admin.put(f"{URL}/{feed}/acknowledge")

        assert await listed(admin) == [login, feed, disk]
        assert await listed(admin, severity=["critical", "warning"]) == [login, disk]
        assert await listed(admin, alert_type=["integration"]) == [feed]
        assert await listed(admin, is_resolved="true") == [login]
        assert await listed(admin, is_resolved="false", severity="error") == [feed]
        assert await listed(admin, acknowledged="true") == [feed]
        assert await listed(admin, acknowledged="false") == [login, disk]
        assert await listed(admin, store_id=[1, 2]) == [feed, disk]
        assert await listed(admin, system=["db"]) == [login, disk]
        assert await listed(admin, q="100% LATE_") == [feed]
        assert await listed(admin, q="%") == [feed]
        assert await listed(admin, q="it's \\") == [feed]
        assert await listed(admin, since="2000-01-01T00:00:00Z", until="2001-01-01T00:00:00Z") == []
        assert await listed(admin, since="2000-01-01T01:00:00+01:00") == [login, feed, disk]

    async def test_a_list_that_did_not_change_is_304(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        await admin.post(URL, json=alert_json())
        first = await admin.get(URL)
        again = await admin.get(URL, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == "private, no-cache"


class TestOne:
    async def test_it_comes_with_its_stores_and_its_timeline_with_names(
        self, as_role: AsRole, database: Database
    ) -> None:
        operator, machine = await as_role(Role.OPERATOR), await as_role(Role.INGEST)
        user_id = await database.reads.fetchval("select id from users")
        alert_id = (await machine.post(URL, json=alert_json(affected_stores=[4]))).json()["id"]
        await operator.put(f"{URL}/{alert_id}/assign", json={"user_id": user_id})
        await operator.post(f"{URL}/{alert_id}/comments", json={"text": "Looking."})
        answer = await operator.put(f"{URL}/{alert_id}/resolve", json={"resolution_notes": "Done."})
        body = (await operator.get(f"{URL}/{alert_id}")).json()
        assert answer.json() == body
        assert [entry["kind"] for entry in body["timeline"]] == ["opened", "assigned", "commented", "resolved"]
        assert body["timeline"][1]["user"] == body["resolved_by"] == {"id": user_id, "name": "Operator Test"}
        assert body["stores"][0]["store_id"] == 4
        assert (body["is_resolved"], body["resolution_notes"]) == (True, "Done.")

    async def test_resolving_needs_no_body(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        alert_id = (await admin.post(URL, json=alert_json())).json()["id"]
        answer = await admin.put(f"{URL}/{alert_id}/resolve")
        assert (answer.status_code, answer.json()["resolution_notes"]) == (200, None)

    async def test_reopening_while_a_newer_one_is_open_is_a_conflict(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        old = (await admin.post(URL, json=alert_json())).json()["id"]
        await admin.put(f"{URL}/{old}/resolve")
        new = (await admin.post(URL, json=alert_json())).json()
        assert new["regressed_from_id"] == old
        answer = await admin.put(f"{URL}/{old}/reopen")
        assert (answer.status_code, answer.json()["code"]) == (409, "newer_alert_open")
        await admin.put(f"{URL}/{new['id']}/resolve")
        assert (await admin.put(f"{URL}/{old}/reopen")).json()["is_resolved"] is False

    async def test_assigning_to_who_may_not_look_after_it_names_the_field(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        alert_id = (await admin.post(URL, json=alert_json())).json()["id"]
        viewer_id = (await (await as_role(Role.VIEWER)).get("/api/v1/auth/me")).json()["id"]
        gone_id = (await (await as_role(Role.OPERATOR)).get("/api/v1/auth/me")).json()["id"]
        await admin.patch(f"/api/v1/admin/users/{gone_id}", json={"is_active": False})
        for user_id in (viewer_id, gone_id, 99_999):
            answer = await admin.put(f"{URL}/{alert_id}/assign", json={"user_id": user_id})
            assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "user_id")

    @pytest.mark.parametrize(
        ("method", "path", "json"),
        [
            ("GET", "", None),
            ("PUT", "/resolve", {}),
            ("PUT", "/acknowledge", None),
            ("PUT", "/assign", {"user_id": None}),
            ("PUT", "/reopen", None),
            ("POST", "/comments", {"text": "x"}),
        ],
    )
    async def test_one_that_does_not_exist_is_404_everywhere(
        self, as_role: AsRole, method: str, path: str, json: object
    ) -> None:
        answer = await (await as_role(Role.ADMIN)).request(method, f"{URL}/99{path}", json=json)
        assert (answer.status_code, answer.json()["code"]) == (404, "alert_not_found")


async def test_the_figures_come_with_an_etag(as_role: AsRole) -> None:
    admin = await as_role(Role.ADMIN)
    await admin.post(URL, json=alert_json(severity="critical"))
    first = await admin.get(f"{URL}/stats")
    assert (first.json()["active"], first.json()["critical"], len(first.json()["daily"])) == (1, 1, 14)
    again = await admin.get(f"{URL}/stats", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert again.status_code == 304
