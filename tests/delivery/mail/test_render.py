from html.parser import HTMLParser
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.delivery.kinds import MessageKind
from backend.delivery.mail.render import render
from backend.delivery.texts import LANGUAGES
from backend.notifications import Priority
from tests.factories.mails import content, envelope, setup

SETUP = setup("smtps://anne:s3cr3t@mail.example")
PAYLOADS: dict[MessageKind, dict[str, Any]] = {  # Any: JSON
    MessageKind.HELD_BACK: {
        "count": 5,
        "items": [
            {"title": "Feed is late", "priority": "low", "store_name": "Acme", "created_at": "2026-11-22T13:05:00Z"},
            {
                "title": "No order came",
                "priority": "critical",
                "store_name": None,
                "created_at": "2026-11-22T13:05:00Z",
            },
        ],
        "more": 3,
    },
    MessageKind.DIGEST: {
        "from": "2026-11-21T06:00:00+00:00",
        "to": "2026-11-22T06:00:00+00:00",
        "stores": [
            {
                "store_id": 1,
                "store_name": "Kaffi Mierscht",
                "open": [{"title": "Two products are unknown", "priority": "high", "at": "2026-11-21T08:00:00Z"}],
                "healed": [{"title": "Letzshop is away", "priority": "critical", "at": "2026-11-21T09:00:00Z"}],
                "handled": [{"title": "Feed is late", "priority": "low", "at": "2026-11-21T10:00:00Z", "by": "Anne"}],
            }
        ],
    },
    MessageKind.ALERT_RESOLVED: {"stores": 41, "by": "Anne", "notes": "Restarted."},
    MessageKind.ESCALATION: {"minutes": 30},
    MessageKind.SILENCE_ENDING: {"ends_at": "2026-11-22T14:00:00Z", "comment": "Moving."},
}


class Reader(HTMLParser):
    """Collects what is shown, and which elements there are."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize(("kind", "language"), [*product(MessageKind, LANGUAGES)])
def test_each_kind_is_rendered_in_each_language(kind: MessageKind, language: str) -> None:
    made = render(envelope(content(kind, payload=PAYLOADS.get(kind, {})), language=language), SETUP)
    words = LANGUAGES[language]
    assert f'<html lang="{language}">' in made.html
    for text in (made.html, made.text):
        assert words.kickers[kind] in text.replace("&#39;", "'")
        assert words.open_button in text
        assert "https://tocsin.example/imports/9" in text
        assert "{" not in text.partition("</style>")[2] if text is made.html else "{" not in text


def test_a_notification_shows_what_where_and_when_it_is() -> None:
    made = render(envelope(content(body="No more rows fit.\n\nNothing was lost.")), SETUP)
    assert made.text.startswith("Notification · Critical\n\nDatabase is full\n\nNo more rows fit.\n\nNothing was lost.")
    assert "Store: Wäinhaus Rémich\nAbout: Import failure\nWhen: Sunday 22 November 2026, 14:05" in made.text
    assert "No more rows fit.<br><br>Nothing was lost." in made.html


@pytest.mark.parametrize("kind", [MessageKind.ALERT_HEALED, MessageKind.ALERT_RESOLVED])
def test_what_is_over_is_marked_as_resolved_and_not_as_urgent(kind: MessageKind) -> None:
    made = render(envelope(content(kind)), SETUP)
    assert "Resolved" in made.text
    assert "Critical" not in made.text.replace(made.subject, "")


def test_times_are_the_readers_own() -> None:
    made = render(envelope(timezone="America/New_York"), SETUP)
    assert "Sunday 22 November 2026, 08:05" in made.text
    assert "Times are those of America/New_York." in made.text


def test_a_digest_is_grouped_by_store_and_by_what_became_of_it() -> None:
    text = render(envelope(content(MessageKind.DIGEST, payload=PAYLOADS[MessageKind.DIGEST])), SETUP).text
    told = [text.index(part) for part in ("Kaffi Mierscht", "Still open", "Healed by itself", "Handled", "by Anne")]
    assert told == sorted(told)


def test_a_digest_stays_in_bounds() -> None:
    items = [{"title": f"Item {number}", "priority": "low"} for number in range(100)]
    stores = [{"store_id": number, "store_name": f"Store {number}", "open": items} for number in range(200)]
    made = render(envelope(content(MessageKind.DIGEST, payload={"stores": stores})), SETUP)
    assert "and 92 more" in made.text
    assert "and more in 180 other stores" in made.text
    assert "Store 20" not in made.text


def test_what_was_held_back_is_counted_with_what_has_no_room() -> None:
    text = render(envelope(content(MessageKind.HELD_BACK, payload=PAYLOADS[MessageKind.HELD_BACK])), SETUP).text
    assert "5 more messages were held back" in text
    assert "[!!] No order came\n      Critical · 22 November, 14:05" in text
    assert "and 3 more" in text


def test_a_test_mail_shows_the_settings_in_effect_but_not_the_password() -> None:
    made = render(envelope(content(MessageKind.TEST)), SETUP)
    assert "Server: mail.example\nPort: 465\nEncryption: TLS\nUser: anne\nSender: Tocsin <tocsin@" in made.text
    assert "s3cr3t" not in made.text + made.html


def test_the_footer_says_why_and_how_to_get_no_more() -> None:
    made = render(envelope(), SETUP)
    assert "your preferences send “Import failure” by e-mail" in made.text
    links = read(made.html).links
    assert links[1] == "https://tocsin.example/preferences"
    assert links[2].startswith("https://tocsin.example/api/v1/delivery/unsubscribe/")


def test_a_shared_address_is_told_who_set_it_up_and_has_nothing_to_turn_off() -> None:
    made = render(envelope(user_id=None), SETUP)
    assert "because an administrator of Tocsin set it up" in made.text
    assert read(made.html).links == ["https://tocsin.example/imports/9"]


def test_html_in_a_text_is_shown_and_not_run() -> None:
    nasty = '</h1><script>alert(1)</script><a href="https://evil.example">"\'&'
    told = content(title=nasty, body=nasty, store_name=nasty, category=nasty, action_url='/x"><script>')
    reader = read(render(envelope(told), SETUP).html)
    assert "script" not in reader.elements
    assert not any(link.startswith("https://evil.example") for link in reader.links)
    assert nasty in "".join(reader.shown)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KNOWN = st.sampled_from(["count", "items", "more", "from", "to", "stores", "ends_at", "by", "notes", "first_priority"])


@settings(max_examples=150, deadline=None)  # the first example compiles the templates
@given(
    kind=st.sampled_from(MessageKind),
    priority=st.sampled_from(Priority),
    texts=st.tuples(st.text(), st.text(), st.none() | st.text(), st.text(), st.none() | st.text()),
    payload=st.dictionaries(KNOWN, ANYTHING, max_size=5),
    places=st.tuples(st.text(max_size=10), st.text(max_size=10)),
    user_id=st.none() | st.just(2),
)
def test_it_never_fails_and_always_escapes(
    kind: MessageKind,
    priority: Priority,
    texts: tuple[str, str, str | None, str, str | None],
    payload: dict[str, Any],  # Any: JSON
    places: tuple[str, str],
    user_id: int | None,
) -> None:
    title, body, store_name, category, action_url = texts
    told = content(
        kind,
        priority=priority,
        title=title,
        body=body,
        store_name=store_name,
        category=category,
        action_url=action_url,
        payload=payload,
    )
    made = render(envelope(told, language=places[0], timezone=places[1], user_id=user_id), SETUP)
    assert set(read(made.html).elements) <= {
        *("html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td"),
        *("span", "h1", "h2", "h3", "a", "br"),
    }
    made.html.encode()
    made.text.encode()
