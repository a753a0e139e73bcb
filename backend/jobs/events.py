"""Events: a package says what happened, and every subscriber gets a job row in the same transaction."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.jobs.queue import enqueue

SUBSCRIPTIONS = "subscriptions"


class Event(msgspec.Struct, frozen=True):
    """Something that happened; its fields are ids and plain values, readable long after."""

    name: ClassVar[str]


# Event name -> kinds of job that get the event as their payload.
Subscriptions = Mapping[str, Sequence[str]]


async def publish(session: AsyncSession, event: Event) -> None:
    """Write one job row per subscription of the event; the caller's commit decides."""
    subscriptions: Subscriptions = session.info.get(SUBSCRIPTIONS, {})
    for kind in subscriptions.get(event.name, ()):
        await enqueue(session, kind, msgspec.to_builtins(event))
