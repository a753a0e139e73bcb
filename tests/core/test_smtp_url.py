import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.smtp_url import SmtpSecurity, SmtpServer, SmtpUrlError, is_mail_address, parse_smtp_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 25, SmtpSecurity.NONE)),
        ("smtp://mail.example/", SmtpServer("mail.example", 25, SmtpSecurity.NONE)),
        ("smtp://mail.example:2525?starttls=0", SmtpServer("mail.example", 2525, SmtpSecurity.NONE)),
        ("smtp://mail.example?starttls=1", SmtpServer("mail.example", 587, SmtpSecurity.STARTTLS)),
        ("smtps://mail.example", SmtpServer("mail.example", 465, SmtpSecurity.TLS)),
        ("smtp://[::1]:25", SmtpServer("::1", 25, SmtpSecurity.NONE)),
        (
            "smtps://me%40example.com:p%3A%2F%40%25@mail.example:465",
            SmtpServer("mail.example", 465, SmtpSecurity.TLS, "me@example.com", "p:/@%"),
        ),
        (
            "smtp://mail.example?from=Tocsin%20%3Calerts%2Bx%40example.com%3E&starttls=1",
            SmtpServer(
                "mail.example",
                587,
                SmtpSecurity.STARTTLS,
                sender_name="Tocsin",
                sender_address="alerts+x@example.com",
            ),
        ),
        (
            "smtp://mail.example?from=alerts+x@example.com",
            SmtpServer("mail.example", 25, SmtpSecurity.NONE, sender_address="alerts+x@example.com"),
        ),
    ],
)
def test_an_address_says_which_server_and_how_it_is_spoken_to(url: str, server: SmtpServer) -> None:
    assert parse_smtp_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example:25",
        "http://mail.example",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example:0",
        "smtp://mail.example:70000",
        "smtp://mail.example:smtp",
        "smtp://[::1",
        "smtp://mail.example/path",
        "smtp://mail.example#part",
        "smtp://user:s3cr3t#x@mail.example",
        "smtp://user@mail.example",
        "smtp://:s3cr3t@mail.example",
        "smtp://user:s3cr3t%0d%0aQUIT@mail.example",
        "smtp://mail.example?starttls=yes",
        "smtp://mail.example?startls=1",
        "smtp://mail.example?starttls=1&starttls=0",
        "smtps://mail.example?starttls=1",
        "smtp://mail.example?from=nobody",
        "smtp://mail.example?from=a%40b.example%0d%0aBcc:%20c%40d.example",
        "smtp://mail.example?from=",
        "smtp://mail.example?from=a@b.example,c@d.example",
        "smtp://mail.example?from=j%C3%BCrgen%40example.com",
    ],
)
def test_what_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SmtpUrlError) as caught:
        parse_smtp_url(url)
    assert "s3cr3t" not in str(caught.value)


@given(st.text())
def test_any_other_text_is_refused_and_nothing_else_goes_wrong(text: str) -> None:
    try:
        server = parse_smtp_url(text)
    except SmtpUrlError:
        return
    assert 1 <= server.port <= 65_535


def test_the_password_is_not_shown() -> None:
    assert "s3cr3t" not in repr(parse_smtp_url("smtp://user:s3cr3t@mail.example"))


@pytest.mark.parametrize("address", ["a@b.example", "jürgen@käse.example", "a+b.c@b", "a@[127.0.0.1]", "a@[IPv6:::1]"])
def test_a_mail_address_is_one_line_with_one_at_sign(address: str) -> None:
    assert is_mail_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "@",
        "a@",
        "@b",
        "a@b@c",
        "a@.",
        "a@b.",
        "a@b..c",
        "a b@c",
        "a@b\r\nBcc: c@d",
        "a@b\n",
        "<a@b>",
        "a@b,c@d",
        "a\x00@b",
        "a" * 400 + "@b",
    ],
)
def test_what_could_be_more_than_one_address_is_none(address: str) -> None:
    assert not is_mail_address(address)
