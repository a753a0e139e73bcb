"""The mailbox of one stream: bounded, paced, and nothing that matters is lost in it."""

import asyncio
from time import monotonic

import pytest

from backend.db.doorbells import Hint
from backend.realtime.stream import MOST_PER_SECOND, Stream, StreamClosedError
from backend.realtime.wire import RESYNC, Message, message_of


def hint(event: str, found: int | None = 1, unread: int | None = 3) -> Message:
    return message_of(event, [Hint(event, found)], unread)


async def drained(stream: Stream, seconds: float) -> list[tuple[float, Message]]:
    """What the stream sends within so many seconds, with when."""
    started = monotonic()
    sent = []
    while (message := await stream.next_message(until=started + seconds)) is not None:
        sent.append((monotonic() - started, message))
    return sent


async def test_a_first_hint_goes_at_once() -> None:
    stream = Stream()
    stream.offer(hint("alert.changed"))
    ((when, _),) = await drained(stream, 0.1)
    assert when < 0.05


async def test_two_events_that_come_together_both_go_at_once() -> None:
    stream = Stream()
    stream.offer(hint("notification.created"))
    stream.offer(hint("alert.changed"))
    assert [message.event for _, message in await drained(stream, 0.1)] == ["notification.created", "alert.changed"]


@pytest.mark.parametrize("events", [["alert.changed"], [f"event.{number}" for number in range(9)]])
async def test_no_second_has_more_than_four_hints_however_many_come(events: list[str]) -> None:
    stream = Stream()

    async def ring() -> None:
        for number in range(400):
            stream.offer(hint(events[number % len(events)], number))
            await asyncio.sleep(0.005)

    ringing = asyncio.create_task(ring())
    times = [when for when, _ in await drained(stream, 2.2)]
    await ringing
    assert len(times) >= MOST_PER_SECOND
    for when in times:
        assert sum(when <= other < when + 0.99 for other in times) <= MOST_PER_SECOND


async def test_hints_of_one_event_about_several_things_name_none_and_the_last_count_stays() -> None:
    stream = Stream()
    stream.offer(hint("alert.changed", 1, unread=5))
    stream.offer(hint("alert.changed", 2, unread=6))
    ((_, message),) = await drained(stream, 0.05)
    assert message.encoded == b'event: alert.changed\ndata: {"id":null,"unread_count":6}\n\n'


async def test_a_reader_that_does_not_read_makes_the_mailbox_no_larger() -> None:
    stream = Stream()
    for number in range(10_000):
        stream.offer(hint(f"event.{number % 7}", number))
    assert len(stream._waiting) == 7


async def test_a_resync_stands_for_everything_that_waits() -> None:
    stream = Stream()
    stream.offer(hint("alert.changed"))
    stream.offer(RESYNC)
    assert [message.encoded for _, message in await drained(stream, 0.05)] == [b"event: resync\ndata: {}\n\n"]


async def test_closing_wakes_whoever_waits() -> None:
    stream = Stream()
    waiting = asyncio.create_task(stream.next_message(until=monotonic() + 30))
    await asyncio.sleep(0.01)
    stream.close()
    with pytest.raises(StreamClosedError):
        await asyncio.wait_for(waiting, 1)
