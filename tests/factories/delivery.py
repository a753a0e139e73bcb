"""What delivery knows, valid by default; a test sets only what it is about."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.secrets import random_token
from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import PRIORITY_RANK, Channel, MessageKind
from backend.delivery.models import Delivery, DeliveryAttempt, Destination, Message, PreferencesRow, Silence
from backend.delivery.silence_matching import Matcher
from backend.delivery.silence_service import SilenceService
from backend.delivery.summary import Line, Summary, SummaryItem, summarize
from backend.notifications import Priority


def silence_json(clock: Clock, *, hours: float = 2, **fields: Any) -> dict[str, Any]:  # Any: JSON
    """The least that a POST needs: the matchers silence one type for two hours from now."""
    ends_at = clock.now() + timedelta(hours=hours)
    return {"matchers": {"types": ["import_failure"]}, "ends_at": ends_at.isoformat(), "comment": "Moving."} | fields


async def add_silence(
    session: AsyncSession,
    clock: Clock,
    *,
    matcher: Matcher | None = None,
    hours: float = 2,
    starts_in: float | None = None,
    user_id: int | None = None,
) -> Silence:
    """A silence of one type, for two hours from now unless it begins `starts_in` hours; both are hours from now."""
    now = clock.now()
    return await SilenceService(session, clock).create(
        matcher or Matcher(types=frozenset({"import_failure"})),
        starts_at=None if starts_in is None else now + timedelta(hours=starts_in),
        ends_at=now + timedelta(hours=hours),
        comment="Moving.",
        user_id=user_id,
    )


def content(**fields: Any) -> Content:  # Any: the fields of Content
    """A notification about an import that failed."""
    usual: dict[str, Any] = {  # Any: see above
        "message_id": 1,
        "kind": MessageKind.NOTIFICATION,
        "category": "import_failure",
        "priority": Priority.HIGH,
        "title": "Import failed",
        "body": "No good row.",
        "created_at": datetime(2026, 3, 2, 9, tzinfo=UTC),
    }
    return Content(**(usual | fields))


def envelope(address: str, told: Content | None = None, **fields: Any) -> Envelope:  # Any: the fields of Envelope
    """The first try of a delivery to a chat address."""
    usual: dict[str, Any] = {"delivery_id": 1, "destination_id": 1, "channel": Channel.CHAT}  # Any: see above
    return Envelope(content=told or content(), address=address, **(usual | fields))


async def add_deliveries(
    session: AsyncSession, destination_id: int, count: int = 1, **columns: Any
) -> list[int]:  # Any: columns of Delivery
    """So many messages on their way to a destination, due in the order of their ids; the ids of the deliveries."""
    told = [
        Message(
            event_key=random_token("test-"),
            kind=MessageKind.NOTIFICATION,
            category="import_failure",
            priority=Priority.HIGH,
            title="Product import failed",
            body="The file is empty.",
        )
        for _ in range(count)
    ]
    session.add_all(told)
    await session.flush()
    usual: dict[str, Any] = {"priority_rank": PRIORITY_RANK[Priority.HIGH]}  # Any: see above
    going = [Delivery(message_id=one.id, destination_id=destination_id, **(usual | columns)) for one in told]
    session.add_all(going)
    await session.flush()
    return [one.id for one in going]


async def choose(session: AsyncSession, user_id: int, **document: Any) -> None:  # Any: JSON
    """A person's preferences; what is not given has its default."""
    session.add(PreferencesRow(user_id=user_id, document=document))
    await session.flush()


def item(number: int = 1, **fields: Any) -> SummaryItem:  # Any: the fields of SummaryItem
    """A line of a summary about a notification."""
    usual: dict[str, Any] = {  # Any: see above
        "id": number,
        "kind": "notification",
        "title": f"Notice {number}",
        "priority": Priority.NORMAL,
        "at": datetime(2026, 3, 2, 9, tzinfo=UTC),
        "by": None,
        "count": 1,
        "store_count": None,
    }
    return SummaryItem(**(usual | fields))


def summary_of(lines: Iterable[Line], **fields: Any) -> Summary:  # Any: the arguments of summarize
    """Of one day, with stores 1 and 2 known by name."""
    usual: dict[str, Any] = {  # Any: see above
        "start": datetime(2026, 3, 2, 7, tzinfo=UTC),
        "end": datetime(2026, 3, 3, 7, tzinfo=UTC),
        "unlisted": {},
        "names": {1: "Moulin", 2: "Boulangerie"},
    }
    return summarize(lines, **(usual | fields))


async def add_destination(session: AsyncSession, **columns: Any) -> Destination:  # Any: columns of Destination
    """A shared webhook that takes everything; with `user_id` and another `kind` a person's own."""
    destination = Destination(**({"kind": "webhook", "name": "Hook"} | columns))
    session.add(destination)
    await session.flush()
    return destination


async def add_message(session: AsyncSession, **columns: Any) -> Message:  # Any: columns of Message
    """A notification about an import that failed; `verdicts` are given as Verdict."""
    usual: dict[str, Any] = {  # Any: see above
        "event_key": random_token("test-"),
        "kind": MessageKind.NOTIFICATION,
        "category": "import_failure",
        "priority": Priority.HIGH,
        "title": "Import failed",
        "body": "No good row.",
    }
    verdicts = msgspec.to_builtins(columns.pop("verdicts", []))
    message = Message(**(usual | columns), verdicts=verdicts)
    session.add(message)
    await session.flush()
    return message


async def add_delivery(
    session: AsyncSession,
    destination: Destination,
    message: Message | None = None,
    **columns: Any,  # Any: columns of Delivery
) -> Delivery:
    """A delivery that waits, of a message of its own unless one is given."""
    told = message or await add_message(session)
    usual: dict[str, Any] = {  # Any: see above
        "message_id": told.id,
        "destination_id": destination.id,
        "priority_rank": 2,
        "store_key": told.store_id or 0,
    }
    delivery = Delivery(**(usual | columns))
    session.add(delivery)
    await session.flush()
    return delivery


async def add_attempt(session: AsyncSession, delivery: Delivery, **columns: Any) -> DeliveryAttempt:  # Any: see above
    """A try of it; it has no end unless it is given one."""
    attempt = DeliveryAttempt(**({"delivery_id": delivery.id, "number": 1, "started_at": func.tocsin_now()} | columns))
    session.add(attempt)
    await session.flush()
    return attempt
