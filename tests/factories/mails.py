"""Envelopes as the delivery pipeline hands them to a channel."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.core.settings import DEFAULT_TIMEZONE, FirstAdmin, Jobs, Server, Settings, Stores
from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.mail.setup import MailSetup, mail_setup
from backend.notifications import Priority

AT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


def content(kind: MessageKind = MessageKind.NOTIFICATION, **given: Any) -> Content:  # Any: of each its own type
    usual: dict[str, Any] = {
        "message_id": 1,
        "kind": kind,
        "category": "import_failure",
        "priority": Priority.CRITICAL,
        "title": "Database is full",
        "body": "No more rows fit.",
        "created_at": AT,
        "store_id": 3,
        "store_name": "Wäinhaus Rémich",
        "action_url": "/imports/9",
    }
    return Content(**(usual | given))


def envelope(told: Content | None = None, **given: Any) -> Envelope:  # Any: of each its own type
    usual: dict[str, Any] = {
        "delivery_id": 7,
        "destination_id": 5,
        "content": told or content(),
        "channel": Channel.EMAIL,
        "address": "anne@example.com",
        "user_id": 2,
        "user_name": "Anne Muller",
    }
    return Envelope(**(usual | given))


def setup(smtp_url: str | None = None, public_url: str | None = "https://tocsin.example") -> MailSetup:
    return mail_setup(
        Settings(
            server=Server(public_url=public_url),
            stores=Stores(data_dir=Path("/data")),
            first_admin=FirstAdmin(),
            jobs=Jobs(),
            timezone=DEFAULT_TIMEZONE,
            secret_keys=("a key",),
            smtp_url=smtp_url,
        )
    )
