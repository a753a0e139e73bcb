"""What a webhook says: one JSON object below 20 kB, the same bytes at every try. Pure."""

from datetime import UTC, datetime

import msgspec

from backend.core.fields import MOST_LINE, JsonObject, one_line, storable, storable_json
from backend.delivery.envelope import Content
from backend.delivery.kinds import MessageKind

# The specification asks for small payloads; what is longer stands in the SPA.
MOST_BYTES = 20_000
_LONGEST_URL = 1_000
# Characters of the message, and whether the payload goes along: the first that fits is sent.
_ROOM = ((10_000, True), (3_000, True), (3_000, False), (1_000, False))

TYPES: dict[MessageKind, str] = {
    MessageKind.NOTIFICATION: "notification.created",
    MessageKind.ALERT_OPENED: "alert.opened",
    MessageKind.ALERT_ESCALATED: "alert.escalated",
    MessageKind.ALERT_GREW: "alert.grew",
    MessageKind.ALERT_HEALED: "alert.healed",
    MessageKind.ALERT_RESOLVED: "alert.resolved",
    MessageKind.RETURNED: "notification.returned",
    MessageKind.ESCALATION: "alert.escalation",
    MessageKind.HELD_BACK: "delivery.held_back",
    MessageKind.DIGEST: "delivery.digest",
    MessageKind.SILENCE_ENDING: "silence.ending",
    MessageKind.TEST: "test",
}
_RETURNED_ALERT = "alert.returned"

_encoder = msgspec.json.Encoder(order="deterministic")


class WebhookStore(msgspec.Struct, frozen=True):
    id: int
    name: str | None


class WebhookData(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    category: str
    priority: str
    title: str
    message: str
    store: WebhookStore | None
    notification_id: int | None
    alert_id: int | None
    url: str | None
    payload: JsonObject
    # Something was left out or cut for its length.
    truncated: bool


class Webhook(msgspec.Struct, frozen=True):
    type: str
    timestamp: datetime
    data: WebhookData


def webhook_body(content: Content, *, base_url: str | None = None) -> bytes:
    """The body to sign and send; paths of the SPA become addresses below `base_url`."""
    full, *shorter = _ROOM
    body = _encoded(content, base_url, *full)
    for room in shorter:
        if len(body) < MOST_BYTES:
            break
        body = _encoded(content, base_url, *room)
    return body


def webhook_type(content: Content) -> str:
    """What receivers choose by."""
    if content.kind is MessageKind.RETURNED and content.alert_id is not None:
        return _RETURNED_ALERT
    return TYPES[content.kind]


def _encoded(content: Content, base_url: str | None, most: int, with_payload: bool) -> bytes:  # noqa: FBT001 - a row of _ROOM
    message = storable(content.body, most)
    data = WebhookData(
        id=content.message_id,
        category=one_line(content.category),
        priority=content.priority,
        title=one_line(content.title),
        message=message,
        store=_store(content),
        notification_id=content.notification_id,
        alert_id=content.alert_id,
        url=_url(content.action_url, base_url),
        payload=storable_json(content.payload) if with_payload else {},
        truncated=len(content.body) > most or len(content.title) > MOST_LINE or bool(content.payload) > with_payload,
    )
    return _encoder.encode(Webhook(webhook_type(content), content.created_at.astimezone(UTC), data))


def _store(content: Content) -> WebhookStore | None:
    if content.store_id is None:
        return None
    return WebhookStore(content.store_id, None if content.store_name is None else one_line(content.store_name))


def _url(path: str | None, base_url: str | None) -> str | None:
    if path is None or len(path) > _LONGEST_URL:
        return None
    return storable(base_url.rstrip("/") + path if base_url and path.startswith("/") else path)
