"""Redis, hub and streams together: what is rung after a commit reaches every stream."""

from collections.abc import AsyncIterator
from time import monotonic

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from backend import wiring
from backend.db.database import Database, open_database
from backend.jobs import SUBSCRIPTIONS
from backend.jobs.dispatch import RedisBell, hints_channel, open_redis
from backend.realtime.hub import Hub
from backend.realtime.stream import Stream, StreamClosedError
from backend.realtime.wire import RESYNC
from tests.factories.notifications import add_notification
from tests.support.times import FrozenClock


@pytest_asyncio.fixture
async def ringing(database_url: str, redis_url: str) -> AsyncIterator[Database]:
    """A database whose doorbells ring through Redis."""
    redis = open_redis(redis_url)
    bell = RedisBell(redis)
    info = {SUBSCRIPTIONS: wiring.subscriptions()}
    async with open_database(database_url, bell=bell, info=info, pool_size=3) as database:
        yield database
    await bell.close()
    await redis.aclose()


@pytest_asyncio.fixture
async def hub(database: Database, redis_url: str) -> AsyncIterator[Hub]:
    hub = Hub(redis_url, database.reads, streams_per_admin=2)
    async with hub.running():
        await hub.connected.wait()
        yield hub


async def opened(hub: Hub, owner: str = "user:1") -> Stream:
    stream = hub.open_stream(owner)
    assert stream is not None
    first = await stream.next_message(until=monotonic() + 1)
    assert first is RESYNC
    return stream


async def test_a_hint_comes_after_the_commit_with_the_count(hub: Hub, ringing: Database, clock: FrozenClock) -> None:
    stream = await opened(hub)
    async with ringing.unit_of_work() as session:
        created = await add_notification(session, clock)
        assert await stream.next_message(until=monotonic() + 0.3) is None
    message = await stream.next_message(until=monotonic() + 2)
    assert message is not None
    assert message.event == "notification.created"
    assert message.data is not None
    assert (message.data.id, message.data.unread_count) == (created.id, 1)


async def test_none_comes_after_a_rollback(hub: Hub, ringing: Database, clock: FrozenClock) -> None:
    stream = await opened(hub)
    with pytest.raises(RuntimeError):
        async with ringing.unit_of_work() as session:
            await add_notification(session, clock)
            raise RuntimeError
    assert await stream.next_message(until=monotonic() + 0.4) is None


async def test_an_admin_has_so_many_streams_and_gets_a_place_back(hub: Hub) -> None:
    first, _ = await opened(hub), await opened(hub)
    assert hub.open_stream("user:1") is None
    assert hub.open_stream("user:2") is not None
    hub.drop_stream("user:1", first)
    assert hub.open_stream("user:1") is not None


async def test_what_is_no_hint_is_passed_over(hub: Hub, ringing: Database, redis_url: str, clock: FrozenClock) -> None:
    stream = await opened(hub)
    async with Redis.from_url(redis_url) as redis:
        for rubbish in (b"", b"{", b"[]", b'{"event": 7}', b"\xff"):
            await redis.publish(hints_channel(redis), rubbish)
    async with ringing.unit_of_work() as session:
        await add_notification(session, clock)
    message = await stream.next_message(until=monotonic() + 2)
    assert message is not None
    assert message.event == "notification.created"


async def test_a_lost_connection_to_redis_ends_in_a_resync_and_hints_go_on(
    hub: Hub, ringing: Database, redis_url: str, clock: FrozenClock
) -> None:
    stream = await opened(hub)
    async with Redis.from_url(redis_url) as redis:
        # Of this database only: other tests listen on the same server at the same time.
        own = str(redis.connection_pool.connection_kwargs["db"])
        listeners = [client["id"] for client in await redis.client_list(_type="pubsub") if client["db"] == own]
        assert listeners
        for listener in listeners:
            await redis.client_kill_filter(_id=listener)
    assert await stream.next_message(until=monotonic() + 3) is RESYNC
    async with ringing.unit_of_work() as session:
        await add_notification(session, clock)
    message = await stream.next_message(until=monotonic() + 2)
    assert message is not None
    assert message.event == "notification.created"


async def test_when_the_process_stops_every_stream_ends_and_new_ones_do_too(hub: Hub) -> None:
    stream = await opened(hub)
    hub.close_streams()
    with pytest.raises(StreamClosedError):
        await stream.next_message(until=monotonic() + 5)
    late = hub.open_stream("user:3")
    assert late is not None
    with pytest.raises(StreamClosedError):
        await late.next_message(until=monotonic() + 5)
