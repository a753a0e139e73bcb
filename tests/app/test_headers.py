"""Security headers and a Content-Security-Policy with a nonce stand on every answer."""

import re
from dataclasses import replace

import httpx
import pytest
from litestar import Litestar

from backend.app import spa
from backend.app.factory import create_app
from backend.core.roles import Role
from backend.core.settings import Settings
from tests.support.application import AsRole, client_of, running

NONCE = re.compile(r"script-src 'self' 'nonce-([\w-]{22,})'")
ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/notifications", 200),
    ("GET", "/docs", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/health/live", 200),
    ("GET", "/health/ready", 200),
    ("GET", "/metrics", 200),
    ("GET", "/api/v1/nothing", 404),
    ("GET", "/assets/nothing.js", 404),
    ("GET", "/api/v1/admin/notifications", 401),
    ("POST", "/api/v1/auth/login", 400),
    ("PATCH", "/api/v1/auth/login", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_answer_has_them_errors_too(client: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-request-id"].startswith("req_")
    policy = headers["content-security-policy"]
    assert NONCE.search(policy)
    for directive in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert "strict-transport-security" not in headers


async def test_a_failure_of_our_own_has_them_too(app: Litestar, as_role: AsRole) -> None:
    admin = await as_role(Role.ADMIN)
    app.state.clock = None
    answer = await admin.get("/api/v1/admin/notifications/alerts/stats")
    assert answer.status_code == 500
    assert NONCE.search(answer.headers["content-security-policy"])
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_each_answer_has_a_nonce_and_an_id_of_its_own(client: httpx.AsyncClient) -> None:
    answers = [await client.get("/health/live") for _ in range(3)]
    for name in ("content-security-policy", "x-request-id"):
        assert len({answer.headers[name] for answer in answers}) == 3


async def test_the_page_carries_the_nonce_of_its_own_answer(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    page = f'<!doctype html><script nonce="{spa.NONCE_PLACEHOLDER}"></script>'
    monkeypatch.setattr(spa, "_index", lambda: page)
    answer = await client.get("/imports/3")
    nonce = NONCE.search(answer.headers["content-security-policy"])
    assert nonce is not None
    assert f'nonce="{nonce[1]}"' in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_reference_is_one_page_of_ours_whose_style_passes_the_policy(client: httpx.AsyncClient) -> None:
    answer = await client.get("/docs")
    nonce = NONCE.search(answer.headers["content-security-policy"])
    assert nonce is not None
    assert f'<style nonce="{nonce[1]}">' in answer.text
    assert "<script" not in answer.text
    assert not re.search(r'(?:src|href)="(?!#|/openapi\.json)', answer.text)
    for words in ("/api/v1/admin/notifications/mark-all-read", "AlertIn", "dedup_key", "problem"):
        assert words.lower() in answer.text.lower()


async def test_answers_of_the_api_are_not_kept_unless_they_say_so(as_role: AsRole) -> None:
    admin = await as_role(Role.ADMIN)
    assert (await admin.get("/api/v1/auth/me")).headers["cache-control"] == "no-store"
    assert (await admin.get("/api/v1/admin/notifications")).headers["cache-control"] == "private, no-cache"


async def test_https_is_asked_for_for_a_year_where_the_public_address_has_it(settings: Settings) -> None:
    server = replace(settings.server, public_url="https://tocsin.example")
    async with running(create_app(replace(settings, server=server))) as app, client_of(app) as client:
        answer = await client.get("/health/live")
        assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
