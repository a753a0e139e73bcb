"""The committed OpenAPI document is the one that this code serves: front-end types are made from it."""

from pathlib import Path

import httpx
import pytest

from backend.cli.openapi_file import render

COMMITTED = Path(__file__).resolve().parents[2] / "openapi.json"


def test_the_committed_document_is_current() -> None:
    assert COMMITTED.read_text("utf-8") == render(), "renew it: ./just openapi"


@pytest.mark.parametrize("path", ["/api/v1/admin/nothing", "/api", "/api/"])
async def test_an_unknown_api_path_is_a_problem_and_never_the_page(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
