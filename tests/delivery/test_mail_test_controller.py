"""The test mail: sent at once, with the settings and the server's answer."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from backend.core.roles import Role
from backend.core.settings import Settings
from tests.support.application import AsRole, MakeKey
from tests.support.mail_server import MailServer, mail_server

URL = "/api/v1/admin/delivery/test-mail"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, mail: MailServer) -> Settings:
    return replace(settings, smtp_url=f"smtp://127.0.0.1:{mail.port}")


async def test_it_goes_to_who_asks_and_the_server_is_quoted(as_role: AsRole, mail: MailServer) -> None:
    admin = await as_role(Role.ADMIN)
    first = await admin.post(URL, json={})
    assert first.status_code == 200, first.text
    said = first.json()
    assert (said["to"], said["outcome"], said["error"]) == ("admin@example.com", "sent", None)
    assert (said["settings"]["host"], said["settings"]["port"]) == ("127.0.0.1", mail.port)
    assert said["answer"]
    await admin.post(URL, json={"to": "ops@example.com"})
    assert [received.recipients for received in mail.received] == [["admin@example.com"], ["ops@example.com"]]
    # Mail programs show one of several that have the same.
    assert len({received.mail["Message-ID"] for received in mail.received}) == 2


async def test_what_the_server_refuses_is_said(as_role: AsRole, mail: MailServer) -> None:
    mail.at_recipient["gone@example.com"] = "550 no such user"
    response = await (await as_role(Role.ADMIN)).post(URL, json={"to": "gone@example.com"})
    assert response.status_code == 200
    assert response.json()["outcome"] == "rejected"
    assert "no such user" in response.json()["error"]


async def test_a_bad_address_is_named(as_role: AsRole, mail: MailServer) -> None:
    response = await (await as_role(Role.ADMIN)).post(URL, json={"to": "nobody"})
    assert response.status_code == 400
    assert mail.received == []


async def test_a_machine_says_to_whom(client: httpx.AsyncClient, api_key: MakeKey) -> None:
    client.headers["Authorization"] = f"Bearer {await api_key(Role.ADMIN)}"
    response = await client.post(URL, json={})
    assert [error["path"] for error in response.json()["errors"]] == ["to"]
