"""Which Apprise URLs may be used, and what of them is a host."""

import inspect
import sys

import pytest
from apprise.manager_plugins import NotificationManager

from backend.delivery.channels.apprise_service import understood
from backend.delivery.channels.chat_services import ALLOWED, host_of, refusal, web_address_of


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("json://example.com", "use the kind webhook"),
        ("http://example.com", "use the kind webhook"),
        ("mailtos://me:pw@example.com", "use the kind email"),
        ("syslog://", "not among"),
        ("MACOSX://", "not among"),
        ("windows://", "not among"),
        ("apprise://example.com/config", "not among"),
        ("slack://a/b/c?template=/etc/passwd", "may not set template"),
        ("slack://a/b/c?x=1&Template=x", "may not set template"),
        ("slack://a/b/c?t%65mplate=x", "may not set template"),
        ("ntfy://example.com/t?redirect=yes", "may not set redirect"),
        ("gotifys://gotify.example.com/token?verify=no", "may not set verify"),
        ("ntfy://a b/t", "is not an Apprise URL"),
        ("no scheme", "is not an Apprise URL"),
        ("", "is not an Apprise URL"),
        ("ntfy://example.com/" + "t" * 2_000, "is not an Apprise URL"),
    ],
)
def test_what_may_not_be_used_is_refused_in_words(address: str, said: str) -> None:
    assert said in (refusal(address) or "")
    assert "passwd" not in (refusal(address) or "")


@pytest.mark.parametrize(
    "address",
    [
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "ntfys://ntfy.example.com/topic",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "tgram://123456789:abcdefg_hijklmnop/12315544/",
        "matrixs://user:token@matrix.example.com/#room",
    ],
)
def test_services_that_may_be_used_are_understood(address: str) -> None:
    assert refusal(address) is None
    assert understood(address) is not None


def test_a_web_address_that_no_service_has_is_not_understood() -> None:
    assert understood("https://example.com/hook") is None


def test_every_allowed_service_is_one_of_apprises_and_speaks_http_only() -> None:
    manager = NotificationManager()  # type: ignore[no-untyped-call]  # Apprise's own
    for scheme in sorted(ALLOWED):
        assert scheme in manager, scheme
        source = inspect.getsource(sys.modules[manager[scheme].__module__])
        for other in ("import socket", "import subprocess", "import smtplib", "urllib.request", "ThreadPoolExecutor"):
            assert other not in source, f"{scheme}: {other}"


@pytest.mark.parametrize(
    ("address", "host", "web"),
    [
        ("ntfy://u:p@ntfy.example.com:8080/t", "ntfy.example.com:8080", "http://ntfy.example.com:8080/"),
        ("ntfys://ntfy.example.com/t", "ntfy.example.com", "https://ntfy.example.com/"),
        ("workflow://teams.example.com/id/sig", "teams.example.com", "https://teams.example.com/"),
        ("gotify://[::1]:80/token", "[::1]:80", "http://[::1]:80/"),
        ("ntfy://topic", None, None),
        ("ntfy://topic/other?m%6Fde=cloud", None, None),
        ("slack://T1/A1/xyz", None, None),
        ("nonsense", None, None),
    ],
)
def test_only_a_self_hosted_service_has_a_host(address: str, host: str | None, web: str | None) -> None:
    assert (host_of(address), web_address_of(address)) == (host, web)
