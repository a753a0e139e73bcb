"""Deliveries survive workers that are killed at any step: nothing is lost, and what comes twice says so by its id."""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from ipaddress import ip_network

import pytest
import pytest_asyncio

from backend import wiring
from backend.core.clock import SystemClock
from backend.core.settings import Settings
from backend.db.database import Database, open_database
from backend.delivery.destination_schemas import DestinationIn
from backend.delivery.destination_service import DestinationService
from backend.delivery.kinds import Channel
from backend.jobs import SUBSCRIPTIONS
from backend.jobs.dispatch import RedisBell, open_redis
from backend.notifications import AdminNotificationService, NotificationType, Priority
from tests.factories.delivery import add_deliveries
from tests.support.doomed_sender import STEPS
from tests.support.jobs import until
from tests.support.receivers import Receiver, answer, receiving
from tests.support.workers import PRODUCT, Crew, Doorbell, crew, forgetful_doorbell

pytestmark = [pytest.mark.delivery, pytest.mark.timeout(180)]

DOOMED = ("tests.support.doomed_sender",)
SECRET_KEY = "a secret key of the stories"
NOTICES = 200


@pytest.fixture
def doorbell() -> Iterator[Doorbell]:
    with forgetful_doorbell() as doorbell:
        yield doorbell


@pytest_asyncio.fixture
async def platform(database_url: str, doorbell: Doorbell) -> AsyncIterator[Database]:
    """The database as the API uses it."""
    redis = open_redis(doorbell.url)
    info = {SUBSCRIPTIONS: wiring.subscriptions()}
    async with open_database(database_url, bell=RedisBell(redis), info=info) as database:
        yield database
    await redis.aclose()


@pytest_asyncio.fixture
async def receiver(platform: Database, settings: Settings) -> AsyncIterator[Receiver]:
    """A real receiver, to which the platform sends everything."""
    own = dataclasses.replace(settings, secret_keys=(SECRET_KEY,))
    async with receiving(answer(204)) as receiver:
        async with platform.unit_of_work() as session:
            wanted = DestinationIn(kind=Channel.WEBHOOK, name="ERP", url=receiver.url)
            await DestinationService(session, SystemClock(), own).create(wanted, created_by=None)
        yield receiver


def workers(database_url: str, doorbell: Doorbell, *module: str, **settings: str) -> AbstractContextManager[Crew]:
    given = {"TOCSIN_SECRET_KEY": SECRET_KEY, "TOCSIN_EGRESS_ALLOW": "127.0.0.0/8", **settings}
    return crew(database_url, doorbell.url, lease=2, module=module, **given)


async def raise_notices(platform: Database, count: int) -> None:
    for number in range(count):
        async with platform.unit_of_work() as session:
            await AdminNotificationService(session, SystemClock()).create_notification(
                type=NotificationType.STORE_ISSUE, title=f"Notice {number}", message="x", priority=Priority.HIGH
            )


async def until_sent(platform: Database, count: int) -> None:
    async def are_sent() -> bool:
        sent: int = await platform.reads.fetchval("select count(*) from deliveries where status = 'sent'")
        return sent == count

    await until(are_sent, within=90)


def ids(receiver: Receiver) -> Counter[str]:
    return Counter(got.headers["webhook-id"] for got in receiver.got)


async def die_and_be_replaced(platform: Database, database_url: str, doorbell: Doorbell, death: str) -> None:
    """A worker works until that step kills it, and then another until everything is sent."""
    with workers(database_url, doorbell, *DOOMED, TOCSIN_STORY_DIES=death) as doomed:
        doomed.hire()

        async def is_dead() -> bool:
            return doomed.members[0].poll() is not None

        await until(is_dead)
        # Leases of the dead one run out, and what failed is due again.
        await platform.reads.execute(
            "update deliveries set lease_until = tocsin_now(), next_attempt_at = tocsin_now() "
            "where status in ('sending', 'pending')"
        )
        with workers(database_url, doorbell, *PRODUCT) as healthy:
            healthy.hire()
            await until_sent(platform, 1)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_a_worker_killed_at_a_step_loses_nothing(
    platform: Database, receiver: Receiver, database_url: str, doorbell: Doorbell, step: str, moment: str
) -> None:
    await raise_notices(platform, 1)

    await die_and_be_replaced(platform, database_url, doorbell, f"{moment} {step}")

    # Only a message that was out before its end was written down comes again, under the same id.
    was_out = (moment, step) in {("after", "send"), ("before", "record")}
    assert list(ids(receiver).values()) == [2 if was_out else 1]
    assert await platform.reads.fetchval("select count(*) from delivery_messages") == 1


@pytest.mark.parametrize("step", ["failure", "outcome"])
async def test_a_worker_killed_at_a_failures_record_tries_once_more(
    platform: Database, receiver: Receiver, database_url: str, doorbell: Doorbell, step: str
) -> None:
    receiver.answers = [answer(503), answer(204)]
    await raise_notices(platform, 1)

    await die_and_be_replaced(platform, database_url, doorbell, f"after {step}")

    assert list(ids(receiver).values()) == [2]
    # Killed within the transaction, nobody knows how the try ended.
    found = await platform.reads.fetch("select outcome from delivery_attempts order by number")
    assert [row["outcome"] for row in found] == ["failed" if step == "outcome" else None, "sent"]


@pytest.mark.parametrize("step", ["writing the fold", "fold"])
async def test_a_worker_killed_at_a_fold_folds_once(
    platform: Database, receiver: Receiver, settings: Settings, database_url: str, doorbell: Doorbell, step: str
) -> None:
    own = dataclasses.replace(settings, secret_keys=(SECRET_KEY,), egress_allow=(ip_network("127.0.0.0/8"),))
    receiver.answers = [answer(200, b"{}")]
    async with platform.unit_of_work() as session:
        room = DestinationIn(kind=Channel.CHAT, name="Room", url=f"ntfy://{receiver.url.split('/')[2]}/topic")
        row, _ = await DestinationService(session, SystemClock(), own).create(room, created_by=None)
        await add_deliveries(session, row.id, 3, status="held", reason="throttle")

    await die_and_be_replaced(platform, database_url, doorbell, f"after {step}")

    assert len(receiver.got) == 1
    assert await platform.reads.fetchval("select count(*) from deliveries where status = 'folded'") == 3
    assert await platform.reads.fetchval("select count(*) from delivery_messages where kind = 'held_back'") == 1


async def test_kills_at_random_lose_nothing_and_double_little(
    platform: Database, receiver: Receiver, database_url: str, doorbell: Doorbell
) -> None:
    with workers(database_url, doorbell, *PRODUCT) as crew_at_work:
        crew_at_work.hire(2)
        raising = asyncio.create_task(raise_notices(platform, NOTICES))
        for _ in range(4):
            await asyncio.sleep(1.5)
            crew_at_work.kill_one()
            crew_at_work.hire()
            await platform.reads.execute("update deliveries set lease_until = tocsin_now() where status = 'sending'")
        await raising
        await until_sent(platform, NOTICES)

    counted = ids(receiver)
    assert len(counted) == NOTICES
    # What was on its way at a kill, or lost its lease to a living one above, and no more.
    assert sum(counted.values()) - NOTICES <= 4 * 2 * 16
    assert await platform.reads.fetchval("select count(*) from deliveries where status <> 'sent'") == 0
