"""What a channel is given to send, and what it says of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from backend.core.fields import JsonObject
from backend.delivery.kinds import Channel, MessageKind, Outcome
from backend.notifications import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is told, the same for every recipient; `payload` holds what a kind's template needs besides."""

    message_id: int
    kind: MessageKind
    category: str
    priority: Priority
    title: str
    body: str
    created_at: datetime
    store_id: int | None = None
    store_name: str | None = None
    notification_id: int | None = None
    alert_id: int | None = None
    # A path within the SPA with one leading `/`, or https.
    action_url: str | None = None
    payload: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One delivery on its way; `attempt` counts from 1. `thread` is shared by all messages about one alert.

    The first of a thread is the one that was written first, whether or not it has arrived.
    """

    delivery_id: int
    destination_id: int
    channel: Channel
    content: Content
    address: str = field(repr=False)
    # Live signing secrets, newest first; webhooks only.
    secrets: tuple[str, ...] = field(default=(), repr=False)
    user_id: int | None = None
    user_name: str | None = None
    language: str = "en"
    timezone: str = "Europe/Luxembourg"
    attempt: int = 1
    thread: str | None = None
    is_first_of_thread: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How an attempt ended; `error` and `excerpt` are for admins and hold no secret. `retry_after` is in seconds.

    `is_of_channel`: it would have failed whoever was to be reached, as when the mail server is down.
    `has_answered`: the channel works, whatever became of the message, as it does when it is sent or has a status.
    """

    outcome: Outcome
    status_code: int | None = None
    error: str | None = None
    excerpt: str | None = None
    retry_after: float | None = None
    is_of_channel: bool = False
    has_answered: bool = False


class Sender(Protocol):
    async def send(self, envelope: Envelope) -> Result:
        """Try once. What goes wrong is a Result; nothing but CancelledError is raised."""
        ...
