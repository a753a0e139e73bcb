"""The committed OpenAPI document is the one that this code serves, and one that clients like to be made from."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from backend.app.openapi import openapi_document
from backend.app.openapi_tidy import short_name
from backend.cli.openapi_file import render
from backend.core.patterns import in_words

COMMITTED = Path(__file__).resolve().parents[2] / "openapi.json"

Json = Any  # an OpenAPI document is JSON


@pytest.fixture
def document(app: Litestar) -> Json:
    return openapi_document(app)


def operations(document: Json) -> dict[str, Json]:
    return {
        operation["operationId"]: operation for methods in document["paths"].values() for operation in methods.values()
    }


def references(node: Json) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"].rpartition("/")[2]} if "$ref" in node else set()
        return own.union(*map(references, node.values())) if node else own
    return set().union(*map(references, node)) if isinstance(node, list) and node else set()


def answered(document: Json) -> set[str]:
    """Names of the components that answers are made of."""
    found: set[str] = set()
    for operation in operations(document).values():
        found |= references(operation["responses"])
    while more := set().union(*(references(document["components"]["schemas"][name]) for name in found)) - found:
        found |= more
    return found


def test_the_committed_document_is_current() -> None:
    assert COMMITTED.read_text("utf-8") == render(), "renew it: ./just openapi"


async def test_it_is_served_as_it_is_committed(client: httpx.AsyncClient, document: Json) -> None:
    assert (await client.get("/openapi.json")).json() == document


def patterns(node: Json) -> set[str]:
    if isinstance(node, dict):
        own = {node["pattern"]} if isinstance(node.get("pattern"), str) else set()
        return own.union(*map(patterns, node.values()))
    return set().union(*map(patterns, node)) if isinstance(node, list) else set()


def test_nobody_is_told_a_regular_expression(document: Json) -> None:
    messages = {f"Expected `str` matching regex {expression!r}" for expression in patterns(document)}
    assert {message for message in messages if in_words(message) == message} == set()


def test_every_field_of_an_answer_is_there(document: Json) -> None:
    schemas = document["components"]["schemas"]
    optional = {
        name: sorted(set(schemas[name].get("properties", {})) - set(schemas[name].get("required", ())))
        for name in answered(document)
    }
    assert {name: fields for name, fields in optional.items() if fields} == {}


def test_names_are_short_and_say_what_they_hold(document: Json) -> None:
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []
    assert {"NotificationPage", "AlertPage", "NotificationOut", "AlertIn", "Problem"} <= set(schemas)
    assert references(document) <= set(schemas)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Page_backend.notifications.schemas.NotificationOut_", "NotificationPage"),
        ("Page_NotificationOut_", "NotificationPage"),
        ("backend.auth.schemas.MeOut", "MeOut"),
        ("AlertIn", "AlertIn"),
    ],
)
def test_a_generic_name_becomes_a_word(name: str, short: str) -> None:
    assert short_name(name) == short


def test_every_operation_says_what_it_is_for_and_how_it_fails(document: Json) -> None:
    for name, operation in operations(document).items():
        responses = operation["responses"]
        assert operation["summary"], name
        assert {"400", "500", "503"} <= set(responses), name
        if "security" in operation:
            assert {"401", "403"} <= set(responses), name
        for status, response in responses.items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"], (name, status)


def test_creates_take_an_idempotency_key_and_name_its_refusals(document: Json) -> None:
    for name in ("create_notification", "raise_alert", "raise_alerts", "comment_on_alert"):
        operation = operations(document)[name]
        assert "Idempotency-Key" in [parameter["name"] for parameter in operation["parameters"]]
        assert {"409", "422"} <= set(operation["responses"])


def test_answers_with_a_secret_take_none_and_say_so(document: Json) -> None:
    for name in ("create_user", "reset_password", "create_api_key", "rotate_api_key"):
        operation = operations(document)[name]
        assert "Idempotency-Key" in operation["responses"]["400"]["description"]
        assert "Idempotency-Key" not in [parameter["name"] for parameter in operation.get("parameters", ())]


def test_no_query_parameter_pretends_to_take_null(document: Json) -> None:
    for operation in operations(document).values():
        for parameter in operation.get("parameters", ()):
            assert {"type": "null"} not in parameter["schema"].get("oneOf", ())


def test_the_items_of_a_batch_are_alerts(document: Json) -> None:
    alerts = document["components"]["schemas"]["AlertBatchIn"]["properties"]["alerts"]
    assert alerts["items"] == {"$ref": "#/components/schemas/AlertIn"}
    assert alerts["maxItems"] == 1_000


def test_the_event_stream_is_no_json(document: Json) -> None:
    assert list(operations(document)["events"]["responses"]["200"]["content"]) == ["text/event-stream"]


@pytest.mark.parametrize("path", ["/api/v1/admin/nothing", "/api", "/api/"])
async def test_an_unknown_api_path_is_a_problem_and_never_the_page(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
