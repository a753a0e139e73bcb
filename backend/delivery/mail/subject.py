"""The subject line: one for all messages of a thread, since clients keep together what is called the same."""

from zoneinfo import ZoneInfo

from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import MessageKind
from backend.delivery.mail.plain import line
from backend.delivery.payloads import Digest, HeldBack, Threaded, read
from backend.delivery.texts import Wording
from backend.delivery.texts.dates import date, zone
from backend.delivery.texts.held_back import held_back

MOST = 160
_PREFIX = "[Tocsin] "


def subject(envelope: Envelope, words: Wording) -> str:
    """`[Tocsin] Critical: Database is full`, with `Re: ` before all but the first of a thread; one line."""
    told = _PREFIX + line(_told(envelope, words), MOST)
    return told if envelope.thread is None or envelope.is_first_of_thread else f"Re: {told}"


def _told(envelope: Envelope, words: Wording) -> str:
    content = envelope.content
    match content.kind:
        case MessageKind.TEST:
            return words.test
        case MessageKind.HELD_BACK:
            return held_back(read(content.payload, HeldBack).count, words)
        case MessageKind.DIGEST:
            return digest(content, words, zone(envelope.timezone))
        case MessageKind.SILENCE_ENDING:
            return content.title
    # A thread keeps the name it began under, however its alert is called or graded now.
    first = read(content.payload, Threaded)
    priority = first.first_priority or content.priority
    return f"{words.priorities[priority]}: {first.first_title or content.title}"


def digest(content: Content, words: Wording, timezone: ZoneInfo) -> str:
    """By the day it reaches up to: each has its own subject, and the language is the reader's."""
    end = read(content.payload, Digest).end or content.created_at
    return f"{words.kickers[content.kind]}: {date(end, words, timezone)}"
