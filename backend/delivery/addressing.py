"""From a claimed delivery to what its channel is given: the message, the opened address and how its reader likes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend.core.secrets import SecretBox, SecretError
from backend.core.settings import Settings
from backend.db.reads import Reads
from backend.delivery.claiming import Claimed
from backend.delivery.destination_service import owner_of
from backend.delivery.envelope import Content, Envelope, Result
from backend.delivery.kinds import Channel, MessageKind, Outcome
from backend.notifications import Priority
from backend.tenancy import names_of_stores

# The thread's first message to this destination is the one that was written first: several may go at once.
_CLAIMED = """
select
    d.id as delivery_id, d.destination_id, d.tries,
    m.id as message_id, m.kind, m.category, m.priority, m.title, m.body, m.created_at, m.store_id, m.notification_id,
    m.alert_id, m.action_url, m.payload, m.thread,
    t.kind as destination_kind,
    t.user_id, t.sealed_address, t.sealed_secret, t.sealed_previous_secret, t.previous_secret_until, t.language,
    u.name as user_name, u.email, p.document, tocsin_now() as now,
    not exists (
        select from deliveries earlier join delivery_messages before on before.id = earlier.message_id
        where m.thread is not null and before.thread = m.thread and before.alert_id = m.alert_id
          and earlier.destination_id = d.destination_id and earlier.id < d.id and earlier.status <> 'dropped'
    ) as is_first_of_thread
from deliveries d
join delivery_messages m on m.id = d.message_id
join delivery_destinations t on t.id = d.destination_id
left join users u on u.id = t.user_id
left join delivery_preferences p on p.user_id = t.user_id
where d.id = any($1::bigint[])
"""

_UNREADABLE = "The address or secret was sealed with a secret key that is not known here; enter it again."

Row = Any  # Any: a database row, read by column name


async def envelopes(reads: Reads, settings: Settings, claimed: Sequence[Claimed]) -> dict[int, Envelope | Result]:
    """What is to be sent, by delivery; how the try ends already where the address cannot be opened.

    A delivery that is gone meanwhile is left out.
    """
    rows = await reads.fetch(_CLAIMED, [claim.delivery_id for claim in claimed])
    stores = await names_of_stores(reads, {row["store_id"] for row in rows if row["store_id"] is not None})
    box = SecretBox(settings.secret_keys)
    return {row["delivery_id"]: _opened_envelope(row, stores.get(row["store_id"]), box, settings) for row in rows}


def _opened_envelope(row: Row, store_name: str | None, box: SecretBox, settings: Settings) -> Envelope | Result:
    try:
        return _envelope(row, store_name, box, settings)
    except SecretError:
        return Result(outcome=Outcome.REJECTED, error=_UNREADABLE)


def _envelope(row: Row, store_name: str | None, box: SecretBox, settings: Settings) -> Envelope:
    document = msgspec.json.decode(row["document"]) if row["document"] else {}
    return Envelope(
        delivery_id=row["delivery_id"],
        destination_id=row["destination_id"],
        channel=Channel(row["destination_kind"]),
        content=_content(row, store_name),
        address=_address(box, row),
        secrets=_secrets(box, row, row["now"]),
        user_id=row["user_id"],
        user_name=row["user_name"],
        language=document.get("language") or row["language"],
        timezone=document.get("timezone") or settings.timezone.key,
        attempt=row["tries"],
        thread=row["thread"],
        is_first_of_thread=row["is_first_of_thread"],
    )


def _content(row: Row, store_name: str | None) -> Content:
    return Content(
        message_id=row["message_id"],
        kind=MessageKind(row["kind"]),
        category=row["category"],
        priority=Priority(row["priority"]),
        title=row["title"],
        body=row["body"],
        created_at=row["created_at"],
        store_id=row["store_id"],
        store_name=store_name,
        notification_id=row["notification_id"],
        alert_id=row["alert_id"],
        action_url=row["action_url"],
        payload=msgspec.json.decode(row["payload"]),
    )


def _address(box: SecretBox, row: Row) -> str:
    """A person's mail goes to their account's address; one that was removed meanwhile is empty, and refused."""
    if row["destination_kind"] == Channel.EMAIL and row["user_id"] is not None:
        return str(row["email"])
    return _opened(box, row, "sealed_address") or ""


def _secrets(box: SecretBox, row: Row, now: datetime) -> tuple[str, ...]:
    """Those that a receiver may check with, newest first."""
    is_previous_live = row["previous_secret_until"] is not None and row["previous_secret_until"] > now
    names = ["sealed_secret", *(["sealed_previous_secret"] if is_previous_live else [])]
    return tuple(secret for secret in (_opened(box, row, name) for name in names) if secret is not None)


def _opened(box: SecretBox, row: Row, column: str) -> str | None:
    sealed = row[column]
    return None if sealed is None else box.open(owner_of(row["destination_id"]), sealed)
