"""A message as plain text for chat and push: what it says, with nothing in it that a service would obey. Pure."""

import re

from backend.core.fields import one_line, storable
from backend.delivery.envelope import Content
from backend.delivery.kinds import MessageKind
from backend.notifications import Priority

# Characters; Discord takes 2,000 with the title.
_LONGEST_TITLE = 200
_LONGEST_BODY = 1_500

# Breaks a mention or a link without being seen.
_UNSEEN = "\u200b"
# Titles quote feeds and other people's errors: `@everyone` there wakes nobody, and a link leads nowhere.
_OBEYED = re.compile(r"(?<=@)(?=(?:everyone|here|channel|all)\b)|(?<=<)(?=[@!#&/a-z])|(?<=\])(?=\()", re.IGNORECASE)

_ENDS_WELL = (MessageKind.ALERT_HEALED, MessageKind.ALERT_RESOLVED)
_TYPES = {Priority.CRITICAL: "failure", Priority.HIGH: "warning"}


def title_of(content: Content) -> str:
    return storable(_harmless(one_line(content.title)), _LONGEST_TITLE)


def body_of(content: Content, public_url: str | None) -> str:
    """The text, the store and where to read on, one below the other."""
    lines = [storable(_harmless(content.body.strip()), _LONGEST_BODY)]
    if content.store_name:
        lines.append(_harmless(one_line(content.store_name)))
    link = link_of(content.action_url, public_url)
    if link:
        lines.append(link)
    # Apprise sends nothing without a body.
    return "\n".join(line for line in lines if line) or title_of(content)


def link_of(action_url: str | None, public_url: str | None) -> str | None:
    """Absolute; None for a path when nobody said where we are reached."""
    if action_url is None or action_url.startswith("https://"):
        return action_url
    return f"{public_url.rstrip('/')}{action_url}" if public_url else None


def type_of(content: Content) -> str:
    """Apprise's word for how grave it is: services choose a colour and a sound by it."""
    if content.kind in _ENDS_WELL:
        return "success"
    return _TYPES.get(content.priority, "info")


def _harmless(text: str) -> str:
    return _OBEYED.sub(_UNSEEN, text)
