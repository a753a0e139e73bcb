"""Envelopes of webhooks: valid by default, a test sets what it asserts."""

from datetime import UTC, datetime
from typing import Any

from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import Channel
from tests.factories import delivery

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def webhook_content(**fields: Any) -> Content:  # Any: the fields of Content
    """An import of a store that failed."""
    usual: dict[str, Any] = {  # Any: see above
        "message_id": 41,
        "body": "Three rows have no price.",
        "created_at": datetime(2026, 11, 22, 12, tzinfo=UTC),
        "store_id": 3,
        "store_name": "Café Lëtz",
        "notification_id": 9,
        "action_url": "/imports/5",
        "payload": {"job_id": 5},
    }
    return delivery.content(**(usual | fields))


def webhook_envelope(address: str, content: Content | None = None, **fields: Any) -> Envelope:  # Any: its fields
    usual: dict[str, Any] = {"destination_id": 7, "channel": Channel.WEBHOOK, "secrets": (SECRET,)}  # Any: see above
    return delivery.envelope(address, content or webhook_content(), **(usual | fields))
