"""Message ids: of each mail its own, and the same at each attempt, so that one that came twice shows once."""

import hashlib
import re

from backend.delivery.envelope import Envelope

_UNUSUAL = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST = 60


def message_id(envelope: Envelope, domain: str) -> str:
    return f"<delivery-{envelope.delivery_id}@{domain}>"


def thread_root(envelope: Envelope, domain: str) -> str | None:
    """What all mails of a thread refer to, and no mail is: whichever of them comes first, they belong together."""
    return None if envelope.thread is None else _root(envelope.thread, envelope.destination_id, domain)


def _root(thread: str, destination_id: int, domain: str) -> str:
    """Characters that an id cannot hold are spelt, so that no two threads share a root."""
    spelt = _UNUSUAL.sub(lambda found: f"={ord(found[0]):x}=", thread)
    if len(spelt) > _LONGEST:
        spelt = hashlib.sha256(thread.encode("utf-8", "surrogatepass")).hexdigest()
    return f"<thread-{spelt}-{destination_id}@{domain}>"
