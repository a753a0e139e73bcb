"""Why did I (not) get this? Asked over HTTP of notifications and of alerts."""

from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import func

from backend.core.roles import Role
from backend.db.database import Database
from backend.delivery.detail import DetailArgs, DetailCode
from backend.delivery.kinds import Channel, Decision, MessageKind, Reason
from backend.delivery.models import AlertThread, Delivery, DigestWindow
from backend.delivery.verdict import Verdict
from backend.notifications import Priority
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_attempt, add_delivery, add_destination, add_message
from tests.factories.notifications import add_notification
from tests.factories.people import add_user
from tests.factories.tenancy import add_store
from tests.support.application import AsRole
from tests.support.times import FrozenClock

URL = "/api/v1/admin/notifications"


def verdict(decision: Decision = Decision.SEND, **fields: Any) -> Verdict:  # Any: fields of Verdict
    usual: dict[str, Any] = {  # Any: see above
        "channel": Channel.EMAIL,
        "reason": Reason.PREFERENCE,
        "detail": "As planned.",
    }
    return Verdict(decision=decision, **(usual | fields))


async def explained(client: httpx.AsyncClient, notification_id: int) -> dict[str, Any]:  # Any: JSON
    response = await client.get(f"{URL}/{notification_id}/explain")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()  # Any: JSON
    return found


def short(answer: dict[str, Any]) -> list[tuple[str | None, str, str, str]]:  # Any: JSON
    return [
        (item["user"] and item["user"]["name"], item["channel"], item["decision"], item["reason"])
        for item in answer["items"]
    ]


def about(reason: dict[str, Any]) -> dict[str, Any]:  # Any: JSON
    """What the reason is about, without what it does not name."""
    return {name: value for name, value in reason["detail_args"].items() if value is not None}


async def test_each_recipient_and_channel_has_its_reason_and_its_tries(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        mail = await add_destination(session, kind="email", name="Mail", user_id=anne.id)
        hook = await add_destination(session)
        notification = await add_notification(session, clock)
        message = await add_message(
            session,
            notification_id=notification.id,
            verdicts=[
                verdict(user_id=anne.id, destination_id=mail.id),
                verdict(Decision.SKIP, reason=Reason.CHANNEL, channel=Channel.CHAT, user_id=anne.id),
                verdict(channel=Channel.WEBHOOK, destination_id=hook.id),
            ],
        )
        sent = await add_delivery(session, mail, message, status="sent")
        await add_attempt(session, sent, finished_at=clock.now(), outcome="sent", status_code=250)
        folded_into = await add_delivery(
            session, hook, await add_message(session, kind=MessageKind.HELD_BACK, title="4 more messages")
        )
        folded = await add_delivery(session, hook, message, status="folded", folded_into_id=folded_into.id)
    answer = await explained(await as_role(Role.OPERATOR), notification.id)
    assert (answer["is_planned"], answer["thread"], answer["alert_id"]) == (True, None, None)
    assert (answer["message"]["id"], answer["message"]["kind"]) == (message.id, "notification")
    assert short(answer) == [
        ("Anne", "email", "send", "preference"),
        ("Anne", "chat", "skip", "channel"),
        (None, "webhook", "send", "throttle"),
    ]
    by_mail, by_chat, by_hook = answer["items"]
    assert [one["attempts"][0]["status_code"] for one in by_mail["deliveries"]] == [250]
    assert (by_mail["destination_name"], by_chat["destination_name"], by_chat["deliveries"]) == ("Mail", None, [])
    assert (by_hook["detail_code"], about(by_hook)) == ("folded", {"title": "4 more messages"})
    assert {one["id"] for one in by_hook["deliveries"]} == {folded.id, folded_into.id}


@pytest.mark.parametrize(("status", "code"), [("pending", None), ("sent", "digest_sent"), ("dead", "digest_given_up")])
async def test_what_goes_in_a_digest_shows_the_digest_that_covers_it_and_its_fate(
    as_role: AsRole, database: Database, clock: FrozenClock, status: str, code: str | None
) -> None:
    now = clock.now()
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        mail = await add_destination(session, kind="email", user_id=anne.id)
        notification = await add_notification(session, clock)
        decided = verdict(Decision.DIGEST, reason=Reason.DIGEST, user_id=anne.id, destination_id=mail.id)
        await add_message(session, notification_id=notification.id, verdicts=[decided])
        ends = {"before": now - timedelta(hours=1), "covering": now + timedelta(hours=1)}
        digests = {}
        for name, end in ends.items():
            digest = await add_message(session, kind=MessageKind.DIGEST)
            digests[name] = await add_delivery(session, mail, digest, status=status)
            start = end - timedelta(hours=2)
            session.add(DigestWindow(user_id=anne.id, starts_at=start, ends_at=end, message_id=digest.id))
    (item,) = (await explained(await as_role(Role.ADMIN), notification.id))["items"]
    assert [one["id"] for one in item["deliveries"]] == [digests["covering"].id]
    assert (item["decision"], item["detail_code"]) == ("digest", code)
    assert item["reason"] == ("channel" if status == "dead" else "digest")


@pytest.mark.parametrize("is_woken", [True, False])
async def test_what_came_back_is_in_the_digest_of_then(
    as_role: AsRole, database: Database, clock: FrozenClock, is_woken: bool
) -> None:
    now, hour = clock.now(), timedelta(hours=1)
    deliveries: list[Delivery] = []
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        mail = await add_destination(session, kind="email", user_id=anne.id)
        notification = await add_notification(session, clock)
        decided = verdict(Decision.DIGEST, reason=Reason.DIGEST, user_id=anne.id, destination_id=mail.id)
        told = {"notification_id": notification.id, "verdicts": [decided]}
        if is_woken:
            notification.back_at = now + 25 * hour
        kind, at = (MessageKind.NOTIFICATION, now) if is_woken else (MessageKind.RETURNED, now + 25 * hour)
        await add_message(session, kind=kind, created_at=at, **told)
        for start in (now - hour, now + 24 * hour):
            digest = await add_message(session, kind=MessageKind.DIGEST)
            session.add(DigestWindow(user_id=anne.id, starts_at=start, ends_at=start + 24 * hour, message_id=digest.id))
            deliveries.append(await add_delivery(session, mail, digest, status="sent"))
    (item,) = (await explained(await as_role(Role.ADMIN), notification.id))["items"]
    assert [one["id"] for one in item["deliveries"]] == [deliveries[-1].id]


async def test_a_digest_that_could_go_by_no_channel_says_so(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    now = clock.now()
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        notification = await add_notification(session, clock)
        decided = verdict(Decision.DIGEST, reason=Reason.DIGEST, user_id=anne.id)
        await add_message(session, notification_id=notification.id, verdicts=[decided])
        digest = await add_message(session, kind=MessageKind.DIGEST)
        start, end = now - timedelta(hours=1), now + timedelta(hours=1)
        session.add(DigestWindow(user_id=anne.id, starts_at=start, ends_at=end, message_id=digest.id))
    (item,) = (await explained(await as_role(Role.ADMIN), notification.id))["items"]
    assert (item["decision"], item["reason"], item["detail_code"]) == ("digest", "channel", "digest_given_up")


async def test_a_notification_of_a_known_alert_is_explained_by_the_thread(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    told_at = clock.now() - timedelta(minutes=20)
    async with database.unit_of_work() as session:
        anne, bert = await add_user(session), await add_user(session, name="Bert")
        mail = await add_destination(session, kind="email", user_id=anne.id)
        alert = await raise_alert(session, clock)
        notification = await add_notification(session, clock, alert_id=alert.id)
        opened = await add_message(
            session,
            kind=MessageKind.ALERT_OPENED,
            alert_id=alert.id,
            created_at=told_at,
            verdicts=[
                verdict(user_id=anne.id, destination_id=mail.id),
                verdict(Decision.SKIP, reason=Reason.SILENCE, user_id=bert.id),
            ],
        )
        sent = await add_delivery(session, mail, opened, status="sent")
        session.add(
            AlertThread(alert_id=alert.id, is_open=True, severity="error", size=3, message_count=1, updated_at=told_at)
        )
    answer = await explained(await as_role(Role.OPERATOR), notification.id)
    assert short(answer) == [("Anne", "email", "skip", "thread"), ("Bert", "email", "skip", "silence")]
    assert [one["id"] for one in answer["items"][0]["deliveries"]] == [sent.id]
    assert answer["message"]["id"] == opened.id
    assert answer["thread"]["next_size"] == 30
    assert answer["thread"]["told_at"] == answer["message"]["created_at"]


async def test_an_alert_is_explained_with_all_that_was_told_of_it(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        mail = await add_destination(session, kind="email", user_id=anne.id)
        hook = await add_destination(session)
        alert = await raise_alert(session, clock)
        to_anne = verdict(user_id=anne.id, destination_id=mail.id)
        opened = await add_message(
            session,
            kind=MessageKind.ALERT_OPENED,
            alert_id=alert.id,
            verdicts=[to_anne, verdict(Decision.SKIP, channel=Channel.WEBHOOK, destination_id=hook.id)],
        )
        passed_on = await add_message(
            session,
            kind=MessageKind.ESCALATION,
            alert_id=alert.id,
            verdicts=[verdict(reason=Reason.ESCALATION, channel=Channel.WEBHOOK, destination_id=hook.id)],
        )
        healed = await add_message(session, kind=MessageKind.ALERT_HEALED, alert_id=alert.id)
        first = await add_delivery(session, mail, opened, status="sent")
        second = await add_delivery(session, hook, passed_on, status="dead")
        last = await add_delivery(session, mail, healed)
    answer = (await (await as_role(Role.OPERATOR)).get(f"{URL}/alerts/{alert.id}/explain")).json()
    assert (answer["notification_id"], answer["alert_id"], answer["message"]["id"]) == (None, alert.id, opened.id)
    assert short(answer) == [("Anne", "email", "send", "preference"), (None, "webhook", "skip", "channel")]
    assert [[one["id"] for one in item["deliveries"]] for item in answer["items"]] == [
        [first.id, last.id],
        [second.id],
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"status": "dropped"}, ("skip", "thread", "dropped")),
        ({"status": "held"}, ("hold", "throttle", "kept_back")),
        ({"status": "dead", "reason": "tries_failed", "tries": 7}, ("skip", "channel", "tries_failed")),
        ({"status": "pending"}, ("hold", "channel", "no_answer")),
    ],
)
async def test_what_came_of_it_after_planning_decides(
    as_role: AsRole,
    database: Database,
    clock: FrozenClock,
    columns: dict[str, Any],
    expected: tuple[str, str, str],  # Any: columns of Delivery
) -> None:
    async with database.unit_of_work() as session:
        hook = await add_destination(session, opened_at=clock.now(), probe_at=func.tocsin_now() + timedelta(minutes=5))
        notification = await add_notification(session, clock)
        decided = verdict(channel=Channel.WEBHOOK, destination_id=hook.id)
        message = await add_message(session, notification_id=notification.id, verdicts=[decided])
        await add_delivery(session, hook, message, **columns)
    answer = await explained(await as_role(Role.OPERATOR), notification.id)
    (item,) = answer["items"]
    assert (item["decision"], item["reason"], item["detail_code"]) == expected


@pytest.mark.parametrize("status", ["dead", "dropped", "pending"])
async def test_what_has_arrived_is_not_lost_by_what_comes_of_sending_it_once_more(
    as_role: AsRole, database: Database, clock: FrozenClock, status: str
) -> None:
    async with database.unit_of_work() as session:
        hook = await add_destination(session, opened_at=clock.now(), probe_at=func.tocsin_now() + timedelta(minutes=5))
        notification = await add_notification(session, clock)
        decided = verdict(channel=Channel.WEBHOOK, destination_id=hook.id)
        message = await add_message(session, notification_id=notification.id, verdicts=[decided])
        replayed = await add_delivery(session, hook, message, status=status)
        await add_attempt(session, replayed, finished_at=clock.now(), outcome="sent")
        await add_attempt(session, replayed, number=2, finished_at=clock.now(), outcome="rejected")
    answer = await explained(await as_role(Role.OPERATOR), notification.id)
    (item,) = answer["items"]
    assert (item["decision"], item["reason"]) == ("send", "preference")


async def test_a_reason_names_the_stores_and_merchants_that_it_is_about(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    kept = DetailArgs(
        channel=Channel.EMAIL, store_id=4711, merchant_id=4712, threshold=Priority.HIGH, priority=Priority.NORMAL
    )
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        store = await add_store(session, name="Moulin")
        mail = await add_destination(session, kind="email", user_id=anne.id)
        notification = await add_notification(session, clock)
        kept = msgspec.structs.replace(kept, store_id=store.id)
        decided = verdict(user_id=anne.id, destination_id=mail.id, detail_code=DetailCode.WANTED, detail_args=kept)
        message = await add_message(session, notification_id=notification.id, verdicts=[decided])
        delivery = await add_delivery(session, mail, message)
    operator = await as_role(Role.OPERATOR)
    (item,) = (await explained(operator, notification.id))["items"]
    said = {
        "channel": "email",
        "store_id": store.id,
        "store_name": "Moulin",
        "merchant_id": 4712,
        "threshold": "high",
        "priority": "normal",
    }
    assert about(item) == said
    shown = (await operator.get(f"/api/v1/admin/delivery/deliveries/{delivery.id}")).json()["verdict"]
    assert (shown["detail_code"], about(shown)) == ("wanted", said)


async def test_a_delivery_that_went_with_its_deleted_destination_is_the_channels(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        hook = await add_destination(session, is_enabled=False, deleted_at=clock.now())
        notification = await add_notification(session, clock)
        decided = verdict(channel=Channel.WEBHOOK, destination_id=hook.id)
        message = await add_message(session, notification_id=notification.id, verdicts=[decided])
        await add_delivery(session, hook, message, status="dropped", finished_at=clock.now())
    answer = await explained(await as_role(Role.OPERATOR), notification.id)
    assert short(answer) == [(None, "webhook", "skip", "channel")]


async def test_a_viewer_sees_what_is_theirs_and_nothing_else(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    viewer = await as_role(Role.VIEWER)
    (user_id,) = [row["id"] for row in await database.reads.fetch("select id from users")]
    async with database.unit_of_work() as session:
        anne = await add_user(session)
        mine = await add_destination(session, kind="email", user_id=user_id)
        hers = await add_destination(session, kind="email", user_id=anne.id)
        hook = await add_destination(session)
        notification = await add_notification(session, clock)
        message = await add_message(
            session,
            notification_id=notification.id,
            verdicts=[
                verdict(user_id=user_id, destination_id=mine.id),
                verdict(user_id=anne.id, destination_id=hers.id),
                verdict(channel=Channel.WEBHOOK, destination_id=hook.id),
            ],
        )
        for destination in (mine, hers, hook):
            await add_delivery(session, destination, message)
    answer = await explained(viewer, notification.id)
    assert short(answer) == [("Viewer Test", "email", "send", "preference")]
    assert [one["destination_id"] for one in answer["items"][0]["deliveries"]] == [mine.id]
    assert len((await explained(await as_role(Role.OPERATOR), notification.id))["items"]) == 3


async def test_before_its_job_has_run_it_is_not_planned(
    as_role: AsRole, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        alert = await raise_alert(session, clock)
        notification = await add_notification(session, clock, alert_id=alert.id)
    operator = await as_role(Role.OPERATOR)
    nothing: dict[str, Any] = {  # Any: JSON
        "is_planned": False, "unplanned": None, "message": None, "thread": None, "items": [],
    }  # fmt: skip
    assert await explained(operator, notification.id) == {
        "notification_id": notification.id,
        "alert_id": alert.id,
        **nothing,
    }
    of_alert = (await operator.get(f"{URL}/alerts/{alert.id}/explain")).json()
    assert of_alert == {"notification_id": None, "alert_id": alert.id, **nothing}


async def test_what_is_never_planned_says_why(as_role: AsRole, database: Database, clock: FrozenClock) -> None:
    until = clock.now().replace(microsecond=0) + timedelta(hours=2)
    async with database.unit_of_work() as session:
        alert = await raise_alert(session, clock)
        alert.snoozed_until = until
        of_alert = await add_notification(session, clock, alert_id=alert.id)
        settled, old = await add_notification(session, clock), await add_notification(session, clock)
        settled.settled_at = clock.now()
        old.created_at = clock.now() - timedelta(days=2)
    operator = await as_role(Role.OPERATOR)
    why = (await explained(operator, of_alert.id))["unplanned"]
    assert (why["detail_code"], about(why)) == ("snoozed", {"until": f"{until:%Y-%m-%dT%H:%M:%SZ}"})
    assert (await explained(operator, settled.id))["unplanned"]["detail_code"] == "over_before_told"
    assert (await explained(operator, old.id))["unplanned"]["detail_code"] == "forgotten"


async def test_what_never_was_is_not_found(as_role: AsRole) -> None:
    operator = await as_role(Role.OPERATOR)
    for path, code in (("4711", "notification_not_found"), ("alerts/4711", "alert_not_found")):
        response = await operator.get(f"{URL}/{path}/explain")
        assert (response.status_code, response.json()["code"]) == (404, code)
