"""Both protocols over HTTP: what fires opens or counts on, what is over heals, and what cannot be read is named."""

import asyncio
from typing import Any

import httpx
import pytest

from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.tenancy import add_store
from tests.ingest.payloads import Json, group, plain, prometheus_alert, resolved
from tests.support.application import AsRole

PROMETHEUS = "/api/v1/ingest/alertmanager"
PLAIN = "/api/v1/ingest/alerts"
ALERTS = "/api/v1/admin/notifications/alerts"


async def taken(client: httpx.AsyncClient, url: str, body: Json) -> Json:
    """The counts of the reply that are not 0."""
    response = await client.post(url, json=body)
    assert response.status_code == 200, response.text
    assert list(response.json()) == [
        "created_count", "incremented_count", "resolved_count", "ignored_count", "truncated_count", "failed",
    ]  # fmt: skip
    return {name.removesuffix("_count"): value for name, value in response.json().items() if value}


async def listed(as_role: AsRole, **query: Any) -> list[Json]:  # Any: query values
    viewer = await as_role(Role.VIEWER)
    response = await viewer.get(ALERTS, params={"limit": 200} | query)
    items: list[Json] = response.json()["items"]
    return items


class TestAlertmanager:
    async def test_a_firing_alert_opens_and_the_same_one_again_counts_on(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        assert await taken(machine, PROMETHEUS, group(prometheus_alert())) == {"created": 1}
        assert await taken(machine, PROMETHEUS, group(prometheus_alert())) == {"incremented": 1}
        (alert,) = await listed(as_role)
        assert (alert["title"], alert["severity"], alert["alert_type"], alert["auto_generated"]) == (
            "Requests on web-1 are slow", "warning", "system", True,
        )  # fmt: skip
        assert (alert["occurrence_count"], alert["is_resolved"]) == (2, False)
        assert alert["affected_systems"] == ["checkout", "node", "web-1.example:9100"]

    async def test_one_that_is_over_heals_and_says_who_said_so(self, as_role: AsRole) -> None:
        machine, viewer = await as_role(Role.INGEST), await as_role(Role.VIEWER)
        await taken(machine, PROMETHEUS, group(prometheus_alert(1), prometheus_alert(2)))
        body = group(resolved(prometheus_alert(1)), prometheus_alert(2))
        assert await taken(machine, PROMETHEUS, body) == {"incremented": 1, "resolved": 1}
        (alert,) = await listed(as_role, is_resolved="true")
        assert (alert["resolved_by"], alert["resolution_notes"]) == (None, "Healed by Alertmanager.")
        detail = (await viewer.get(f"{ALERTS}/{alert['id']}")).json()
        assert [entry["kind"] for entry in detail["timeline"]] == ["opened", "resolved"]

    async def test_it_heals_at_all_its_stores_at_once(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        for store_id in ("7", "8"):
            # The same fingerprint, as from a sender whose labels changed meanwhile.
            await taken(machine, PROMETHEUS, group(prometheus_alert(labels={"store_id": store_id})))
        (alert,) = await listed(as_role)
        assert alert["open_stores"] == [7, 8]
        await taken(machine, PROMETHEUS, group(resolved(prometheus_alert())))
        (alert,) = await listed(as_role)
        assert (alert["is_resolved"], alert["affected_stores"], alert["open_stores"]) == (True, [7, 8], [])

    async def test_one_that_is_over_and_unknown_is_no_error(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        assert await taken(machine, PROMETHEUS, group(resolved(prometheus_alert()))) == {"ignored": 1}
        assert await listed(as_role) == []

    async def test_what_fires_after_it_healed_is_a_new_alert_that_names_the_old_one(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        for alert in (prometheus_alert(), resolved(prometheus_alert()), prometheus_alert()):
            await taken(machine, PROMETHEUS, group(alert))
        again, old = await listed(as_role)
        assert (again["is_resolved"], again["regressed_from_id"]) == (False, old["id"])

    async def test_store_codes_are_looked_up_and_unknown_ones_kept(self, as_role: AsRole, database: Database) -> None:
        async with database.unit_of_work() as session:
            store = await add_store(session, store_code="BAKERY")
        known, unknown = (
            prometheus_alert(number, labels={"store_code": code}) for number, code in [(1, "bakery"), (2, "X")]
        )
        await taken(await as_role(Role.INGEST), PROMETHEUS, group(known, unknown))
        found = {alert["title"]: alert for alert in await listed(as_role)}
        assert found["Requests on web-1 are slow"]["affected_stores"] == [store.id]
        assert found["Requests on web-2 are slow"]["affected_stores"] == []
        assert found["Requests on web-2 are slow"]["description"].endswith("\nUnknown store: X")

    async def test_a_truncated_group_says_so_until_it_is_whole_again(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        cut = group(prometheus_alert(), truncatedAlerts=12)
        assert await taken(machine, PROMETHEUS, cut) == {"created": 1, "truncated": 12}
        assert await taken(machine, PROMETHEUS, cut | {"groupKey": "another"}) == {"incremented": 1, "truncated": 12}
        said = await listed(as_role, system="alertmanager", is_resolved="false")
        assert [alert["title"] for alert in said] == ["Alertmanager left out 12 alerts"] * 2
        assert await taken(machine, PROMETHEUS, group(prometheus_alert())) == {"incremented": 1}
        (left,) = await listed(as_role, system="alertmanager", is_resolved="false")
        assert left["description"].startswith("Group: another\n")

    async def test_a_group_of_nothing_is_no_error(self, as_role: AsRole) -> None:
        assert await taken(await as_role(Role.INGEST), PROMETHEUS, group()) == {}

    async def test_what_the_format_will_hold_one_day_is_allowed(self, as_role: AsRole) -> None:
        body = group(prometheus_alert(silenceURL="http://x"), orgId=1)
        assert await taken(await as_role(Role.INGEST), PROMETHEUS, body) == {"created": 1}

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({}, "alerts"),
            ({"alerts": None}, "alerts"),
            (group(version="5"), "version"),
            (group(truncatedAlerts=-1), "truncatedAlerts"),
            (group(prometheus_alert(), prometheus_alert(status="pending")), "alerts.1.status"),
            (group({"status": "firing"}), "alerts.0.labels"),
            (group(*[prometheus_alert()] * 3, prometheus_alert() | {"labels": ["a"]}), "alerts.3.labels"),
            (group({"status": "firing", "labels": {"alertname": 7}}), "alerts.0.labels...."),
        ],
    )
    async def test_a_body_that_cannot_be_read_names_the_field_and_changes_nothing(
        self, as_role: AsRole, body: Json, path: str
    ) -> None:
        response = await (await as_role(Role.INGEST)).post(PROMETHEUS, json=body)
        assert (response.status_code, response.json()["code"]) == (400, "invalid_input")
        assert response.json()["errors"][0]["path"] == path
        assert await listed(as_role) == []


class TestPlainJson:
    async def test_one_alone_opens_counts_on_and_heals(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        assert await taken(machine, PLAIN, plain(alert_type="capacity", store_id=7)) == {"created": 1}
        assert await taken(machine, PLAIN, plain(alert_type="capacity", store_id=8)) == {"incremented": 1}
        assert await taken(machine, PLAIN, {"state": "resolved", "dedup_key": "backup"}) == {"resolved": 1}
        (alert,) = await listed(as_role)
        assert (alert["affected_stores"], alert["resolution_notes"]) == ([7, 8], "Healed by plain JSON.")

    async def test_items_are_counted_one_by_one(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        alerts = [plain(f"key {number % 10}") for number in range(100)]
        assert await taken(machine, PLAIN, {"alerts": alerts}) == {"created": 10, "incremented": 90}
        over = [{"state": "resolved", "dedup_key": f"key {number % 20}"} for number in range(40)]
        assert await taken(machine, PLAIN, {"alerts": over}) == {"resolved": 10, "ignored": 30}

    async def test_what_fires_and_is_over_in_one_call_is_there_and_healed(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        body = {"alerts": [plain(), plain(state="resolved")]}
        assert await taken(machine, PLAIN, body) == {"created": 1, "resolved": 1}
        (alert,) = await listed(as_role)
        assert alert["is_resolved"]

    async def test_a_key_says_which_alert_is_over_whatever_its_type(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        await taken(machine, PLAIN, {"alerts": [plain(alert_type=kind) for kind in ("system", "capacity")]})
        assert await taken(machine, PLAIN, plain(state="resolved")) == {"resolved": 1}
        assert await listed(as_role, is_resolved="false") == []

    async def test_no_key_reaches_an_alert_that_was_raised_elsewhere(self, as_role: AsRole) -> None:
        machine, admin = await as_role(Role.INGEST), await as_role(Role.ADMIN)
        elsewhere = {"alert_type": "system", "severity": "error", "title": "Disk", "dedup_key": "backup"}
        await admin.post(ALERTS, json=elsewhere)
        assert await taken(machine, PLAIN, plain(state="resolved")) == {"ignored": 1}
        assert await taken(machine, PLAIN, plain()) == {"created": 1}

    async def test_a_bad_one_is_named_and_the_good_ones_stay(self, as_role: AsRole) -> None:
        body = {"alerts": [plain("a"), plain("b", severity="loud"), plain("c")]}
        response = await (await as_role(Role.INGEST)).post(PLAIN, json=body)
        (failure,) = response.json()["failed"]
        assert (response.json()["created_count"], failure["index"], failure["code"]) == (2, 1, "invalid_input")
        assert failure["detail"].startswith("severity: ")

    @pytest.mark.parametrize(
        ("body", "path"), [({}, "dedup_key"), (plain(title=" "), "title"), ({"alerts": []}, "alerts"), ([], "body")]
    )
    async def test_a_body_that_cannot_be_read_names_the_field(self, as_role: AsRole, body: object, path: str) -> None:
        response = await (await as_role(Role.INGEST)).post(PLAIN, json=body)
        assert (response.status_code, response.json()["errors"][0]["path"]) == (400, path)


class TestEveryRoute:
    async def test_the_same_call_with_a_key_is_done_once(self, as_role: AsRole) -> None:
        machine = await as_role(Role.INGEST)
        headers = {"Idempotency-Key": "one"}
        answers = [await machine.post(PLAIN, json=plain(), headers=headers) for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        (alert,) = await listed(as_role)
        assert alert["occurrence_count"] == 1

    async def test_of_people_the_audit_log_tells_which_alerts_they_touched(
        self, as_role: AsRole, database: Database
    ) -> None:
        await (await as_role(Role.INGEST)).post(PLAIN, json=plain())
        assert await database.reads.fetchval("select count(*) from audit_log") == 0
        await (await as_role(Role.ADMIN)).post(PLAIN, json=plain())
        row = await database.reads.fetchrow("select action, detail from audit_log")
        assert row is not None
        assert (row["action"], row["detail"]) == ("ingest.alerts", '{"alert_ids": [1]}')

    @pytest.mark.parametrize("url", [PROMETHEUS, PLAIN])
    async def test_a_body_of_more_than_a_mebibyte_is_refused(self, as_role: AsRole, url: str) -> None:
        response = await (await as_role(Role.INGEST)).post(url, json={"alerts": [], "padding": "x" * (1 << 20)})
        assert (response.status_code, response.json()["code"]) == (413, "payload_too_large")


class TestMany:
    async def test_a_thousand_alerts_open_in_one_statement_and_heal_in_one_call(
        self, as_role: AsRole, database: Database
    ) -> None:
        machine = await as_role(Role.INGEST)
        alerts = [prometheus_alert(number, annotations={"description": ""}) for number in range(1_000)]
        assert await taken(machine, PROMETHEUS, group(*alerts)) == {"created": 1_000}
        # Rows of one transaction and, within it, of one command.
        written = "select count(distinct (xmin::text, cmin::text)) from platform_alerts"
        assert await database.reads.fetchval(written) == 1
        assert await taken(machine, PROMETHEUS, group(*alerts)) == {"incremented": 1_000}
        assert await taken(machine, PROMETHEUS, group(*map(resolved, alerts))) == {"resolved": 1_000}
        assert await database.reads.fetchval("select count(*) from platform_alerts where not is_resolved") == 0

    async def test_overlapping_groups_at_once_lose_no_count_and_open_each_alert_once(
        self, as_role: AsRole, database: Database
    ) -> None:
        machine = await as_role(Role.INGEST)
        groups = [
            group(*(prometheus_alert(number) for number in range(start, start + 100)), groupKey=f"{start}")
            for start in (0, 50, 25, 75)
        ]
        groups += [body | {"alerts": body["alerts"][::-1]} for body in groups]
        answers = await asyncio.gather(*(machine.post(PROMETHEUS, json=body) for body in groups))
        assert [answer.status_code for answer in answers] == [200] * 8
        assert sum(answer.json()["created_count"] for answer in answers) == 175
        row = await database.reads.fetchrow("select count(*) as n, sum(occurrence_count) as total from platform_alerts")
        assert row is not None
        assert (row["n"], row["total"]) == (175, 800)

    async def test_groups_that_heal_what_others_fire_at_once_wait_for_each_other(
        self, as_role: AsRole, database: Database
    ) -> None:
        machine = await as_role(Role.INGEST)
        one, other = ([prometheus_alert(number) for number in range(start, start + 40)] for start in (0, 40))
        await taken(machine, PROMETHEUS, group(*one, *other))
        bodies = [group(*one, *map(resolved, other)), group(*map(resolved, one), *other)] * 4
        answers = await asyncio.gather(*(machine.post(PROMETHEUS, json=body) for body in bodies))
        assert [answer.status_code for answer in answers] == [200] * 8
        open_twice = "select count(*) - count(distinct fingerprint) from platform_alerts where not is_resolved"
        assert await database.reads.fetchval(open_twice) == 0
        healed = sum(answer.json()["resolved_count"] for answer in answers)
        assert healed == await database.reads.fetchval("select count(*) from platform_alerts where is_resolved")
