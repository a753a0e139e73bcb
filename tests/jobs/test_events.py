from typing import ClassVar

import pytest
from sqlalchemy import select

from backend.db.database import Database
from backend.jobs import Event, Subscriptions, publish
from backend.jobs.models import Job


class DoorOpened(Event, frozen=True):
    name: ClassVar[str] = "door_opened"

    door: str


class DoorShut(Event, frozen=True):
    name: ClassVar[str] = "door_shut"


@pytest.fixture
def subscriptions() -> Subscriptions:
    return {"door_opened": ("switch_on_light", "tell_guard")}


async def test_every_subscriber_gets_a_job_with_the_event(belled: Database) -> None:
    async with belled.unit_of_work() as session:
        await publish(session, DoorOpened(door="front"), DoorOpened(door="back"))
    async with belled.unit_of_work() as session:
        jobs = (await session.scalars(select(Job).order_by(Job.id))).all()
    assert [(job.kind, job.payload) for job in jobs] == [
        ("switch_on_light", {"door": "front"}),
        ("tell_guard", {"door": "front"}),
        ("switch_on_light", {"door": "back"}),
        ("tell_guard", {"door": "back"}),
    ]


async def test_an_event_without_subscribers_writes_nothing(belled: Database) -> None:
    async with belled.unit_of_work() as session:
        await publish(session, DoorShut())
        assert (await session.scalars(select(Job))).all() == []


async def test_an_event_of_a_rolled_back_unit_did_not_happen(belled: Database) -> None:
    with pytest.raises(RuntimeError):
        async with belled.unit_of_work() as session:
            await publish(session, DoorOpened(door="front"))
            raise RuntimeError
    async with belled.unit_of_work() as session:
        assert (await session.scalars(select(Job))).all() == []
