"""What a message says in chat."""

import pytest

from backend.delivery.channels.chat_text import body_of, link_of, title_of, type_of
from backend.delivery.kinds import MessageKind
from backend.notifications import Priority
from tests.factories.delivery import content


def test_the_body_has_text_store_and_link_one_below_the_other() -> None:
    told = content(body="No good row.\n", store_name="Bakery", action_url="/imports/7")
    assert body_of(told, "https://tocsin.example/") == "No good row.\nBakery\nhttps://tocsin.example/imports/7"
    assert body_of(told, None) == "No good row.\nBakery"


def test_a_message_without_text_still_has_a_body() -> None:
    assert body_of(content(title="Test", body=" "), None) == "Test"


def test_a_link_to_elsewhere_stays_as_it_is() -> None:
    assert link_of("https://example.com/x", "https://tocsin.example") == "https://example.com/x"
    assert link_of(None, "https://tocsin.example") is None


@pytest.mark.parametrize("text", ["@everyone", "hi @HERE!", "@channel", "<!channel>", "<@U123>", "[x](https://evil)"])
def test_text_of_others_is_not_obeyed(text: str) -> None:
    for said in (title_of(content(title=text)), body_of(content(body=text), None)):
        assert text not in said
        assert said.replace("\u200b", "") == text


def test_a_title_is_one_line_of_bounded_length() -> None:
    assert title_of(content(title="one\ntwo")) == "one two"
    assert len(title_of(content(title="x" * 300))) == 200
    assert len(body_of(content(body="x" * 9_000), None)) == 1_500


def test_a_mail_address_in_the_text_stays_readable() -> None:
    assert body_of(content(body="from anne@example.com"), None) == "from anne@example.com"


@pytest.mark.parametrize(
    ("kind", "priority", "said"),
    [
        (MessageKind.NOTIFICATION, Priority.CRITICAL, "failure"),
        (MessageKind.ALERT_OPENED, Priority.HIGH, "warning"),
        (MessageKind.NOTIFICATION, Priority.NORMAL, "info"),
        (MessageKind.ALERT_HEALED, Priority.CRITICAL, "success"),
    ],
)
def test_what_ends_well_is_a_success_and_the_rest_goes_by_priority(
    kind: MessageKind, priority: Priority, said: str
) -> None:
    assert type_of(content(kind=kind, priority=priority)) == said
