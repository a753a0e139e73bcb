import pytest

from backend.delivery.mail.setup import EffectiveMail
from tests.factories.mails import setup


@pytest.mark.parametrize(
    ("smtp_url", "public_url", "sender", "domain"),
    [
        ("smtp://mail.example", "https://tocsin.example", "tocsin@tocsin.example", "tocsin.example"),
        ("smtp://mail.example", None, "tocsin@mail.example", "mail.example"),
        ("smtp://127.0.0.1", None, "tocsin@[127.0.0.1]", "[127.0.0.1]"),
        ("smtp://mail.example?from=a@b.example", "https://tocsin.example", "a@b.example", "tocsin.example"),
        ("smtp://mail.example?from=a@b.example", None, "a@b.example", "b.example"),
        (None, None, "tocsin@localhost", "localhost"),
    ],
)
def test_the_sender_is_named_or_of_the_public_address_or_of_the_mail_server(
    smtp_url: str | None, public_url: str | None, sender: str, domain: str
) -> None:
    made = setup(smtp_url, public_url)
    assert (made.sender_name, made.sender_address, made.domain) == ("Tocsin", sender, domain)


def test_the_effective_settings_are_all_but_the_password() -> None:
    made = setup("smtp://anne:s3cr3t@mail.example?starttls=1&from=Bells%20%3Ca@b.example%3E")
    expected = EffectiveMail("mail.example", 587, "starttls", "anne", "Bells <a@b.example>")
    assert made.effective == expected
    assert "s3cr3t" not in repr(made)


def test_without_a_mail_server_nothing_is_in_effect() -> None:
    assert setup(None).effective is None
