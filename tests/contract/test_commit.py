"""A commit that fails is a failure that the caller sees (docs/decisions/0001)."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from backend.core.roles import Role
from backend.db.database import Database
from tests.support.application import AsRole

MERCHANTS = "/api/v1/admin/merchants"


@pytest_asyncio.fixture
async def _names_are_checked_at_commit(database: Database) -> AsyncIterator[None]:
    async with database.unit_of_work() as session:
        await session.execute(
            text("alter table merchants add constraint test_once unique (name) deferrable initially deferred")
        )
    yield
    async with database.unit_of_work() as session:
        await session.execute(text("alter table merchants drop constraint test_once"))


@pytest.mark.usefixtures("_names_are_checked_at_commit")
async def test_a_commit_that_fails_answers_500_and_stores_nothing(as_role: AsRole, database: Database) -> None:
    admin = await as_role(Role.ADMIN)
    body = {"name": "Dupont", "contact_email": "office@dupont.example"}
    assert (await admin.post(MERCHANTS, json=body)).status_code == 201
    response = await admin.post(MERCHANTS, json=body, headers={"Idempotency-Key": "once"})
    assert response.status_code == 500
    assert response.json()["code"] == "internal_error"
    async with database.unit_of_work() as session:
        stored = await session.execute(
            text(
                "select (select count(*) from merchants), (select count(*) from audit_log where outcome = 'done'), "
                "(select count(*) from idempotency_keys)"
            )
        )
        assert stored.one() == (1, 1, 0)
