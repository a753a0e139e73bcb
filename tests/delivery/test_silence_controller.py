"""Silences over HTTP: made, listed, ended; what is wrong is named."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from backend.core.roles import Role
from backend.db.database import Database
from backend.delivery.silence_matching import Matcher
from backend.delivery.silence_repository import active_silences
from tests.factories.delivery import add_silence, silence_json
from tests.factories.tenancy import add_store
from tests.support.application import AsRole
from tests.support.times import FrozenClock

URL = "/api/v1/admin/silences"


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


def iso(clock: FrozenClock, **by: float) -> str:
    return (clock.now() + timedelta(**by)).isoformat().replace("+00:00", "Z")


async def states(operator: httpx.AsyncClient, **query: Any) -> list[tuple[int, str]]:  # Any: query values
    response = await operator.get(URL, params=query)
    assert response.status_code == 200, response.text
    return [(item["id"], item["state"]) for item in response.json()["items"]]


async def active_ids(database: Database, clock: FrozenClock) -> list[int]:
    return [silence.id for silence in await active_silences(database.reads.fetch, clock.now())]


class TestMaking:
    async def test_one_is_shown_with_its_maker_and_the_names_of_its_stores(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            store = await add_store(session, name="Moulin")
        matchers = {
            "store_ids": [store.id, store.id],
            "merchant_ids": [store.merchant_id],
            "types": ["import_failure", "capacity"],
            "priorities": ["high"],
            "text": " feed ",
        }
        response = await operator.post(URL, json=silence_json(clock, matchers=matchers))
        assert response.status_code == 201, response.text
        made = response.json()
        (merchant,) = made.pop("merchant_names")
        assert merchant["id"] == store.merchant_id
        assert made == {
            "id": made["id"],
            "matchers": {
                "store_ids": [store.id],
                "merchant_ids": [store.merchant_id],
                "types": ["capacity", "import_failure"],
                "priorities": ["high"],
                "text": "feed",
            },
            "starts_at": iso(clock),
            "ends_at": iso(clock, hours=2),
            "ended_at": None,
            "state": "active",
            "comment": "Moving.",
            "created_by": {"id": made["created_by"]["id"], "name": "Operator Test"},
            "ended_by": None,
            "store_names": [{"id": store.id, "name": "Moulin"}],
            "created_at": iso(clock),
        }
        shown = (await operator.get(f"{URL}/{made['id']}")).json()
        assert {**made, "merchant_names": [merchant]} == shown

    async def test_the_planner_gets_what_was_made(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        matchers = {"types": ["import_failure"], "text": "feed", "priorities": ["low", "high"]}
        await operator.post(URL, json=silence_json(clock, matchers=matchers))
        (silence,) = await active_silences(database.reads.fetch, clock.now())
        assert silence.matcher == Matcher(
            types=frozenset({"import_failure"}), priorities=frozenset({"low", "high"}), phrase="feed"
        )
        assert (silence.starts_at, silence.ends_at) == (clock.now(), clock.now() + timedelta(hours=2))

    async def test_the_same_call_again_with_its_key_makes_no_second_one(
        self, operator: httpx.AsyncClient, clock: FrozenClock
    ) -> None:
        made = [
            (await operator.post(URL, json=silence_json(clock), headers={"Idempotency-Key": "a"})).json()["id"]
            for _ in range(2)
        ]
        assert made[0] == made[1]
        assert len(await states(operator)) == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"matchers": {}}, "matchers"),
            ({"matchers": {"store_ids": [], "text": None}}, "matchers"),
            ({"matchers": {"text": "  "}}, "matchers.text"),
            ({"matchers": {"store_ids": [4711]}}, "matchers.store_ids"),
            ({"matchers": {"merchant_ids": [4711]}}, "matchers.merchant_ids"),
            ({"matchers": {"types": ["import_failure", "weather"]}}, "matchers.types.1"),
            ({"matchers": {"types": ["silence_ending"]}}, "matchers.types.0"),
            ({"matchers": {"priorities": ["urgent"]}}, "matchers.priorities.0"),
            ({"comment": " \n"}, "comment"),
            ({"ends_at": None}, "ends_at"),
            ({"ends_at": "2026-03-02T09:00:00"}, "ends_at"),
        ],
    )
    async def test_what_is_wrong_is_named(
        self, operator: httpx.AsyncClient, clock: FrozenClock, wrong: dict[str, Any], field: str
    ) -> None:
        response = await operator.post(URL, json=silence_json(clock) | wrong)
        assert (response.status_code, [error["path"] for error in response.json()["errors"]]) == (400, [field])
        assert await states(operator) == []

    @pytest.mark.parametrize(
        ("starts", "ends", "is_good"),
        [
            (None, -1, False),
            (None, 0, False),
            (-3, -1, False),
            (2, 2, False),
            (2, 1, False),
            (None, 90 * 24, True),
            (None, 90 * 24 + 1, False),
            (24, 91 * 24, True),
            (-1, 1, True),
        ],
    )
    async def test_its_time_lies_ahead_and_is_90_days_at_most(
        self, operator: httpx.AsyncClient, clock: FrozenClock, starts: float | None, ends: float, is_good: bool
    ) -> None:
        body = silence_json(clock, ends_at=iso(clock, hours=ends))
        if starts is not None:
            body["starts_at"] = iso(clock, hours=starts)
        response = await operator.post(URL, json=body)
        assert response.status_code == (201 if is_good else 400), response.text
        if not is_good:
            assert [error["path"] for error in response.json()["errors"]] == ["ends_at"]


class TestListing:
    async def test_each_state_can_be_asked_for_and_several_at_once(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            over = (await add_silence(session, clock, hours=1)).id
            stopped = (await add_silence(session, clock, hours=9)).id
            active = (await add_silence(session, clock, hours=9)).id
            planned = (await add_silence(session, clock, starts_in=3, hours=9)).id
        await operator.delete(f"{URL}/{stopped}")
        clock.advance(timedelta(hours=1))
        assert await states(operator) == [
            (planned, "scheduled"), (active, "active"), (stopped, "ended"), (over, "ended")
        ]  # fmt: skip
        assert await states(operator, state="active") == [(active, "active")]
        assert await states(operator, state="scheduled") == [(planned, "scheduled")]
        assert await states(operator, state=["ended", "scheduled"]) == [
            (planned, "scheduled"), (stopped, "ended"), (over, "ended")
        ]  # fmt: skip
        assert await active_ids(database, clock) == [active]

    async def test_pages_follow_each_other_and_a_cursor_is_of_its_filters(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            made = [(await add_silence(session, clock)).id for _ in range(5)]
        seen: list[int] = []
        cursor: str | None = None
        while True:
            query = {"limit": "2", "state": "active"} | ({"cursor": cursor} if cursor else {})
            page = (await operator.get(URL, params=query)).json()
            seen += [item["id"] for item in page["items"]]
            if (cursor := page["next_cursor"]) is None:
                break
            assert (await operator.get(URL, params={"cursor": cursor})).status_code == 400
        assert seen == made[::-1]


class TestEnding:
    @pytest.mark.parametrize("starts_in", [None, 1])
    async def test_it_ends_at_once_and_stays_with_who_ended_it(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock, starts_in: float | None
    ) -> None:
        async with database.unit_of_work() as session:
            silence_id = (await add_silence(session, clock, starts_in=starts_in)).id
        clock.advance(timedelta(minutes=5))
        ended = await operator.delete(f"{URL}/{silence_id}")
        assert (ended.status_code, ended.content) == (204, b"")
        shown = (await operator.get(f"{URL}/{silence_id}")).json()
        assert (shown["state"], shown["ended_at"]) == ("ended", iso(clock))
        assert shown["ended_by"]["name"] == "Operator Test"
        assert await active_ids(database, clock) == []
        clock.advance(timedelta(hours=1))
        assert await active_ids(database, clock) == []

    async def test_one_that_has_ended_cannot_be_ended_again(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        async with database.unit_of_work() as session:
            stopped, over = (await add_silence(session, clock)).id, (await add_silence(session, clock, hours=1)).id
        clock.advance(timedelta(minutes=59))
        await operator.delete(f"{URL}/{stopped}")
        at = iso(clock)
        clock.advance(timedelta(minutes=1))
        for silence_id in (stopped, over):
            response = await operator.delete(f"{URL}/{silence_id}")
            assert (response.status_code, response.json()["code"]) == (409, "silence_ended")
        assert (await operator.get(f"{URL}/{stopped}")).json()["ended_at"] == at
        assert (await operator.get(f"{URL}/{over}")).json()["ended_at"] is None

    async def test_what_never_was_is_not_found(self, operator: httpx.AsyncClient) -> None:
        for response in (await operator.get(f"{URL}/4711"), await operator.delete(f"{URL}/4711")):
            assert (response.status_code, response.json()["code"]) == (404, "silence_not_found")

    async def test_making_and_ending_stand_in_the_audit_log(
        self, operator: httpx.AsyncClient, database: Database, clock: FrozenClock
    ) -> None:
        silence_id = (await operator.post(URL, json=silence_json(clock))).json()["id"]
        await operator.delete(f"{URL}/{silence_id}")
        rows = await database.reads.fetch("select action, target, actor_name from audit_log order by id")
        assert [tuple(row) for row in rows] == [
            ("silence.create", None, "Operator Test"),
            ("silence.end", f"{silence_id}", "Operator Test"),
        ]
