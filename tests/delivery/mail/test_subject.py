import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.kinds import MessageKind
from backend.delivery.mail.subject import MOST, subject
from backend.delivery.texts import LANGUAGES
from backend.notifications import Priority
from tests.factories.mails import content, envelope

ENGLISH = LANGUAGES["en"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "[Tocsin] Critical: Database is full"),
        ("fr", "[Tocsin] Critique: Database is full"),
        ("de", "[Tocsin] Kritisch: Database is full"),
    ],
)
def test_it_says_how_urgent_it_is_in_the_readers_language(language: str, line: str) -> None:
    assert subject(envelope(), LANGUAGES[language]) == line


@pytest.mark.parametrize(
    ("kind", "payload", "line"),
    [
        (MessageKind.TEST, {}, "[Tocsin] E-mail from Tocsin works"),
        (MessageKind.HELD_BACK, {"count": 1}, "[Tocsin] 1 more message was held back"),
        (MessageKind.HELD_BACK, {"count": 37}, "[Tocsin] 37 more messages were held back"),
        (MessageKind.DIGEST, {"to": "2026-11-22T06:00:00Z"}, "[Tocsin] Digest: Sunday 22 November 2026"),
        (MessageKind.SILENCE_ENDING, {}, "[Tocsin] Database is full"),
    ],
)
def test_what_is_no_event_is_called_by_what_it_is(kind: MessageKind, payload: dict[str, object], line: str) -> None:
    assert subject(envelope(content(kind, payload=payload)), ENGLISH) == line


def test_an_update_keeps_the_subject_its_thread_began_with() -> None:
    began = {"first_title": "Database is full", "first_priority": "high"}
    update = content(MessageKind.ALERT_ESCALATED, title="Databases are full", payload=began)
    first = envelope(content(MessageKind.ALERT_OPENED, priority=Priority.HIGH), thread="alert:1")
    later = envelope(update, thread="alert:1", is_first_of_thread=False)
    assert subject(later, ENGLISH) == f"Re: {subject(first, ENGLISH)}"


def test_an_update_that_does_not_know_how_its_thread_began_says_its_own() -> None:
    later = envelope(content(MessageKind.ALERT_HEALED), thread="alert:1", is_first_of_thread=False)
    assert subject(later, ENGLISH) == "Re: [Tocsin] Critical: Database is full"


@given(title=st.text(), kind=st.sampled_from(MessageKind))
def test_it_is_one_bounded_line_whatever_the_title(title: str, kind: MessageKind) -> None:
    line = subject(envelope(content(kind, title=title)), ENGLISH)
    assert line.startswith("[Tocsin] ")
    assert len(line) <= MOST + len("[Tocsin] ")
    assert len(line.splitlines()) == 1
