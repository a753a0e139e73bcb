"""Message ids: the same at each attempt, so that a mail that came twice shows once; threads by their root's."""

import hashlib
import re

from backend.delivery.envelope import Envelope

_UNUSUAL = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST = 60


def message_id(envelope: Envelope, domain: str) -> str:
    """The first message of a thread carries the thread's root."""
    if envelope.thread is not None and envelope.is_first_of_thread:
        return _root(envelope.thread, envelope.destination_id, domain)
    return f"<delivery-{envelope.delivery_id}@{domain}>"


def thread_root(envelope: Envelope, domain: str) -> str | None:
    """What a later message of a thread answers to."""
    if envelope.thread is None or envelope.is_first_of_thread:
        return None
    return _root(envelope.thread, envelope.destination_id, domain)


def _root(thread: str, destination_id: int, domain: str) -> str:
    """Characters that an id cannot hold are spelt, so that no two threads share a root."""
    spelt = _UNUSUAL.sub(lambda found: f"={ord(found[0]):x}=", thread)
    if len(spelt) > _LONGEST:
        spelt = hashlib.sha256(thread.encode("utf-8", "surrogatepass")).hexdigest()
    return f"<thread-{spelt}-{destination_id}@{domain}>"
