"""Events: a package says what happened, and every subscriber gets a job row in the same transaction."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from backend.jobs.queue import enqueue_many

SUBSCRIPTIONS = "subscriptions"


class Event(msgspec.Struct, frozen=True):
    """Something that happened; its fields are ids and plain values, readable long after."""

    name: ClassVar[str]


# Event name -> kinds of job that get the event as their payload.
Subscriptions = Mapping[str, Sequence[str]]


async def publish(session: AsyncSession, *events: Event) -> None:
    """Write one job row per event and subscription, in one statement; the caller's commit decides."""
    payloads = [(kind, msgspec.to_builtins(event)) for event in events for kind in subscribers(session, type(event))]
    if payloads:
        await enqueue_many(session, payloads)


def subscribers(session: AsyncSession, event: type[Event]) -> Sequence[str]:
    """The kinds of job that the session's composition root subscribed to this event."""
    subscriptions: Subscriptions = session.info.get(SUBSCRIPTIONS, {})
    return subscriptions.get(event.name, ())
