"""What a failed try means for whatever else goes to the same destination."""

import asyncio
from datetime import timedelta

from backend.core.circuit import FIRST_PAUSE
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import Channel, Outcome
from backend.delivery.places import TO_ONE
from tests.support.pipeline import FAILED, SENT, Pipeline
from tests.support.sending import add
from tests.support.times import DatabaseTimeShift


async def pause(pipeline: Pipeline) -> timedelta:
    found: timedelta = await pipeline.database.reads.fetchval(
        "select probe_at - tocsin_now() from delivery_destinations"
    )
    return found


async def test_many_that_fail_in_one_blink_cost_the_shortest_pause(pipeline: Pipeline) -> None:
    blink = asyncio.Event()

    async def fail(_: Envelope) -> Result:
        await blink.wait()
        return FAILED

    destination_id = await pipeline.destination()
    pipeline.far_ends[Channel.WEBHOOK].answer = fail
    await add(pipeline, destination_id, 100)
    await pipeline.dispatcher.send_due()
    blink.set()
    await pipeline.dispatcher.wait_until_idle()

    assert len(pipeline.sent()) == TO_ONE[Channel.WEBHOOK].usual
    assert await pause(pipeline) <= FIRST_PAUSE


async def test_a_receiver_that_asks_to_be_left_alone_gets_nothing_else_meanwhile(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    busy = Result(outcome=Outcome.FAILED, status_code=429, error="Too many.", retry_after=3_600.0)
    destination_id = await pipeline.destination()
    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: busy
    await add(pipeline, destination_id)
    await pipeline.run()
    await add(pipeline, destination_id, 3)

    await shift_database_time(timedelta(minutes=59))
    await pipeline.run()
    assert len(pipeline.sent()) == 1

    pipeline.far_ends[Channel.WEBHOOK].answer = lambda _: SENT
    await shift_database_time(timedelta(minutes=61))
    await pipeline.run()
    assert set(await pipeline.statuses()) == {"sent"}
