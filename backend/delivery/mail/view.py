"""A message as its templates show it: words chosen, instants written, texts cleaned. Pure."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backend.delivery.envelope import Content, Envelope
from backend.delivery.kinds import MessageKind
from backend.delivery.mail.badge import Badge, badge, badge_of_kind
from backend.delivery.mail.facts import Fact, facts
from backend.delivery.mail.headers import unsubscribe_url
from backend.delivery.mail.lists import Section, digest_sections, held_back_section
from backend.delivery.mail.plain import block, line
from backend.delivery.mail.setup import MailSetup
from backend.delivery.mail.subject import subject
from backend.delivery.payloads import Digest, HeldBack, SilenceFacts, read
from backend.delivery.texts import Wording, words_for
from backend.delivery.texts.dates import date_and_time, zone
from backend.delivery.texts.held_back import held_back

_MOST_TITLE = 300
_MOST_BODY = 10_000
_MOST_PREHEADER = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    words: Wording
    subject: str
    preheader: str
    kicker: str
    title: str
    body: str
    badge: Badge | None
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    # Behind the sections: what there was no room for.
    more: str | None
    button_url: str
    why: str
    preferences_url: str | None
    turn_off_url: str | None
    times: str


def view_of(envelope: Envelope, setup: MailSetup) -> View:
    words, timezone = words_for(envelope.language), zone(envelope.timezone)
    content = envelope.content
    title, body = _title(content, words), _body(content, words, timezone)
    sections, more = _sections(content, words, timezone)
    return View(
        words=words,
        subject=subject(envelope, words),
        preheader=line(body, _MOST_PREHEADER) or title,
        kicker=words.kickers[content.kind],
        title=title,
        body=body,
        badge=_badge(content, words),
        facts=facts(content, setup.effective, words, timezone),
        sections=sections,
        more=more,
        button_url=setup.links.action(line(content.action_url or "", 2000)),
        why=line(_why(envelope, words), _MOST_TITLE),
        preferences_url=setup.links.preferences() if envelope.user_id is not None else None,
        turn_off_url=unsubscribe_url(envelope, setup),
        times=words.times_in.format(timezone=timezone.key),
    )


def _title(content: Content, words: Wording) -> str:
    match content.kind:
        case MessageKind.TEST:
            return words.test
        case MessageKind.DIGEST:
            return words.digest
        case MessageKind.HELD_BACK:
            return held_back(read(content.payload, HeldBack).count, words)
    return line(content.title, _MOST_TITLE)


def _body(content: Content, words: Wording, timezone: ZoneInfo) -> str:
    match content.kind:
        case MessageKind.TEST:
            return words.test_explained
        case MessageKind.HELD_BACK:
            return words.held_back_explained
        case MessageKind.DIGEST:
            window = read(content.payload, Digest)
            if window.start is None or window.end is None:
                return ""
            start, end = (date_and_time(instant, words, timezone) for instant in (window.start, window.end))
            return words.digest_range.format(start=start, end=end)
    return block(content.body, _MOST_BODY)


def _badge(content: Content, words: Wording) -> Badge | None:
    match content.kind:
        case MessageKind.TEST | MessageKind.DIGEST | MessageKind.SILENCE_ENDING:
            return None
        case MessageKind.HELD_BACK:
            return badge(content.priority, words)
    return badge_of_kind(content.kind, content.priority, words)


def _sections(content: Content, words: Wording, timezone: ZoneInfo) -> tuple[tuple[Section, ...], str | None]:
    if content.kind is MessageKind.DIGEST:
        return digest_sections(read(content.payload, Digest), words, timezone)
    if content.kind is MessageKind.HELD_BACK:
        return held_back_section(read(content.payload, HeldBack), words, timezone)
    return (), None


def _why(envelope: Envelope, words: Wording) -> str:
    content = envelope.content
    is_shared = envelope.user_id is None
    category = words.categories.get(content.category, content.category.replace("_", " "))
    if content.kind is MessageKind.TEST:
        return words.why_test
    if content.kind is MessageKind.HELD_BACK:
        return words.why_shared_many if is_shared else words.why_many
    if is_shared:
        return words.why_shared.format(category=category)
    if content.kind is MessageKind.SILENCE_ENDING and _is_own_silence(envelope):
        return words.why_silence
    own = {
        MessageKind.DIGEST: words.why_digest,
        MessageKind.ESCALATION: words.why_escalation,
    }
    return own.get(content.kind) or words.why_preference.format(category=category)


def _is_own_silence(envelope: Envelope) -> bool:
    maker = read(envelope.content.payload, SilenceFacts).made_by_user_id
    return maker == envelope.user_id
