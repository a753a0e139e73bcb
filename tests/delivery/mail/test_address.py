import pytest

from backend.delivery.mail.address import Recipient, recipient


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("anne@example.com", Recipient("anne@example.com", needs_utf8=False)),
        ("anne@käse.example", Recipient("anne@xn--kse-qla.example", needs_utf8=False)),
        ("jürgen@example.com", Recipient("jürgen@example.com", needs_utf8=True)),
        ("anne@[127.0.0.1]", Recipient("anne@[127.0.0.1]", needs_utf8=False)),
        ("anne@-ä-.example", None),
        ("anne@example.com\r\nQUIT", None),
        ("anne", None),
    ],
)
def test_only_a_name_beyond_ascii_needs_a_server_that_takes_it(given: str, found: Recipient | None) -> None:
    assert recipient(given) == found
