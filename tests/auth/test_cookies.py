"""ASVS 3.3.1 to 3.3.4: Secure, the __Host- prefix, HttpOnly and SameSite."""

from backend.auth import expired_cookie, session_cookie, session_cookie_name
from backend.core.settings import Server

HTTPS = Server(public_url="https://tocsin.example.com")
LOCAL = Server()


def test_a_public_https_address_gets_a_host_cookie() -> None:
    header = session_cookie(HTTPS, "secret").to_header(header="")
    assert header.startswith("__Host-tocsin=secret")
    assert "Secure" in header
    assert "Path=/" in header
    assert "Domain" not in header


def test_a_local_address_gets_a_plain_cookie() -> None:
    header = session_cookie(LOCAL, "secret").to_header(header="")
    assert header.startswith("tocsin=secret")
    assert "Secure" not in header


def test_scripts_and_other_sites_do_not_get_it() -> None:
    for server in (HTTPS, LOCAL):
        header = session_cookie(server, "secret").to_header(header="")
        assert "HttpOnly" in header
        assert "SameSite=strict" in header


def test_signing_out_makes_the_browser_forget_it() -> None:
    header = expired_cookie(HTTPS).to_header(header="")
    assert header.startswith('__Host-tocsin=""')
    assert "Max-Age=0" in header
    assert "Secure" in header


def test_the_name_follows_the_public_address() -> None:
    assert session_cookie_name(HTTPS) == "__Host-tocsin"
    assert session_cookie_name(LOCAL) == "tocsin"
