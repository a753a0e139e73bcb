"""Apprise's side of a chat service: its URL understood, and one message handed to it. Blocking: for threads."""

import apprise
from apprise import AppriseAsset, NotifyFormat, NotifyType, OverflowMode, PersistentStoreMode
from apprise.plugins.base import NotifyBase

from backend.delivery.channels.chat_services import ALLOWED

# No pictures from elsewhere, no files of its own, no redirects: they would carry the secret along.
_ASSET = AppriseAsset(
    app_id="Tocsin",
    app_desc="Tocsin",
    app_url="",
    image_url_mask="",
    image_url_logo="",
    http_redirects=False,
    storage_mode=PersistentStoreMode.MEMORY,
)


def understood(address: str) -> NotifyBase | None:
    """The service of an address; None when Apprise does not know it or it is not one that may be used."""
    service = apprise.Apprise.instantiate(address, asset=_ASSET)
    if not isinstance(service, NotifyBase) or not _schemes(service) & ALLOWED:
        return None
    return service


def hand_over(service: NotifyBase, *, title: str, body: str, kind: str) -> bool:
    """Whether the service took it; Apprise escapes plain text as the service needs it."""
    taken = service.notify(
        title=title,
        body=body,
        notify_type=NotifyType(kind),
        body_format=NotifyFormat.TEXT,
        overflow=OverflowMode.TRUNCATE,
    )
    return bool(taken)


def _schemes(service: NotifyBase) -> set[str]:
    found: set[str] = set()
    for name in ("protocol", "secure_protocol"):
        # One, several or none; what Apprise declares of them is not what its services have.
        schemes: object = getattr(service, name)
        if isinstance(schemes, str):
            found.add(schemes)
        elif isinstance(schemes, tuple | list):
            found.update(schemes)
    return found
