from datetime import timedelta

import httpx
import pytest
import pytest_asyncio

from backend.core.clock import Clock
from backend.core.roles import Role
from backend.db.database import Database
from tests.factories.jobs import add_job
from tests.support.application import AsRole
from tests.support.jobs import job_of

JOBS = "/api/v1/admin/jobs"


@pytest_asyncio.fixture
async def operator(as_role: AsRole) -> httpx.AsyncClient:
    return await as_role(Role.OPERATOR)


async def ids(client: httpx.AsyncClient, **filters: object) -> list[int]:
    response = await client.get(JOBS, params=filters)  # type: ignore[arg-type]  # httpx turns values into text
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


class TestListing:
    async def test_the_newest_come_first_in_pages(self, operator: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            made = [(await add_job(session)).id for _ in range(5)]
        page = (await operator.get(JOBS, params={"limit": 3})).json()
        rest = (await operator.get(JOBS, params={"limit": 3, "cursor": page["next_cursor"]})).json()
        assert [item["id"] for item in page["items"] + rest["items"]] == made[::-1]
        assert rest["next_cursor"] is None

    async def test_they_are_found_by_state_kind_and_time(
        self, operator: httpx.AsyncClient, database: Database, system_clock: Clock
    ) -> None:
        now = system_clock.now()
        async with database.unit_of_work() as session:
            old = await add_job(session, state="done", created_at=now - timedelta(days=2))
            dead = await add_job(session, state="dead")
            other = await add_job(session, state="dead", kind="import")
        assert await ids(operator, state="dead") == [other.id, dead.id]
        assert await ids(operator, state=["done", "dead"], kind="greet") == [dead.id, old.id]
        yesterday = (now - timedelta(days=1)).isoformat()
        assert await ids(operator, until=yesterday) == [old.id]
        assert await ids(operator, since=yesterday, kind="import") == [other.id]

    @pytest.mark.parametrize(
        ("filters", "path"),
        [({"state": "asleep"}, "state"), ({"since": "yesterday"}, "since"), ({"limit": 0}, "limit")],
    )
    async def test_a_bad_filter_is_named(
        self, operator: httpx.AsyncClient, filters: dict[str, str | int], path: str
    ) -> None:
        response = await operator.get(JOBS, params=filters)
        assert response.status_code == 400
        assert response.json()["errors"][0]["path"].startswith(path)


class TestLooking:
    async def test_a_job_shows_what_became_of_it(self, operator: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            job = await add_job(session, state="dead", payload={"store_id": 7})
        shown = (await operator.get(f"{JOBS}/{job.id}")).json()
        assert (
            shown.items()
            >= {
                "id": job.id,
                "kind": "greet",
                "state": "dead",
                "payload": {"store_id": 7},
                "attempts": 5,
                "failures": 5,
                "last_error": "OSError: the door is stuck",
            }.items()
        )

    async def test_a_missing_one_is_a_404(self, operator: httpx.AsyncClient) -> None:
        for response in (
            await operator.get(f"{JOBS}/4711"),
            await operator.post(f"{JOBS}/4711/retry"),
            await operator.post(f"{JOBS}/4711/cancel"),
        ):
            assert (response.status_code, response.json()["code"]) == (404, "job_not_found")


class TestRetrying:
    async def test_a_dead_job_is_queued_with_a_fresh_budget(
        self, operator: httpx.AsyncClient, database: Database
    ) -> None:
        async with database.unit_of_work() as session:
            job = await add_job(session, state="dead")
        response = await operator.post(f"{JOBS}/{job.id}/retry")
        assert response.status_code == 200
        assert response.json().items() >= {"state": "queued", "failures": 0, "finished_at": None}.items()
        assert (await job_of(database, job.id)).state == "queued"

    @pytest.mark.parametrize("state", ["queued", "running", "done", "cancelled"])
    async def test_any_other_is_a_409(self, operator: httpx.AsyncClient, database: Database, state: str) -> None:
        async with database.unit_of_work() as session:
            job = await add_job(session, state=state)
        response = await operator.post(f"{JOBS}/{job.id}/retry")
        assert (response.status_code, response.json()["code"]) == (409, "job_state")
        assert (await job_of(database, job.id)).state == state

    async def test_a_dead_job_whose_work_is_queued_anew_is_a_409(
        self, operator: httpx.AsyncClient, database: Database
    ) -> None:
        async with database.unit_of_work() as session:
            job = await add_job(session, state="dead", dedup_key="schedule:sync")
            await add_job(session, dedup_key="schedule:sync")
        assert (await operator.post(f"{JOBS}/{job.id}/retry")).status_code == 409

    async def test_a_repeated_call_with_its_key_is_the_same_call(
        self, operator: httpx.AsyncClient, database: Database
    ) -> None:
        async with database.unit_of_work() as session:
            job = await add_job(session, state="dead")
        headers = {"Idempotency-Key": "once"}
        first = await operator.post(f"{JOBS}/{job.id}/retry", headers=headers)
        again = await operator.post(f"{JOBS}/{job.id}/retry", headers=headers)
        assert (again.status_code, again.json()) == (200, first.json())


class TestCancelling:
    async def test_a_queued_job_is_cancelled(self, operator: httpx.AsyncClient, database: Database) -> None:
        async with database.unit_of_work() as session:
            job = await add_job(session)
        response = await operator.post(f"{JOBS}/{job.id}/cancel")
        assert response.status_code == 200
        assert response.json()["state"] == "cancelled"
        assert response.json()["finished_at"] is not None

    @pytest.mark.parametrize("state", ["running", "done", "dead", "cancelled"])
    async def test_any_other_is_a_409(self, operator: httpx.AsyncClient, database: Database, state: str) -> None:
        async with database.unit_of_work() as session:
            job = await add_job(session, state=state)
        assert (await operator.post(f"{JOBS}/{job.id}/cancel")).status_code == 409
        assert (await job_of(database, job.id)).state == state
