import asyncio
import socket
from collections.abc import AsyncIterator

import msgspec
import pytest
import pytest_asyncio
from arq import ArqRedis
from arq.jobs import DeserializationError

from backend.db.doorbells import Hint, JobQueued
from backend.jobs.dispatch import QUEUE, RedisBell, deserialize, hints_channel, open_redis, serialize


@pytest_asyncio.fixture
async def redis(redis_url: str) -> AsyncIterator[ArqRedis]:
    redis = open_redis(redis_url)
    yield redis
    await redis.aclose()


async def test_job_ids_are_queued_some_dozens_an_entry(redis: ArqRedis) -> None:
    await RedisBell(redis).ring([JobQueued(job_id) for job_id in range(120)])
    entries = await redis.queued_jobs(queue_name=QUEUE)
    assert sorted(len(entry.args[0]) for entry in entries) == [20, 50, 50]
    assert sorted(job_id for entry in entries for job_id in entry.args[0]) == list(range(120))


async def test_hints_are_published_as_json(redis: ArqRedis) -> None:
    async with redis.pubsub() as listener:
        await listener.subscribe(hints_channel(redis))
        await RedisBell(redis).ring([Hint("notification.created", id=7)])
        async with asyncio.timeout(5):
            message = None
            while message is None:
                message = await listener.get_message(ignore_subscribe_messages=True, timeout=1)
    assert msgspec.json.decode(message["data"], type=Hint) == Hint("notification.created", id=7)


@pytest.mark.parametrize(
    ("url", "channel"),
    [("redis://h", "tocsin:hints:0"), ("redis://h/3", "tocsin:hints:3"), ("unix:///s?db=4", "tocsin:hints:4")],
)
async def test_installations_in_two_databases_of_one_redis_do_not_hear_each_other(url: str, channel: str) -> None:
    async with open_redis(url) as redis:
        assert hints_channel(redis) == channel


async def test_a_redis_that_is_away_is_passed_over_in_silence() -> None:
    redis = open_redis("redis://127.0.0.1:1/0")
    await RedisBell(redis).ring([JobQueued(1), Hint("notification.created")])
    await redis.aclose()


async def test_a_redis_that_does_not_answer_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.jobs.dispatch._PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        redis = open_redis(f"redis://127.0.0.1:{deaf.getsockname()[1]}/0")
        async with asyncio.timeout(2):
            await RedisBell(redis).ring([JobQueued(1)])
        await redis.aclose()


def test_entries_are_plain_data() -> None:
    entry: dict[str, object] = {"t": 1, "f": "run_jobs", "a": [[1, 2]], "k": {}, "et": 1_700_000_000_000}
    assert deserialize(serialize(entry)) == entry


def test_a_foreign_entry_is_refused_as_arq_expects() -> None:
    with pytest.raises(DeserializationError):
        deserialize(b"\x80\x04pickled")
