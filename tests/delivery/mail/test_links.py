import pytest

from backend.core.settings import Server
from backend.delivery.mail.links import Links, links_of, mail_domain


@pytest.mark.parametrize(
    ("server", "base"),
    [
        (Server(public_url="https://tocsin.example/admin"), "https://tocsin.example/admin"),
        (Server(), "http://127.0.0.1:8000"),
        (Server(host="0.0.0.0", port=80), "http://localhost:80"),  # noqa: S104 - nothing listens
        (Server(host="::"), "http://localhost:8000"),
        (Server(host="::1"), "http://[::1]:8000"),
    ],
)
def test_links_lead_to_the_public_address_or_to_the_server_itself(server: Server, base: str) -> None:
    assert links_of(server).base == base


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/imports/9", "https://tocsin.example/imports/9"),
        ("https://status.example/1", "https://status.example/1"),
        (None, "https://tocsin.example/"),
        ("", "https://tocsin.example/"),
        ("javascript:alert(1)", "https://tocsin.example/"),
        ("http://elsewhere.example", "https://tocsin.example/"),
        ("//elsewhere.example", "https://tocsin.example//elsewhere.example"),
    ],
)
def test_the_button_stays_here_or_goes_by_https(path: str | None, link: str) -> None:
    assert Links("https://tocsin.example").action(path) == link


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("Tocsin.Example", "tocsin.example"),
        ("127.0.0.1", "[127.0.0.1]"),
        ("::1", "[IPv6:::1]"),
        ("käse.example", "xn--kse-qla.example"),
        ("ä" * 80, "localhost"),
    ],
)
def test_a_host_stands_behind_an_at_sign_in_ascii(host: str, domain: str) -> None:
    assert mail_domain(host) == domain
