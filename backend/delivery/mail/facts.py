"""The short list of facts below a message: what a reader would otherwise have to open Tocsin for."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backend.delivery.envelope import Content
from backend.delivery.kinds import MessageKind
from backend.delivery.mail.plain import line
from backend.delivery.mail.setup import EffectiveMail
from backend.delivery.payloads import AlertFacts, SilenceFacts, read
from backend.delivery.texts import Wording
from backend.delivery.texts.dates import date_and_time
from backend.delivery.texts.duration import duration

_MOST = 300
# They show lists, or say it all in their text.
_WITHOUT = {MessageKind.DIGEST, MessageKind.HELD_BACK}


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


def facts(content: Content, effective: EffectiveMail | None, words: Wording, timezone: ZoneInfo) -> tuple[Fact, ...]:
    if content.kind in _WITHOUT:
        return ()
    if content.kind is MessageKind.TEST:
        found = _of_settings(effective, words)
    elif content.kind is MessageKind.SILENCE_ENDING:
        found = _of_silence(read(content.payload, SilenceFacts), words, timezone)
    else:
        found = _of_event(content, words, timezone)
    return tuple(Fact(label, line(value, _MOST)) for label, value in found if value)


_Found = Iterator[tuple[str, str | None]]


def _of_event(content: Content, words: Wording, timezone: ZoneInfo) -> _Found:
    told = read(content.payload, AlertFacts)
    yield words.store, content.store_name
    yield words.affected, str(told.stores) if told.stores else None
    yield words.unacknowledged, duration(told.minutes, words) if told.minutes else None
    yield words.lasted, duration(told.lasted_minutes, words) if told.lasted_minutes else None
    yield words.by, told.by
    yield words.note, told.notes
    yield words.about, words.categories.get(content.category, content.category.replace("_", " "))
    yield words.raised, date_and_time(content.created_at, words, timezone)


def _of_silence(silence: SilenceFacts, words: Wording, timezone: ZoneInfo) -> _Found:
    yield words.ends, date_and_time(silence.ends_at, words, timezone) if silence.ends_at else None
    yield words.comment, silence.comment


def _of_settings(effective: EffectiveMail | None, words: Wording) -> _Found:
    if effective is not None:
        ways = {"starttls": words.security_starttls, "tls": words.security_tls}
        yield words.host, effective.host
        yield words.port, str(effective.port)
        yield words.security, ways.get(effective.security, words.security_none)
        yield words.user, effective.user or words.nobody
        yield words.sender, effective.sender
