import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.delivery.kinds import MessageKind
from backend.delivery.mail.headers import headers
from backend.delivery.mail.message_id import message_id, thread_root
from backend.delivery.mail.unsubscribe import Unsubscription
from tests.factories.mails import content, envelope, setup

SETUP = setup()
HOST = "tocsin.example"


def test_a_mail_says_what_it_is() -> None:
    head = headers(envelope(), SETUP)
    assert head["Message-ID"] == "<delivery-7@tocsin.example>"
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["X-Tocsin-Priority"] == "critical"
    assert head["List-Id"] == "<import-failure.tocsin.tocsin.example>"
    assert "In-Reply-To" not in head


def test_all_of_a_thread_refer_to_its_root_and_each_has_an_id_of_its_own() -> None:
    first = headers(envelope(thread="alert-9"), SETUP)
    later = headers(envelope(delivery_id=8, thread="alert-9", is_first_of_thread=False), SETUP)
    assert first["References"] == later["References"] == later["In-Reply-To"] == "<thread-alert-9-5@tocsin.example>"
    assert (first["Message-ID"], later["Message-ID"]) == ("<delivery-7@tocsin.example>", "<delivery-8@tocsin.example>")
    assert "In-Reply-To" not in first


def test_the_same_delivery_has_the_same_id_at_each_attempt() -> None:
    assert message_id(envelope(attempt=1), HOST) == message_id(envelope(attempt=2), HOST)


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_two_threads_share_a_root_and_none_breaks_the_head(one: str, other: str) -> None:
    roots = [thread_root(envelope(thread=name, is_first_of_thread=False), HOST) for name in (one, other)]
    assert (roots[0] == roots[1]) == (one == other)
    assert all(root is not None and root.isascii() and root.isprintable() and len(root) < 120 for root in roots)
    assert all(" " not in str(root) for root in roots)


def test_one_click_ends_a_category_for_its_reader() -> None:
    head = headers(envelope(), SETUP)
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = head["List-Unsubscribe"].removeprefix("<https://tocsin.example/api/v1/delivery/unsubscribe/")[:-1]
    assert SETUP.tokens.read(token) == Unsubscription(user_id=2, category="import_failure")


def test_one_click_ends_the_digest() -> None:
    head = headers(envelope(content(MessageKind.DIGEST, category="whatever")), SETUP)
    token = head["List-Unsubscribe"].rpartition("/")[2][:-1]
    assert SETUP.tokens.read(token) == Unsubscription(user_id=2, category="digest")


@pytest.mark.parametrize("kind", [MessageKind.TEST, MessageKind.ESCALATION, MessageKind.HELD_BACK])
def test_what_no_one_category_sent_none_ends(kind: MessageKind) -> None:
    assert "List-Unsubscribe" not in headers(envelope(content(kind)), SETUP)


def test_a_shared_address_has_nothing_to_unsubscribe() -> None:
    head = headers(envelope(user_id=None), SETUP)
    assert "List-Unsubscribe" not in head
    assert "List-Unsubscribe-Post" not in head
