"""A message as plain text for chat and push, in its reader's language: what happened to what, then the facts.

Nothing in it is anything that a service would obey. Pure.
"""

import re

from backend.core.fields import one_line, storable
from backend.delivery.channels.chat_facts import facts_line, held_back_lines
from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import GOOD_NEWS, MessageKind
from backend.delivery.payloads import AlertFacts, HeldBack, read
from backend.delivery.texts import Wording, words_for
from backend.delivery.texts.held_back import held_back
from backend.notifications import Priority

# Characters; Discord takes 2,000 with the title.
_LONGEST_TITLE = 200
_LONGEST_BODY = 1_500

# Breaks a mention or a link without being seen.
_UNSEEN = "\u200b"
# Titles quote feeds and other people's errors: `@everyone` there wakes nobody, and a link leads nowhere.
_OBEYED = re.compile(r"(?<=@)(?=(?:everyone|here|channel|all)\b)|(?<=<)(?=[@!#&/a-z])|(?<=\])(?=\()", re.IGNORECASE)

_TYPES = {Priority.CRITICAL: "failure", Priority.HIGH: "warning"}


def title_of(envelope: Envelope) -> str:
    """What happened, and to what: each message of a thread reads differently."""
    words, content = words_for(envelope.language), envelope.content
    head, title = words.heads.get(content.kind), _title(content, words)
    return storable(_harmless(one_line(f"{head}{words.colon} {title}" if head else title)), _LONGEST_TITLE)


def body_of(envelope: Envelope, public_url: str | None) -> str:
    """The facts, the text and where to read on, one below the other."""
    words, content = words_for(envelope.language), envelope.content
    lines = [
        _harmless(one_line(facts_line(envelope, words))),
        storable(_harmless(_text(content, words).strip()), _LONGEST_BODY),
        link_of(content.action_url, public_url),
    ]
    # Apprise sends nothing without a body.
    return "\n".join(line for line in lines if line) or title_of(envelope)


def link_of(action_url: str | None, public_url: str | None) -> str | None:
    """Absolute; None for a path when nobody said where we are reached."""
    if action_url is None or action_url.startswith("https://"):
        return action_url
    return f"{public_url.rstrip('/')}{action_url}" if public_url else None


def type_of(content: Content) -> str:
    """Apprise's word for how grave it is: services choose a colour and a sound by it."""
    if content.kind in GOOD_NEWS:
        return "success"
    return _TYPES.get(content.priority, "info")


def _title(content: Content, words: Wording) -> str:
    match content.kind:
        case MessageKind.TEST:
            return words.test_of_chat
        case MessageKind.HELD_BACK:
            return held_back(read(content.payload, HeldBack).count, words)
    return content.title


def _text(content: Content, words: Wording) -> str:
    if content.kind in GOOD_NEWS:
        # What it was like when it began would be read as if it still were.
        return read(content.payload, AlertFacts).notes or ""
    match content.kind:
        case MessageKind.TEST:
            return words.why_test
        case MessageKind.HELD_BACK:
            return "\n".join(map(one_line, held_back_lines(read(content.payload, HeldBack), words)))
    return content.body


def _harmless(text: str) -> str:
    return _OBEYED.sub(_UNSEEN, text)
