"""Successes are written together: none is lost with the others, and no lock is taken out of turn."""

import asyncio
from collections.abc import Sequence

import pytest

from backend.db.database import Database
from backend.delivery import recording
from backend.delivery.alert_thread_repository import AlertThreadRepository
from backend.delivery.claiming import Claimed
from backend.delivery.envelope import Result
from backend.delivery.kinds import Channel
from backend.delivery.recording import SuccessWriter, record_successes
from tests.factories.alerts import raise_alert
from tests.support.pipeline import SENT, Pipeline
from tests.support.sending import add, personal_mail, rows
from tests.support.waiting import until_somebody_waits

_GATE = "select from delivery_destinations where id = $1 for no key update nowait"


async def test_what_could_not_be_written_is_written_with_the_next(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await add(pipeline, await pipeline.destination(), 2)
    await pipeline.database.reads.execute("update deliveries set status = 'sending', claims = 1")

    async def away(*_: object) -> None:
        raise ConnectionError("PostgreSQL starts")

    writer = SuccessWriter(pipeline.database.reads)
    with monkeypatch.context() as patched:
        patched.setattr(recording, "record_successes", away)
        with pytest.raises(ConnectionError):
            await writer.write(Claimed(first, 1, 1, Channel.WEBHOOK), SENT)
    await writer.write(Claimed(second, 1, 1, Channel.WEBHOOK), SENT)

    assert await rows(pipeline, "status") == [("sent",), ("sent",)]


async def test_destinations_that_work_are_locked_in_their_order(pipeline: Pipeline) -> None:
    low, high = [await pipeline.destination(name=name) for name in ("one", "two")]
    # It lies behind the other now.
    await pipeline.database.reads.execute("update delivery_destinations set name = 'moved' where id = $1", low)
    ended: Sequence[tuple[Claimed, Result]] = [
        (Claimed((await add(pipeline, destination_id))[0], destination_id, 1, Channel.WEBHOOK), SENT)
        for destination_id in (low, high)
    ]
    await pipeline.database.reads.execute("update deliveries set status = 'sending', claims = 1")

    async with pipeline.database.reads.acquire() as writer, pipeline.database.reads.acquire() as connection:
        # As for a table of which the database knows that it is small.
        await writer.execute("set enable_indexscan = off; set enable_bitmapscan = off")
        async with connection.transaction():
            await connection.execute(_GATE, low)
            writing = asyncio.create_task(record_successes(writer, ended))  # type: ignore[arg-type]  # one of the pool's
            await until_somebody_waits(pipeline.database)
            await connection.execute(_GATE, high)
        await writing

    assert await rows(pipeline, "last_success_at is not null", "delivery_destinations") == [(True,), (True,)]


async def test_what_is_dropped_is_locked_after_its_destination(pipeline: Pipeline, belled: Database) -> None:
    mail = await personal_mail(pipeline)
    (delivery_id,) = await add(pipeline, mail)
    async with belled.unit_of_work() as session:
        alert_id = (await raise_alert(session, pipeline.clock)).id
    await belled.reads.execute("update delivery_messages set alert_id = $1", alert_id)

    async def drop() -> None:
        async with belled.unit_of_work() as session:
            await AlertThreadRepository(session).drop_unsent(alert_id, pipeline.clock.now())

    async with belled.reads.acquire() as connection, connection.transaction():
        await connection.execute(_GATE, mail)
        dropping = asyncio.create_task(drop())
        await until_somebody_waits(belled)
        await connection.execute("select from deliveries where id = $1 for update nowait", delivery_id)
    await dropping

    assert await rows(pipeline, "status") == [("dropped",)]
