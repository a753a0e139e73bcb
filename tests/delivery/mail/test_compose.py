from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.delivery.mail.address import recipient
from backend.delivery.mail.compose import compose
from tests.factories.mails import AT, content, envelope, setup

SETUP = setup("smtp://mail.example?from=Glocken%20%E2%9C%93%20%3Ca@b.example%3E", "https://tocsin.example/" + "x" * 200)
HEADS = [
    *("From", "To", "Date", "Subject", "Message-ID", "Auto-Submitted", "X-Tocsin-Kind", "X-Tocsin-Priority", "List-Id"),
    *("In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type", "MIME-Version"),
]


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def test_head_and_both_bodies_can_be_read_back() -> None:
    mail = parsed(bytes(compose(envelope(content(title="Öffnung\tgeht ✓")), "anne@example.com", SETUP, now=AT)))
    assert mail["Subject"] == "[Tocsin] Critical: Öffnung geht ✓"
    assert mail["From"] == "Glocken ✓ <a@b.example>"
    assert mail["Date"].datetime == AT
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert "Wäinhaus Rémich" in text.get_content()
    assert "Wäinhaus Rémich" in html.get_content()


def test_a_mail_is_of_short_lines_in_ascii_so_that_every_server_takes_it() -> None:
    raw = bytes(compose(envelope(content(body="ä" * 5000)), "anne@example.com", SETUP, now=AT))
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_long_links_stay_in_one_piece() -> None:
    raw = bytes(compose(envelope(), "anne@example.com", SETUP, now=AT))
    (line,) = [line for line in raw.split(b"\r\n") if line.startswith(b"List-Unsubscribe: ")]
    assert line.count(b"x" * 200) == 1
    assert line.endswith(b">")


@settings(deadline=None)  # the first example compiles the templates
@given(title=st.text(), name=st.text(), thread=st.none() | st.text(), category=st.text())
def test_no_text_adds_a_line_to_the_head(title: str, name: str, thread: str | None, category: str) -> None:
    told = content(title=f"{title}\r\nBcc: eve@example.com\r\n\r\n<b>", category=category)
    made = compose(
        envelope(told, user_name=f"{name}\r\nBcc: eve@example.com", thread=thread, is_first_of_thread=False),
        "anne@example.com",
        SETUP,
        now=AT,
    )
    mail = parsed(bytes(made))
    assert set(mail.keys()) <= set(HEADS)
    assert [address.addr_spec for address in mail["To"].addresses] == ["anne@example.com"]
    assert len(mail.defects) == 0


# Letters beyond ASCII, and what has a meaning in a head or an SMTP command.
PARTS = st.text("abé中ß.-+=_%'!#/{}\r\n <>@\",;:()\\\x00", min_size=1, max_size=8)


@settings(deadline=None)
@given(PARTS.map(lambda name: f"{name}@example.com") | PARTS.map(lambda domain: f"anne@{domain}"))
def test_a_mail_goes_to_the_one_address_it_is_for_or_to_none(address: str) -> None:
    found = recipient(address)
    if found is None:
        return
    made = compose(envelope(user_name=None), found.address, SETUP, now=AT, is_utf8=found.needs_utf8)
    mail = message_from_bytes(bytes(made), policy=default.clone(utf8=True))
    assert set(mail.keys()) <= set(HEADS)
    assert [one.domain for one in mail["To"].addresses] == [found.address.rpartition("@")[2]]
