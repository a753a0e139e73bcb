from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.audit import record
from backend.auth import ApiKeyService
from backend.core.clock import SystemClock
from backend.core.roles import Role
from backend.db.database import Database
from tests.support.application import client_of

PATH = "/api/v1/admin/audit-log"
ENTRIES = [
    ("user", "Anne", "user.create", "1"),
    ("user", "Bob", "alert.resolve", "100%"),
    ("key", "importer", "import.start", "import_7"),
    ("system", "Tocsin", "user.create", None),
]


@pytest_asyncio.fixture
async def admin(app: Litestar, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """An admin's key, and a log of four lines."""
    async with database.unit_of_work() as session:
        _, secret = await ApiKeyService(session, SystemClock()).create(
            name="admin", role=Role.ADMIN, expires_at=None, created_by=None
        )
        for kind, name, action, target in ENTRIES:
            await record(session, actor_kind=kind, actor_id=None, actor_name=name, action=action, target=target)
    async with client_of(app) as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        yield client


async def test_shows_the_newest_first_with_all_fields(admin: httpx.AsyncClient) -> None:
    items = (await admin.get(PATH)).json()["items"]
    assert [item["actor_name"] for item in items] == ["Tocsin", "importer", "Bob", "Anne"]
    assert items[0] == {
        "id": 4,
        "at": items[0]["at"],
        "actor_kind": "system",
        "actor_id": None,
        "actor_name": "Tocsin",
        "action": "user.create",
        "target": None,
        "outcome": "done",
        "address": None,
        "request_id": None,
        "detail": {},
    }
    assert items[0]["at"].endswith("Z")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("actor_kind=user", ["Bob", "Anne"]),
        ("actor_kind=user&actor_kind=key", ["importer", "Bob", "Anne"]),
        ("action=user.create", ["Tocsin", "Anne"]),
        ("q=ANN", ["Anne"]),
        ("q=resolve", ["Bob"]),
        ("q=100%25", ["Bob"]),
        ("q=import_", ["importer"]),
        ("since=2000-01-01T00:00:00Z&until=2000-01-02T00:00:00Z", []),
        ("since=2000-01-01T00:00:00Z", ["Tocsin", "importer", "Bob", "Anne"]),
    ],
)
async def test_filters(admin: httpx.AsyncClient, query: str, names: list[str]) -> None:
    response = await admin.get(f"{PATH}?{query}")
    assert [item["actor_name"] for item in response.json()["items"]] == names


async def test_pages_by_cursor_that_belongs_to_its_filters(admin: httpx.AsyncClient) -> None:
    first = (await admin.get(PATH, params={"limit": 3})).json()
    rest = (await admin.get(PATH, params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [4, 3, 2, 1]
    assert rest["next_cursor"] is None
    other = await admin.get(PATH, params={"actor_kind": "user", "cursor": first["next_cursor"]})
    assert other.status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=%21",
        "actor_kind=ghost",
        "since=yesterday",
        "since=2026-01-01T00:00:00",
        "q=%00",
        "q=" + "x" * 201,
        "colour=red",
    ],
)
async def test_bad_input_names_the_parameter(admin: httpx.AsyncClient, query: str) -> None:
    response = await admin.get(f"{PATH}?{query}")
    assert response.status_code == 400, response.text
    assert response.json()["errors"][0]["path"] == query.partition("=")[0]
