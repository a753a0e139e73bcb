from dataclasses import replace

import pytest

from backend.app.factory import create_app
from backend.app.same_origin import cross_site_reason
from backend.core.roles import Role
from backend.core.settings import Server, Settings
from tests.support.application import AsRole, client_of, running

HOST = "tocsin.example"


@pytest.mark.parametrize(
    ("fetch_site", "origin", "is_refused"),
    [
        (None, None, False),
        ("same-origin", None, False),
        ("none", None, False),
        ("same-origin", f"https://{HOST}", False),
        (None, f"https://{HOST}", False),
        (None, f"http://{HOST}", False),
        (None, "https://public.example", False),
        ("cross-site", None, True),
        ("same-site", None, True),
        ("cross-site", f"https://{HOST}", True),
        ("same-origin", "https://evil.example", True),
        (None, "https://evil.example", True),
        (None, "null", True),
        (None, f"https://{HOST}.evil.example", True),
        (None, f"https://{HOST}:8443", True),
        (None, "", True),
    ],
)
def test_a_write_passes_by_this_table(fetch_site: str | None, origin: str | None, *, is_refused: bool) -> None:
    reason = cross_site_reason(fetch_site=fetch_site, origin=origin, host=HOST, public_origin="https://public.example")
    assert (reason is not None) == is_refused


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        ("https://Tocsin.Example/", "https://tocsin.example"),
        ("https://tocsin.example:443", "https://tocsin.example"),
        ("http://tocsin.example:80/x", "http://tocsin.example"),
        ("https://tocsin.example:8443", "https://tocsin.example:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_url_is_compared_as_browsers_spell_an_origin(public_url: str, origin: str) -> None:
    assert Server(public_url=public_url).origin == origin


async def test_reading_from_another_site_is_left_to_the_cookie(as_role: AsRole) -> None:
    answer = await (await as_role(Role.ADMIN)).get(
        "/api/v1/admin/notifications", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    )
    assert answer.status_code == 200


async def test_forwarded_headers_never_decide(settings: Settings) -> None:
    server = replace(settings.server, public_url="https://tocsin.example")
    async with running(create_app(replace(settings, server=server))) as app, client_of(app) as client:
        answer = await client.post(
            "/api/v1/auth/logout",
            headers={
                "Origin": "https://evil.example",
                "X-Forwarded-Host": "evil.example",
                "Forwarded": "host=evil.example",
            },
        )
        assert answer.json()["code"] == "cross_site"
