"""Who waits for whom: places of each channel and destination, and a channel that is down itself."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from backend.core.circuit import FIRST_PAUSE
from backend.delivery.envelope import Envelope, Result
from backend.delivery.kinds import PRIORITY_RANK, Channel, Outcome
from backend.delivery.places import IN_ALL, TO_ONE, PlacesTaken
from backend.notifications import Priority
from tests.support.pipeline import SENT, Pipeline
from tests.support.sending import add, personal_mail, rows
from tests.support.times import DatabaseTimeShift, FrozenClock

LOW, CRITICAL = PRIORITY_RANK[Priority.LOW], PRIORITY_RANK[Priority.CRITICAL]
DOWN = Result(outcome=Outcome.FAILED, error="The mail server could not be reached.", is_of_channel=True)


class Hanging:
    """Lets nobody go until it is released."""

    def __init__(self) -> None:
        self.released = asyncio.Event()

    async def __call__(self, _: Envelope) -> Result:
        await self.released.wait()
        return SENT


async def test_a_slow_mail_server_takes_nothing_that_must_queue_and_delays_no_webhook(pipeline: Pipeline) -> None:
    hanging = pipeline.far_ends[Channel.EMAIL].answer = Hanging()
    for number in range(20):
        await add(pipeline, await personal_mail(pipeline, f"Person-{number}"), 2)
    await add(pipeline, await pipeline.destination(), 20)

    await pipeline.dispatcher.send_due()
    await asyncio.sleep(0)

    assert len(pipeline.sent(Channel.EMAIL)) == IN_ALL[Channel.EMAIL].usual
    assert len(pipeline.sent(Channel.WEBHOOK)) == 20
    hanging.released.set()
    await pipeline.run()
    assert set(await rows(pipeline, "status, tries")) == {("sent", 1)}


async def test_a_chat_room_that_hangs_leaves_threads_to_others(pipeline: Pipeline) -> None:
    room, other = await pipeline.destination(Channel.CHAT), await pipeline.destination(Channel.CHAT)
    hanging = Hanging()
    pipeline.far_ends[Channel.CHAT].answer = lambda one: hanging(one) if one.destination_id == room else SENT
    await add(pipeline, room, 5)
    await add(pipeline, other, 2)

    await pipeline.dispatcher.send_due()
    await asyncio.sleep(0)

    tried = Counter(envelope.destination_id for envelope in pipeline.sent(Channel.CHAT))
    assert tried == {room: TO_ONE[Channel.CHAT].usual, other: 2}
    hanging.released.set()
    await pipeline.dispatcher.wait_until_idle()


async def test_a_critical_finds_a_place_at_a_destination_that_is_full(pipeline: Pipeline) -> None:
    hanging = pipeline.far_ends[Channel.WEBHOOK].answer = Hanging()
    destination_id = await pipeline.destination()
    await add(pipeline, destination_id, 100, priority_rank=LOW)
    await pipeline.dispatcher.send_due()
    (critical,) = await add(pipeline, destination_id, priority_rank=CRITICAL)

    await pipeline.dispatcher.send_due()
    await asyncio.sleep(0)

    assert pipeline.sent()[-1].delivery_id == critical
    assert len(pipeline.sent()) == TO_ONE[Channel.WEBHOOK].usual + 1
    hanging.released.set()
    await pipeline.dispatcher.wait_until_idle()


async def test_a_mail_server_that_is_down_costs_nobody_their_circuit_and_few_a_try(
    pipeline: Pipeline, shift_database_time: DatabaseTimeShift
) -> None:
    pipeline.far_ends[Channel.EMAIL].answer = lambda _: DOWN
    for number in range(20):
        await add(pipeline, await personal_mail(pipeline, f"Person-{number}"))

    for _ in range(3):
        await pipeline.dispatcher.send_due()
        await pipeline.dispatcher.wait_until_idle()
    assert len(pipeline.sent(Channel.EMAIL)) == IN_ALL[Channel.EMAIL].usual
    assert set(await rows(pipeline, "failures, opened_at", "delivery_destinations")) == {(0, None)}

    pipeline.clock.advance(FIRST_PAUSE)
    await pipeline.dispatcher.send_due()
    await pipeline.dispatcher.wait_until_idle()
    assert len(pipeline.sent(Channel.EMAIL)) == IN_ALL[Channel.EMAIL].usual + 1

    pipeline.far_ends[Channel.EMAIL].answer = lambda _: SENT
    pipeline.clock.advance(FIRST_PAUSE * 2)
    await shift_database_time(timedelta(minutes=2))
    await pipeline.run()
    assert Counter(await pipeline.statuses()) == {"sent": 20}


def test_a_channel_that_is_down_is_asked_by_one_at_a_time(clock: FrozenClock) -> None:
    places = PlacesTaken(clock)
    for _ in range(3):
        places.hear(Channel.EMAIL, DOWN, clock.now())
    assert places.free()[Channel.EMAIL] == (0, 0)
    assert places.free()[Channel.CHAT] == IN_ALL[Channel.CHAT].free(0)

    clock.advance(FIRST_PAUSE)
    assert places.free()[Channel.EMAIL] == (1, 1)
    places.enter(Channel.EMAIL, 1)
    assert places.free()[Channel.EMAIL] == (0, 0)

    places.leave(Channel.EMAIL, 1)
    places.hear(Channel.EMAIL, SENT, clock.now())
    assert places.free()[Channel.EMAIL] == IN_ALL[Channel.EMAIL].free(0)


@pytest.mark.parametrize(
    "answered",
    [
        Result(outcome=Outcome.FAILED, error="The room refused it.", has_answered=True),
        Result(outcome=Outcome.FAILED, error="Busy.", status_code=450),
        Result(outcome=Outcome.BOUNCED, error="Unknown.", status_code=550),
    ],
)
def test_only_a_probe_that_was_answered_shows_that_the_channel_works(clock: FrozenClock, answered: Result) -> None:
    places = PlacesTaken(clock)
    for _ in range(3):
        places.hear(Channel.CHAT, DOWN, clock.now())

    for outcome in (Outcome.REJECTED, Outcome.FAILED):
        places.hear(Channel.CHAT, Result(outcome=outcome, error="The message cannot be encoded."), clock.now())
        assert places.free()[Channel.CHAT] == (0, 0)
    places.hear(Channel.CHAT, answered, clock.now())
    assert places.free()[Channel.CHAT] == IN_ALL[Channel.CHAT].free(0)
