"""ASVS 16.2.1: who, what, when and where; 16.4.2: never changed."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from backend.audit import record
from backend.audit.models import AuditEntry
from backend.core.clock import SystemClock
from backend.db.database import Database


async def write(database: Database) -> None:
    async with database.unit_of_work() as session:
        await record(
            session,
            actor_kind="user",
            actor_id=7,
            actor_name="Anne",
            action="user.create",
            target="9",
            address="198.51.100.7",
            request_id="req_1",
            detail={"role": "viewer"},
        )


async def test_keeps_who_did_what_when_and_from_where(database: Database) -> None:
    await write(database)
    async with database.unit_of_work() as session:
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("user", 7, "Anne")
    assert (entry.action, entry.target, entry.outcome, entry.detail) == (
        "user.create",
        "9",
        "done",
        {"role": "viewer"},
    )
    assert (entry.address, entry.request_id) == ("198.51.100.7", "req_1")
    assert abs(entry.at - SystemClock().now()) < timedelta(minutes=1)


async def test_vanishes_with_the_deed_that_was_rolled_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.unit_of_work() as session:
            await record(session, actor_kind="system", actor_id=None, actor_name="Tocsin", action="a.b")
            raise RuntimeError
    async with database.unit_of_work() as session:
        assert (await session.scalars(select(AuditEntry))).all() == []


@pytest.mark.parametrize(
    "change",
    [update(AuditEntry).values(actor_name="Mallory"), delete(AuditEntry), text("truncate audit_log")],
    ids=["update", "delete", "truncate"],
)
async def test_cannot_be_changed(database: Database, change: object) -> None:
    await write(database)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.unit_of_work() as session:
            await session.execute(change)  # type: ignore[call-overload]  # update, delete and text are all executable
