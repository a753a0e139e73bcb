"""The head of a mail, but for whom it is from and to: threading, what it is, and how to get no more of it."""

import re

from backend.delivery.envelope import Envelope
from backend.delivery.kinds import CATEGORIES, MessageKind
from backend.delivery.mail.message_id import message_id, thread_root
from backend.delivery.mail.setup import MailSetup
from backend.delivery.mail.unsubscribe import Unsubscription

# What no one category ends: somebody asked for it, or it is of several.
_OF_NO_CATEGORY = {MessageKind.TEST, MessageKind.ESCALATION, MessageKind.HELD_BACK}

DIGEST_CATEGORY = "digest"


def headers(envelope: Envelope, setup: MailSetup) -> dict[str, str]:
    """By name."""
    content = envelope.content
    head = {
        "Message-ID": message_id(envelope, setup.domain),
        # RFC 3834: holiday notices stay away.
        "Auto-Submitted": "auto-generated",
        "X-Tocsin-Kind": content.kind.value,
        "X-Tocsin-Priority": content.priority.value,
        "List-Id": _list_id(content.category, setup.domain),
    }
    root = thread_root(envelope, setup.domain)
    if root is not None:
        head["References"] = root
        if not envelope.is_first_of_thread:
            head["In-Reply-To"] = root
    address = unsubscribe_url(envelope, setup)
    if address is not None:
        head |= {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return head


def unsubscribe_url(envelope: Envelope, setup: MailSetup) -> str | None:
    """Of a person's mail that a preference can end; a shared address has no preferences."""
    category = _category_to_leave(envelope)
    if envelope.user_id is None or category is None:
        return None
    return setup.links.unsubscribe(setup.tokens.make(Unsubscription(envelope.user_id, category)))


def _category_to_leave(envelope: Envelope) -> str | None:
    content = envelope.content
    if content.kind in _OF_NO_CATEGORY:
        return None
    if content.kind is MessageKind.DIGEST:
        return DIGEST_CATEGORY
    return content.category if content.category in CATEGORIES else None


def _list_id(category: str, domain: str) -> str:
    label = re.sub(r"[^a-z0-9]+", "-", category.lower()).strip("-") or "messages"
    host = re.sub(r"[^A-Za-z0-9.-]+", "-", domain).strip("-")
    return f"<{label[:60]}.tocsin.{host}>"
