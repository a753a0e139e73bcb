"""The preview says what the pure matcher says of the same rows, read here in another way and one by one."""

import random
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from backend.core.roles import Role
from backend.db.batches import BATCH
from backend.db.database import Database
from backend.delivery.kinds import PRIORITY_OF
from backend.delivery.models import Message
from backend.delivery.planning import Planning
from backend.delivery.silence_matching import Matcher, Subject
from backend.delivery.silence_preview import preview
from backend.notifications import NotificationType, Priority
from tests.factories.alerts import raise_alert
from tests.factories.delivery import add_silence, silence_json
from tests.factories.notifications import add_notification
from tests.factories.tenancy import add_merchant, add_store
from tests.support.application import AsRole
from tests.support.pipeline import Pipeline
from tests.support.times import FrozenClock

URL = "/api/v1/admin/silences/preview"
WORDS = ("feed", "FEED", "Straße", "timeout", "50%", "price_list")
MONTH = timedelta(days=30)


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


class Replay:
    """All rows as plain text of SQL gives them, each put before the matcher."""

    def __init__(self, notifications: list[Any], alerts: list[Any], merchants: dict[int, int]) -> None:  # Any: rows
        self.notifications, self.alerts, self.merchants = notifications, alerts, merchants
        self.subjects = [*self._of_notifications(), *self._of_alerts()]

    @classmethod
    async def of(cls, database: Database) -> "Replay":
        fetch = database.reads.fetch
        return cls(
            await fetch("select * from admin_notifications where deleted_at is null"),
            await fetch(
                "select a.*, array(select store_id from alert_stores s where s.alert_id = a.id) as all_stores,"
                " array(select store_id from alert_stores s where s.alert_id = a.id and healed_at is null)"
                " as open_stores from platform_alerts a"
            ),
            {row["id"]: row["merchant_id"] for row in await fetch("select id, merchant_id from stores")},
        )

    def counts(self, matcher: Matcher, clock: FrozenClock) -> tuple[int, int, int]:
        now = month = criticals = 0
        for subject, is_open, at in self.subjects:
            if matcher.matches(subject):
                is_recent = at >= clock.now() - MONTH
                now, month = now + is_open, month + is_recent
                criticals += subject.priority == "critical" and (is_open or is_recent)
        return now, month, criticals

    def _of_notifications(self) -> Any:  # Any: subjects with their state
        for row in self.notifications:
            stores = {} if row["store_id"] is None else {row["store_id"]: self.merchants.get(row["store_id"])}
            told = Subject(
                category=row["type"],
                priority=row["priority"],
                title=row["title"],
                message=row["message"],
                stores=stores,
            )
            yield told, not row["is_read"] and row["settled_at"] is None, row["created_at"]

    def _of_alerts(self) -> Any:  # Any: subjects with their state
        for row in self.alerts:
            told = Subject(
                category=row["alert_type"],
                priority=PRIORITY_OF[row["severity"]],
                title=row["title"],
                message=row["description"],
                stores={store: self.merchants.get(store) for store in row["open_stores"] or row["all_stores"]},
            )
            yield told, not row["is_resolved"], row["last_occurred_at"]


async def fill(database: Database, clock: FrozenClock, stores: list[int], *, notifications: int, alerts: int) -> None:
    """Much, of two months, many at the same instant: a batch may end anywhere among them."""
    chance = random.Random(7)
    instants = [clock.now() - timedelta(days=chance.uniform(0, 60)) for _ in range(notifications // 50 + 1)]
    instants.append(clock.now() - MONTH)
    rows = [
        (
            chance.choice(list(NotificationType)).value,
            chance.choice(list(Priority)).value,
            f"A {chance.choice(WORDS)}",
            f"of {chance.choice(WORDS)}",
            chance.choice([*stores, 999, None]),
            chance.random() < 0.5,
            clock.now() if chance.random() < 0.2 else None,
            clock.now() if chance.random() < 0.1 else None,
            chance.choice(instants),
        )
        for _ in range(notifications)
    ]
    columns = ["type", "priority", "title", "message", "store_id", "is_read", "settled_at", "deleted_at", "created_at"]
    async with database.reads.acquire() as connection:
        await connection.copy_records_to_table("admin_notifications", records=rows, columns=columns)
        for number in range(alerts):
            is_resolved, at = chance.random() < 0.5, chance.choice(instants)
            alert_id = await connection.fetchval(
                "insert into platform_alerts (alert_type, severity, previous_severity, title, description, fingerprint,"
                " first_occurred_at, last_occurred_at, is_resolved, resolved_at, settled_position_at)"
                " values ($1, $2, $2, $3, $4, $5, $6, $6, $7, $8, $8) returning id",
                chance.choice(["system", "integration"]), chance.choice(["info", "warning", "error", "critical"]),
                f"An {chance.choice(WORDS)}", f"of {chance.choice(WORDS)}", f"f{number}", at, is_resolved,
                at if is_resolved else None,
            )  # fmt: skip
            for store_id in chance.sample([*stores, 999], chance.randrange(4)):
                healed = clock.now() if is_resolved or chance.random() < 0.3 else None
                await connection.execute(
                    "insert into alert_stores (alert_id, store_id, first_at, last_at, healed_at)"
                    " values ($1, $2, $3, $3, $4)", alert_id, store_id, at, healed,
                )  # fmt: skip


async def test_its_numbers_are_those_of_a_replay_through_the_matcher(database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work() as session:
        merchant = await add_merchant(session)
        stores = [(await add_store(session, merchant_id=merchant.id)).id for _ in range(2)]
        stores += [(await add_store(session)).id for _ in range(2)]
    await fill(database, clock, stores, notifications=3 * BATCH, alerts=200)
    replay = await Replay.of(database)
    matchers = [
        Matcher(store_ids=frozenset(stores[:1])),
        Matcher(store_ids=frozenset({999})),
        Matcher(store_ids=frozenset({4711})),
        Matcher(merchant_ids=frozenset({merchant.id})),
        Matcher(store_ids=frozenset(stores[3:]), merchant_ids=frozenset({merchant.id})),
        Matcher(merchant_ids=frozenset({4711})),
        Matcher(types=frozenset({"import_failure", "system"})),
        Matcher(types=frozenset({"silence_ending"})),
        Matcher(priorities=frozenset({"critical"})),
        Matcher(priorities=frozenset({"low", "normal", "high", "critical"})),
        Matcher(phrase="feed"),
        Matcher(phrase="STRASSE"),
        Matcher(phrase="%"),
        Matcher(phrase="_"),
        Matcher(phrase="e", types=frozenset({"store_issue", "system"}), priorities=frozenset({"high"})),
        Matcher(phrase="feed", store_ids=frozenset(stores[:2]), priorities=frozenset({"critical", "low"})),
    ]
    for matcher in matchers:
        shown = await preview(database.reads, matcher, now=clock.now())
        numbers = (shown.matching_now, shown.matching_last_30_days, shown.criticals_hidden)
        assert numbers == replay.counts(matcher, clock), matcher
        assert shown.is_complete
        assert len(shown.examples) == min(10, replay_size(replay, matcher, clock))


def replay_size(replay: Replay, matcher: Matcher, clock: FrozenClock) -> int:
    """How many are open or of the last month."""
    return sum(
        matcher.matches(subject) and (is_open or at >= clock.now() - MONTH) for subject, is_open, at in replay.subjects
    )


async def kept_back(pipeline: Pipeline, matcher: Matcher) -> int:
    """How many messages planning keeps from everybody while there is this silence; nothing of it stays."""
    async with pipeline.database.unit_of_work() as session:
        await add_silence(session, pipeline.clock, matcher=matcher)
        planning = Planning(session, pipeline.clock, pipeline.settings)
        for row in await pipeline.database.reads.fetch("select id from admin_notifications order by id"):
            await planning.plan_notification(row["id"])
        for row in await pipeline.database.reads.fetch("select id from platform_alerts order by id"):
            await planning.plan_alert(row["id"])
        told = (await session.scalars(select(Message.verdicts))).all()
        await session.rollback()
    return sum(all(verdict["reason"] == "silence" for verdict in verdicts) for verdicts in told)


async def test_it_counts_what_planning_would_keep_back(pipeline: Pipeline) -> None:
    await pipeline.destination()
    clock = pipeline.clock
    async with pipeline.database.unit_of_work() as session:
        stores = [(await add_store(session)).id for _ in range(2)]
        for number, severity in enumerate(("error", "critical", "warning")):
            alert = await raise_alert(
                session, clock, key=f"{number}", severity=severity, stores=stores[:number], title="Feed is late"
            )
            rang = {"type": "import_failure", "priority": "high", "title": "Import failed for Moulin"}
            await add_notification(session, clock, alert_id=alert.id, **rang)
            await raise_alert(session, clock, key=f"silent {number}", severity=severity, stores=stores[number:])
            await add_notification(session, clock, store_id=stores[number % 2], **rang)
            await add_notification(session, clock, priority=["low", "normal", "critical"][number])
    # Rows of another version.
    await pipeline.database.reads.execute("update platform_alerts set severity = 'fatal' where fingerprint like '%1'")
    await pipeline.database.reads.execute("update admin_notifications set priority = 'urgent' where priority = 'low'")
    clock.advance(timedelta(hours=1))
    matchers = [
        Matcher(types=frozenset({"system"})),
        Matcher(types=frozenset({"import_failure"})),
        Matcher(types=frozenset({"store_issue"})),
        *(Matcher(priorities=frozenset({priority.value})) for priority in Priority),
        Matcher(types=frozenset({"system"}), priorities=frozenset({"normal", "high"})),
        Matcher(phrase="import failed"),
        Matcher(phrase="feed"),
        Matcher(phrase="noon"),
        Matcher(store_ids=frozenset(stores[:1])),
        Matcher(store_ids=frozenset(stores), types=frozenset({"import_failure"})),
    ]
    shown = [(await preview(pipeline.database.reads, matcher, now=clock.now())).matching_now for matcher in matchers]
    assert shown == [await kept_back(pipeline, matcher) for matcher in matchers]
    assert 0 not in shown[:3]


async def test_over_http_it_counts_shows_examples_and_changes_nothing(
    operator: httpx.AsyncClient, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        store = await add_store(session, name="Moulin")
        other = await add_store(session)
        plain = await add_notification(session, clock, store_id=store.id, title="Slow")
        await add_notification(session, clock, store_id=other.id)
        await add_notification(session, clock)
        alert = await raise_alert(session, clock, severity="critical", stores=[store.id], title="Down")
        await raise_alert(session, clock, key="both", stores=[store.id, other.id])
    body = silence_json(clock, matchers={"store_ids": [store.id]})
    response = await operator.post(URL, json=body)
    assert response.status_code == 200, response.text
    at = clock.now().isoformat().replace("+00:00", "Z")
    assert response.json() == {
        "matching_now": 2,
        "matching_last_30_days": 2,
        "criticals_hidden": 1,
        "is_complete": True,
        "examples": [
            {
                "id": alert.id,
                "kind": "alert",
                "title": "Down",
                "priority": "critical",
                "store_name": "Moulin",
                "created_at": response.json()["examples"][0]["created_at"],
            },
            {
                "id": plain.id,
                "kind": "notification",
                "title": "Slow",
                "priority": "normal",
                "store_name": "Moulin",
                "created_at": at,
            },
        ],
    }
    assert (await operator.get("/api/v1/admin/silences")).json()["items"] == []
    assert await database.reads.fetchval("select count(*) from audit_log") == 0


async def test_an_alert_counts_for_a_store_once_the_others_have_healed(
    operator: httpx.AsyncClient, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work() as session:
        first, second = (await add_store(session)).id, (await add_store(session)).id
        alert = await raise_alert(session, clock, stores=[first, second])
    body = {"matchers": {"store_ids": [first]}}
    assert (await operator.post(URL, json=body)).json()["matching_now"] == 0
    heal = "update alert_stores set healed_at = now() where alert_id = $1 and store_id = $2"
    await database.reads.execute(heal, alert.id, second)
    shown = (await operator.post(URL, json=body)).json()
    assert (shown["matching_now"], shown["examples"][0]["store_name"] is not None) == (1, True)


async def test_comment_and_times_may_be_left_out_and_the_matchers_may_not(operator: httpx.AsyncClient) -> None:
    assert (await operator.post(URL, json={"matchers": {"text": "feed"}})).status_code == 200
    response = await operator.post(URL, json={"matchers": {}})
    assert (response.status_code, response.json()["errors"][0]["path"]) == (400, "matchers")


async def test_more_than_is_looked_at_is_said(
    database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.unit_of_work() as session:
        await add_notification(session, clock)
    monkeypatch.setattr("backend.delivery.silence_preview.MOST", 1)
    assert not (await preview(database.reads, Matcher(phrase="slow"), now=clock.now())).is_complete
