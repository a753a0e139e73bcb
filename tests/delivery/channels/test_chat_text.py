"""What a message says in chat."""

import pytest

from backend.delivery.channels.chat_text import body_of, link_of, title_of, type_of
from backend.delivery.envelope import Envelope
from backend.delivery.kinds import MessageKind
from backend.delivery.texts import LANGUAGES
from backend.notifications import Priority
from tests.factories.delivery import content, envelope

PAYLOADS = {
    MessageKind.ALERT_HEALED: {"stores": 39, "lasted_minutes": 25, "notes": "Sync 9 went well."},
    MessageKind.ALERT_RESOLVED: {"stores": 39, "lasted_minutes": 300, "by": "Anne"},
    MessageKind.ESCALATION: {"stores": 39, "minutes": 15},
    MessageKind.TEST: {"by": "Anne"},
    MessageKind.HELD_BACK: {
        "count": 12,
        "items": [{"title": "Import failed", "priority": "high", "store_name": "Bakery"}] * 9,
        "more": 3,
    },
    MessageKind.SILENCE_ENDING: {"ends_at": "2026-03-02T09:30:00+00:00"},
}
TITLES = {MessageKind.SILENCE_ENDING: "A silence ends soon: store Bakery", MessageKind.DIGEST: "Your daily digest"}


def chat(kind: MessageKind = MessageKind.NOTIFICATION, language: str = "en", **fields: object) -> Envelope:
    """An alert in 39 stores, or what else there is of that kind."""
    usual = {
        "title": TITLES.get(kind, "Letzshop does not answer"),
        "body": "Timed out.",
        "priority": Priority.CRITICAL,
        "payload": PAYLOADS.get(kind, {"stores": 39}),
    }
    return envelope("ntfys://ntfy.example/alerts", content(kind=kind, **(usual | fields)), language=language)


def said(kind: MessageKind, language: str = "en") -> tuple[str, list[str]]:
    told = chat(kind, language)
    return title_of(told), body_of(told, None).split("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_kinds_read_the_same_and_none_is_long(language: str) -> None:
    told = {kind: said(kind, language) for kind in MessageKind}
    assert len({title for title, _ in told.values()}) == len(MessageKind)
    assert all(len(title) <= 60 and len(lines[0]) <= 60 for title, lines in told.values())


@pytest.mark.parametrize(
    ("kind", "title", "lines"),
    [
        (
            MessageKind.ALERT_OPENED,
            "New alert: Letzshop does not answer",
            ["Critical · 39 stores", "Timed out."],
        ),
        (MessageKind.ALERT_ESCALATED, "Worse: Letzshop does not answer", ["Critical · 39 stores", "Timed out."]),
        (MessageKind.ALERT_GREW, "Spreading: Letzshop does not answer", ["Critical · 39 stores", "Timed out."]),
        (
            MessageKind.ALERT_HEALED,
            "Healed: Letzshop does not answer",
            ["Lasted 25 min · 39 stores", "Sync 9 went well."],
        ),
        (MessageKind.ALERT_RESOLVED, "Resolved: Letzshop does not answer", ["Lasted 5 h · 39 stores · by Anne"]),
        (
            MessageKind.ESCALATION,
            "Not acknowledged: Letzshop does not answer",
            ["Critical · Waiting for 15 min · 39 stores", "Timed out."],
        ),
        (
            MessageKind.TEST,
            "Test: Messages from Tocsin arrive here",
            ["by Anne", "You get this because somebody asked Tocsin for a test."],
        ),
        (
            MessageKind.HELD_BACK,
            "12 more messages were held back",
            [*["High · Import failed · Bakery"] * 8, "and 4 more"],
        ),
        (MessageKind.DIGEST, "Your daily digest", ["Timed out."]),
        (
            MessageKind.SILENCE_ENDING,
            "A silence ends soon: store Bakery",
            ["Ends 2 March, 10:30", "Timed out."],
        ),
    ],
)
def test_what_happened_to_what_then_the_facts(kind: MessageKind, title: str, lines: list[str]) -> None:
    assert said(kind) == (title, lines)


def test_it_is_in_its_readers_language() -> None:
    assert said(MessageKind.ALERT_HEALED, "de") == (
        "Von selbst erledigt: Letzshop does not answer",
        ["Dauerte 25 Min. · 39 Geschäfte", "Sync 9 went well."],
    )
    assert said(MessageKind.HELD_BACK, "fr")[0] == "12 autres messages ont été retenus"


def test_the_body_has_facts_text_and_link_one_below_the_other() -> None:
    told = chat(body="No good row.\n", store_name="Bakery", action_url="/imports/7", payload={"stores": 1})
    assert body_of(told, "https://tocsin.example/") == (
        "Critical · Bakery\nNo good row.\nhttps://tocsin.example/imports/7"
    )
    assert body_of(told, None) == "Critical · Bakery\nNo good row."


@pytest.mark.parametrize("kind", MessageKind)
def test_a_message_without_text_and_facts_still_has_a_body(kind: MessageKind) -> None:
    assert body_of(chat(kind, body=" ", payload={}), None)


def test_a_link_to_elsewhere_stays_as_it_is() -> None:
    assert link_of("https://example.com/x", "https://tocsin.example") == "https://example.com/x"
    assert link_of(None, "https://tocsin.example") is None


@pytest.mark.parametrize("text", ["@everyone", "hi @HERE!", "@channel", "<!channel>", "<@U123>", "[x](https://evil)"])
def test_text_of_others_is_not_obeyed(text: str) -> None:
    held = {"count": 2, "items": [{"title": text}]}
    for told in (
        title_of(chat(title=text)),
        body_of(chat(body=text), None),
        body_of(chat(store_name=text, payload={}), None),
        body_of(chat(MessageKind.HELD_BACK, payload=held), None),
        body_of(chat(MessageKind.ALERT_HEALED, payload={"notes": text}), None),
    ):
        assert text not in told
        assert text in told.replace("\u200b", "")


def test_a_title_is_one_line_of_bounded_length() -> None:
    assert title_of(chat(title="one\ntwo")) == "one two"
    assert len(title_of(chat(title="x" * 300))) == 200
    assert len(body_of(chat(body="x" * 9_000), None)) < 1_600


def test_a_mail_address_in_the_text_stays_readable() -> None:
    assert "from anne@example.com" in body_of(chat(body="from anne@example.com"), None)


@pytest.mark.parametrize(
    ("kind", "priority", "level"),
    [
        (MessageKind.NOTIFICATION, Priority.CRITICAL, "failure"),
        (MessageKind.ALERT_OPENED, Priority.HIGH, "warning"),
        (MessageKind.NOTIFICATION, Priority.NORMAL, "info"),
        (MessageKind.ALERT_HEALED, Priority.CRITICAL, "success"),
    ],
)
def test_what_ends_well_is_a_success_and_the_rest_goes_by_priority(
    kind: MessageKind, priority: Priority, level: str
) -> None:
    assert type_of(content(kind=kind, priority=priority)) == level
