"""The delivery log over HTTP: listed, looked at, sent once more."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import func

from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.db.database import Database
from backend.delivery.kinds import Channel, Decision, DeliveryStatus, MessageKind, Reason
from backend.delivery.verdict import Verdict
from tests.factories.delivery import add_attempt, add_delivery, add_destination, add_message
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.factories.tenancy import add_store
from tests.support.application import AsRole
from tests.support.times import FrozenClock

BASE = "/api/v1/admin/delivery"
URL = f"{BASE}/deliveries"
FINISHED = (DeliveryStatus.DEAD, DeliveryStatus.SENT, DeliveryStatus.DROPPED, DeliveryStatus.FOLDED)
UNDER_WAY = (DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.HELD)


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


async def ids(client: httpx.AsyncClient, **query: Any) -> list[int]:  # Any: query values
    response = await client.get(URL, params=query)
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


class TestOne:
    async def test_it_is_shown_with_message_tries_and_verdict(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        start = clock.now()
        async with database.unit_of_work() as session:
            store, anne = await add_store(session, name="Moulin"), await add_user(session)
            notification = await add_notification(session, clock)
            mail = await add_destination(session, kind="email", name="Mail", user_id=anne.id)
            decided = Verdict(
                channel=Channel.EMAIL,
                decision=Decision.SEND,
                reason=Reason.PREFERENCE,
                detail="High and above.",
                user_id=anne.id,
                destination_id=mail.id,
            )
            message = await add_message(
                session,
                verdicts=[decided],
                store_id=store.id,
                notification_id=notification.id,
                action_url="/imports/4",
                payload={"rows": 3},
            )
            one = await add_delivery(session, mail, message, tries=2, claims=2, last_error="Refused.")
            await add_attempt(
                session,
                one,
                started_at=start,
                finished_at=start + timedelta(milliseconds=250),
                outcome="failed",
                status_code=451,
                error="Refused.",
                excerpt="Try later",
            )
            await add_attempt(session, one, number=2, started_at=start + timedelta(seconds=1))
        shown = (await operator.get(f"{URL}/{one.id}")).json()
        first, second = shown.pop("attempts")
        assert (first["outcome"], first["status_code"], first["duration_ms"]) == ("failed", 451, 250)
        assert (first["error"], first["excerpt"]) == ("Refused.", "Try later")
        assert (second["number"], second["outcome"], second["duration_ms"]) == (2, None, None)
        assert set(shown["verdict"].pop("detail_args").values()) == {None}
        assert shown.pop("verdict") == {
            "decision": "send",
            "reason": "preference",
            "detail": "High and above.",
            "detail_code": None,
            "at": None,
        }
        assert (shown.pop("body"), shown.pop("action_url"), shown.pop("payload")) == (
            "No good row.",
            "/imports/4",
            {"rows": 3},
        )
        (listed,) = (await operator.get(URL)).json()["items"]
        assert listed == shown
        times = {"created_at", "next_attempt_at"}
        assert all(shown[name] for name in times)
        assert {name: value for name, value in shown.items() if name not in times} == {
            "id": one.id,
            "message_id": message.id,
            "kind": "notification",
            "category": "import_failure",
            "priority": "high",
            "title": "Import failed",
            "store_id": store.id,
            "store_name": "Moulin",
            "notification_id": notification.id,
            "alert_id": None,
            "channel": "email",
            "destination_id": mail.id,
            "destination_name": "Mail",
            "user": {"id": anne.id, "name": "Anne"},
            "status": "pending",
            "reason": None,
            "tries": 2,
            "attempt_count": 2,
            "last_error": "Refused.",
            "folded_into_id": None,
            "finished_at": None,
        }

    async def test_one_that_has_finished_has_no_next_try(self, operator: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            hook = await add_destination(session)
            one = await add_delivery(session, hook, status="dead", finished_at=func.tocsin_now())
        shown = (await operator.get(f"{URL}/{one.id}")).json()
        assert (shown["next_attempt_at"], shown["user"], shown["verdict"]) == (None, None, None)

    async def test_what_never_was_is_not_found(self, operator: httpx.AsyncClient) -> None:
        for response in (await operator.get(f"{URL}/4711"), await operator.post(f"{URL}/4711/replay")):
            assert (response.status_code, response.json()["code"]) == (404, "delivery_not_found")


class TestList:
    async def test_each_filter_narrows_it(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            store, anne = await add_store(session), await add_user(session)
            notification = await add_notification(session, clock)
            hook, mail = await add_destination(session), await add_destination(session, kind="email", user_id=anne.id)
            told = await add_message(
                session, store_id=store.id, notification_id=notification.id, kind=MessageKind.RETURNED
            )
            old = await add_delivery(session, hook, status="dead", created_at=clock.now() - timedelta(days=2))
            new = await add_delivery(session, mail, told)
        since = (clock.now() - timedelta(days=1)).isoformat()
        assert await ids(operator) == [new.id, old.id]
        assert await ids(operator, status=["dead", "pending"]) == [new.id, old.id]
        for query in (
            {"status": "dead"},
            {"channel": "webhook"},
            {"destination_id": hook.id},
            {"kind": "notification"},
            {"until": since},
        ):
            assert await ids(operator, **query) == [old.id], query
        for query in (
            {"notification_id": notification.id},
            {"store_id": store.id},
            {"user_id": anne.id},
            {"kind": "returned"},
            {"since": since},
        ):
            assert await ids(operator, **query) == [new.id], query
        assert await ids(operator, id=[new.id, 4711]) == [new.id]
        assert await ids(operator, alert_id=4711) == []
        assert await ids(operator, user_id=4711) == []
        assert await ids(operator, user_id=anne.id, destination_id=hook.id) == []

    async def test_pages_go_on_where_the_last_one_ended(self, operator: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            hook = await add_destination(session)
            made = [(await add_delivery(session, hook)).id for _ in range(3)]
        first = (await operator.get(URL, params={"limit": 2})).json()
        second = (await operator.get(URL, params={"limit": 2, "cursor": first["next_cursor"]})).json()
        assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
        assert second["next_cursor"] is None
        other = await operator.get(URL, params={"status": "dead", "cursor": first["next_cursor"]})
        assert other.status_code == 400


class TestReplay:
    @pytest.mark.parametrize("status", FINISHED)
    async def test_one_that_has_finished_goes_again_with_a_fresh_budget(
        self, operator: httpx.AsyncClient, database: Database, status: DeliveryStatus
    ) -> None:
        long_ago = SystemClock().now() - timedelta(days=1)
        async with database.unit_of_work() as session:
            hook = await add_destination(session)
            other = await add_delivery(session, hook)
            one = await add_delivery(
                session,
                hook,
                status=status.value,
                reason="tries_failed",
                last_error="Refused.",
                tries=10,
                claims=10,
                folded_into_id=other.id,
                next_attempt_at=long_ago,
                finished_at=long_ago,
            )
        response = await operator.post(f"{URL}/{one.id}/replay")
        assert response.status_code == 200, response.text
        shown = response.json()
        assert shown["next_attempt_at"] > long_ago.isoformat()
        expected = {"status": "pending", "reason": "asked_for", "tries": 0, "attempt_count": 10}
        cleared = dict.fromkeys(("last_error", "folded_into_id", "finished_at"))
        assert {name: shown[name] for name in expected | cleared} == expected | cleared
        assert (await operator.get(f"{URL}/{one.id}")).json() == shown
        rows = await database.reads.fetch("select action, target from audit_log")
        assert [tuple(row) for row in rows] == [("delivery.replay", f"{one.id}")]

    @pytest.mark.parametrize("status", UNDER_WAY)
    async def test_one_under_way_is_left_alone(
        self, operator: httpx.AsyncClient, database: Database, status: DeliveryStatus
    ) -> None:
        async with database.unit_of_work() as session:
            one = await add_delivery(session, await add_destination(session), status=status.value, tries=3)
        response = await operator.post(f"{URL}/{one.id}/replay")
        assert (response.status_code, response.json()["code"]) == (409, "delivery_unfinished")
        assert (await operator.get(f"{URL}/{one.id}")).json()["tries"] == 3

    @pytest.mark.parametrize("code", ["destination_off", "destination_deleted"])
    async def test_a_closed_destination_refuses_it_and_is_named(
        self, operator: httpx.AsyncClient, database: Database, code: str
    ) -> None:
        deleted_at = func.tocsin_now() if code == "destination_deleted" else None
        async with database.unit_of_work() as session:
            hook = await add_destination(session, is_enabled=False, deleted_at=deleted_at)
            one = await add_delivery(session, hook, status="dead")
        response = await operator.post(f"{URL}/{one.id}/replay")
        assert (response.status_code, response.json()["code"]) == (409, code)
        assert f"Destination {hook.id} " in response.json()["detail"]


class TestReplayDead:
    async def test_all_dead_ones_go_again_but_those_of_closed_destinations(
        self, operator: httpx.AsyncClient, database: Database
    ) -> None:
        async with database.unit_of_work() as session:
            hook, off = await add_destination(session), await add_destination(session, is_enabled=False)
            dead = [await add_delivery(session, hook, status="dead", tries=9, reason="gone") for _ in range(2)]
            sent = await add_delivery(session, hook, status="sent", tries=1)
            stays = await add_delivery(session, off, status="dead")
        response = await operator.post(f"{URL}/replay-dead")
        assert response.status_code == 200, response.text
        assert response.json() == {"replayed_count": 2, "skipped_count": 1}
        rows = await database.reads.fetch("select id, status, tries, reason from deliveries order by id")
        assert [tuple(row) for row in rows] == [
            *((one.id, "pending", 0, None) for one in dead),
            (sent.id, "sent", 1, None),
            (stays.id, "dead", 0, None),
        ]
        rows = await database.reads.fetch("select action from audit_log")
        assert [row["action"] for row in rows] == ["delivery.replay_dead"]

    async def test_it_can_be_limited_to_a_destination_a_channel_and_a_time(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            hook, chat = await add_destination(session), await add_destination(session, kind="chat")
            old = await _dead(session, hook, clock.now() - timedelta(days=2))
            of_hook, of_chat = await _dead(session, hook, clock.now()), await _dead(session, chat, clock.now())
        since = (clock.now() - timedelta(days=1)).isoformat()
        for body, expected in (
            ({"channel": "email"}, set()),
            ({"channel": "chat"}, {of_chat}),
            ({"destination_id": hook.id, "since": since}, {of_hook}),
            ({"until": since}, {old}),
        ):
            before = await _pending(database)
            response = await operator.post(f"{URL}/replay-dead", json=body)
            assert response.json() == {"replayed_count": len(expected), "skipped_count": 0}, body
            assert await _pending(database) - before == expected


class TestStats:
    async def test_it_counts_what_waits_what_is_dead_and_what_was_sent_of_late(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        now = clock.now()
        async with database.unit_of_work() as session:
            quiet = await add_destination(session, name="Quiet")
            hook = await add_destination(session, name="Hook", is_enabled=False, opened_at=now)
            chat = await add_destination(session, kind="chat", name="Chat")
            oldest = now - timedelta(hours=3)
            await add_delivery(session, chat, created_at=oldest)
            for status in ("pending", "held", "sending"):
                await add_delivery(session, chat, status=status)
            # It waits for the end of quiet hours.
            long_ago, tomorrow = now - timedelta(days=3), SystemClock().now() + timedelta(days=1)
            await add_delivery(session, chat, created_at=long_ago, next_attempt_at=tomorrow)
            await add_delivery(session, hook, status="dead")
            for hours in (1, 23, 25):
                await add_delivery(session, quiet, status="sent", finished_at=now - timedelta(hours=hours))
        stats = (await operator.get(f"{BASE}/stats")).json()
        destinations = stats.pop("by_destination")
        assert stats.pop("oldest_pending_at")[:19] == oldest.isoformat()[:19]
        assert stats == {"pending": 3, "scheduled": 1, "held": 1, "sending": 1, "dead": 1, "sent_last_24h": 2}
        assert [(one["name"], one["pending"], one["dead"], one["is_enabled"]) for one in destinations] == [
            ("Hook", 0, 1, False),
            ("Chat", 3, 0, True),
        ]
        assert destinations[0]["opened_at"] is not None

    async def test_what_is_counted_as_sent_of_late_is_what_the_list_shows(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        now = clock.now()
        async with database.unit_of_work() as session:
            hook = await add_destination(session)
            waited = await add_delivery(
                session, hook, status="sent", created_at=now - timedelta(days=3), finished_at=now - timedelta(hours=23)
            )
            before = await add_delivery(session, hook, status="sent", finished_at=now - timedelta(hours=25))
            dead = await add_delivery(session, hook, status="dead", finished_at=now)
            waiting = await add_delivery(session, hook)
        assert (await operator.get(f"{BASE}/stats")).json()["sent_last_24h"] == 1
        assert await ids(operator, sent_last_24h=True) == [waited.id]
        assert await ids(operator, sent_last_24h=False) == [waiting.id, dead.id, before.id]

    async def test_nothing_at_all_is_all_zero(self, operator: httpx.AsyncClient) -> None:
        stats = (await operator.get(f"{BASE}/stats")).json()
        assert (stats["pending"], stats["oldest_pending_at"], stats["by_destination"]) == (0, None, [])


async def _dead(session: Any, destination: Any, created_at: Any) -> int:  # Any: what add_delivery takes
    return (await add_delivery(session, destination, status="dead", created_at=created_at)).id


async def _pending(database: Database) -> set[int]:
    rows = await database.reads.fetch("select id from deliveries where status = 'pending'")
    return {row["id"] for row in rows}


async def test_a_viewer_sees_their_own_and_nobody_elses(as_role: AsRole, database: Database) -> None:
    viewer, operator = await as_role(Role.VIEWER), await as_role(Role.OPERATOR)
    me = (await viewer.get("/api/v1/auth/me")).json()["id"]
    async with database.unit_of_work() as session:
        other = (await add_user(session, name="Other")).id
        own = await add_destination(session, kind="email", user_id=me)
        foreign = await add_destination(session, kind="email", user_id=other)
        mine = (await add_delivery(session, own)).id
        theirs = (await add_delivery(session, foreign)).id

    assert await ids(operator) == [theirs, mine]
    assert await ids(viewer) == [mine]
    assert await ids(viewer, user_id=other) == []
    assert (await viewer.get(f"{URL}/{mine}")).status_code == 200
    assert (await viewer.get(f"{URL}/{theirs}")).status_code == 404
