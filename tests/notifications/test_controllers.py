"""The notification routes over HTTP; the service's own rules are proved beside it."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.notifications import add_many, add_notification, notification_json
from tests.support.application import AsRole
from tests.support.times import FrozenClock

URL = "/api/v1/admin/notifications"
FIELDS = {
    "id", "type", "priority", "title", "message", "is_read", "read_at", "read_by_user_id", "read_by",
    "action_required", "action_url", "notification_metadata", "store_id", "store_name", "alert_id", "actions",
    "settled_at", "settled_reason", "snoozed_until", "snoozed_by", "returned_at", "deleted_at",
    "created_at", "updated_at",
}  # fmt: skip


async def add(database: Database, clock: FrozenClock, **fields: Any) -> int:  # Any: JSON
    async with database.unit_of_work() as session:
        return (await add_notification(session, clock, **fields)).id


async def listed(client: httpx.AsyncClient, **query: Any) -> list[int]:  # Any: query values
    response = await client.get(URL, params=query)
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


class TestCreating:
    async def test_it_answers_with_every_field(self, as_role: AsRole) -> None:
        sent = notification_json(
            action_required=True,
            action_url="https://status.example/1",
            notification_metadata={"rows": [1, {"a": None}]},
            store_id=5,
        )
        answer = await (await as_role(Role.ADMIN)).post(URL, json=sent)
        assert answer.status_code == 201
        assert set(answer.json()) == FIELDS
        assert {name: answer.json()[name] for name in sent} == sent
        assert answer.json()["created_at"].endswith("Z")

    async def test_one_alone_reads_as_it_does_in_the_list(self, as_role: AsRole) -> None:
        admin = await as_role(Role.ADMIN)
        created = (await admin.post(URL, json=notification_json())).json()
        assert (await admin.get(f"{URL}/{created['id']}")).json() == created
        assert (await admin.get(URL)).json()["items"] == [created]

    async def test_a_machine_may_write_one_without_a_line_in_the_audit_log(
        self, as_role: AsRole, database: Database
    ) -> None:
        answer = await (await as_role(Role.INGEST)).post(URL, json=notification_json())
        assert answer.status_code == 201
        assert await database.reads.fetchval("select count(*) from audit_log") == 0

    async def test_by_hand_the_audit_log_names_it(self, as_role: AsRole, database: Database) -> None:
        answer = await (await as_role(Role.ADMIN)).post(URL, json=notification_json())
        row = await database.reads.fetchrow("select * from audit_log")
        assert row is not None
        assert (row["action"], row["actor_name"]) == ("notification.create", "Admin Test")
        assert row["detail"] == f'{{"notification_id": {answer.json()["id"]}}}'


class TestListing:
    async def test_filters_are_alternatives_within_and_conditions_between(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        viewer, operator = await as_role(Role.VIEWER), await as_role(Role.OPERATOR)
        first = await add(database, clock, priority="low", type="security_alert", store_id=1, title="50% off_")
        noon = clock.now()
        clock.advance(timedelta(hours=1))
        second = await add(database, clock, priority="high", store_id=2, action_required=True, message="it's \\ gone")
        third = await add(database, clock, priority="critical", store_id=3)
        await operator.put(f"{URL}/{third}/read")

        assert await listed(viewer) == [third, second, first]
        assert await listed(viewer, priority=["low", "critical"]) == [third, first]
        assert await listed(viewer, type="security_alert") == [first]
        assert await listed(viewer, is_read="true") == [third]
        assert await listed(viewer, is_read="false", priority="low") == [first]
        assert await listed(viewer, settled="true") == []
        assert await listed(viewer, settled="false", action_required="true") == [second]
        assert await listed(viewer, action_required="false") == [third, first]
        assert await listed(viewer, store_id=[1, 2]) == [second, first]
        assert await listed(viewer, q="50% OFF_") == [first]
        assert await listed(viewer, q="%") == [first]
        assert await listed(viewer, q="_") == [first]
        assert await listed(viewer, q="it's \\") == [second]
        assert await listed(viewer, until=(noon + timedelta(minutes=1)).isoformat()) == [first]
        assert await listed(viewer, since=(noon + timedelta(minutes=1)).isoformat()) == [third, second]

    async def test_the_reader_is_named(self, as_role: AsRole, database: Database, clock: FrozenClock) -> None:
        operator = await as_role(Role.OPERATOR)
        notification_id = await add(database, clock)
        answer = await operator.put(f"{URL}/{notification_id}/read")
        (item,) = (await operator.get(URL)).json()["items"]
        assert item == answer.json()
        assert item["read_by"] == {"id": item["read_by_user_id"], "name": "Operator Test"}

    async def test_a_walk_over_thousands_with_inserts_in_between_shows_each_once(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        viewer = await as_role(Role.VIEWER)
        ids = [
            row["id"]
            for row in await database.reads.fetch(
                """
                insert into admin_notifications (type, priority, title, message)
                select 'store_issue', 'low', 'Notice ' || n, 'x' from generate_series(1, 3000) n returning id
                """
            )
        ]
        shown: list[int] = []
        query: dict[str, Any] = {"limit": 200}  # Any: query values
        while True:
            page = (await viewer.get(URL, params=query)).json()
            shown += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
            async with database.unit_of_work() as session:
                await add_many(session, clock, 5)
        assert shown == ids[::-1]

    async def test_a_list_that_did_not_change_is_304(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        viewer = await as_role(Role.VIEWER)
        await add(database, clock)
        etag = (await viewer.get(URL)).headers["etag"]
        assert (await viewer.get(URL, headers={"If-None-Match": etag})).status_code == 304
        await add(database, clock)
        assert (await viewer.get(URL, headers={"If-None-Match": etag})).status_code == 200


class TestBell:
    async def test_it_shows_the_newest_unread_how_many_and_how_many_are_new_to_me(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        admin, viewer = await as_role(Role.ADMIN), await as_role(Role.VIEWER)
        async with database.unit_of_work() as session:
            ids = await add_many(session, clock, 12)
        await admin.put(f"{URL}/{ids[11]}/read")
        assert (await admin.put(f"{URL}/seen", json={"up_to_id": ids[8]})).json() == {"last_seen_id": ids[8]}

        bell = (await admin.get(f"{URL}/recent")).json()
        assert [item["id"] for item in bell["items"]] == ids[10:0:-1]
        assert (bell["unread_count"], bell["new_count"]) == (11, 2)
        assert (await viewer.get(f"{URL}/recent", params={"limit": 1})).json()["new_count"] == 11

    async def test_the_count_by_priority_and_304_while_nothing_changes(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        viewer = await as_role(Role.VIEWER)
        for priority, count in (("critical", 1), ("high", 2), ("low", 3)):
            async with database.unit_of_work() as session:
                await add_many(session, clock, count, priority=priority)
        answer = await viewer.get(f"{URL}/unread-count")
        assert answer.json() == {
            "unread_count": 6,
            "by_priority": {"critical": 1, "high": 2, "normal": 0, "low": 3},
        }
        for path in ("unread-count", "recent"):
            etag = (await viewer.get(f"{URL}/{path}")).headers["etag"]
            again = await viewer.get(f"{URL}/{path}", headers={"If-None-Match": etag})
            assert (again.status_code, again.headers["etag"]) == (304, etag)
            assert again.headers["cache-control"] == "private, no-cache"

    async def test_an_api_key_has_no_seen_mark(self, app: object, client: httpx.AsyncClient, api_key: Any) -> None:
        client.headers["Authorization"] = f"Bearer {await api_key(Role.ADMIN)}"
        answer = await client.put(f"{URL}/seen", json={"up_to_id": 1})
        assert (answer.status_code, answer.json()["code"]) == (422, "keys_have_no_seen_mark")
        assert (await client.get(f"{URL}/recent")).json()["new_count"] == 0


class TestMarking:
    async def test_mark_all_read_takes_no_body_an_empty_one_or_bounds(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        operator = await as_role(Role.OPERATOR)
        async with database.unit_of_work() as session:
            ids = await add_many(session, clock, 4)
            await add_many(session, clock, 2, priority="low", store_id=9)
        url = f"{URL}/mark-all-read"
        assert (await operator.put(url, json={"up_to_id": ids[1]})).json() == {"marked_count": 2}
        assert (await operator.put(url, json={"priority": "low", "store_id": 9})).json() == {"marked_count": 2}
        assert (await operator.put(url)).json() == {"marked_count": 2}
        assert (await operator.put(url, json={})).json() == {"marked_count": 0}
        assert (await operator.put(url, json=None)).status_code == 200

    async def test_bulk_does_what_it_can_and_names_the_rest(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        admin = await as_role(Role.ADMIN)
        async with database.unit_of_work() as session:
            ids = await add_many(session, clock, 3)
        for action in ("read", "unread", "delete"):
            answer = await admin.post(f"{URL}/bulk", json={"ids": [*ids, ids[0], 999], "action": action})
            assert answer.json() == {"done_count": 3, "failed": [{"id": 999, "code": "notification_not_found"}]}
        assert await listed(admin) == []

    async def test_only_admins_delete_in_bulk(self, as_role: AsRole, database: Database, clock: FrozenClock) -> None:
        operator = await as_role(Role.OPERATOR)
        notification_id = await add(database, clock)
        answer = await operator.post(f"{URL}/bulk", json={"ids": [notification_id], "action": "delete"})
        assert answer.status_code == 403
        assert await listed(operator) == [notification_id]

    async def test_deleting_is_204_and_then_404_everywhere(
        self, as_role: AsRole, database: Database, clock: FrozenClock
    ) -> None:
        admin = await as_role(Role.ADMIN)
        notification_id = await add(database, clock)
        assert (await admin.delete(f"{URL}/{notification_id}")).status_code == 204
        for method, path in (("GET", ""), ("PUT", "/read"), ("PUT", "/unread"), ("DELETE", "")):
            answer = await admin.request(method, f"{URL}/{notification_id}{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, "notification_not_found")
        assert await listed(admin) == []
        assert (await admin.get(f"{URL}/unread-count")).json()["unread_count"] == 0


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"priority": "loud"}, "priority"),
        ({"type": "nothing"}, "type"),
        ({"is_read": "maybe"}, "is_read"),
        ({"store_id": "-1"}, "store_id"),
        ({"store_id": str(2**63)}, "store_id"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2026-03-02T09:00:00"}, "since"),
        ({"until": "0001-01-01T00:00:00+14:00"}, "until"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"prioritee": "low"}, "prioritee"),
    ],
)
async def test_a_bad_query_names_the_parameter(as_role: AsRole, query: dict[str, str], path: str) -> None:
    answer = await (await as_role(Role.VIEWER)).get(URL, params=query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_a_cursor_is_good_for_its_own_filters_only(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    viewer = await as_role(Role.VIEWER)
    async with database.unit_of_work() as session:
        await add_many(session, clock, 3)
    cursor = (await viewer.get(URL, params={"limit": 1})).json()["next_cursor"]
    assert "=" not in cursor
    assert len(await listed(viewer, cursor=cursor)) == 2
    for url, query in ((URL, {"is_read": "false"}), (f"{URL}/alerts", {})):
        answer = await viewer.get(url, params={"cursor": cursor, **query})
        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "cursor")
