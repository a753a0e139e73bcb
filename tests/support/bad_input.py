"""Made-up calls of an operation, good and bad ones, from what the OpenAPI document allows and forbids."""

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.application import BASE_URL

DOCUMENT = Path(__file__).resolve().parents[2] / "openapi.json"

Operation = Any  # schemathesis's own
Case = Any

_CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@lru_cache
def operations() -> dict[str, Operation]:
    """By their names; all but the event stream, which does not end."""
    document = json.loads(DOCUMENT.read_text("utf-8"))
    # httpx cannot write the made-up form of an upload.
    del document["paths"]["/api/v1/admin/imports"]["post"]["requestBody"]["content"]["multipart/form-data"]
    results: list[Any] = list(schemathesis.openapi.from_dict(document).get_all_operations())  # Any: as above
    found = {operation.definition.raw["operationId"]: operation for operation in (result.ok() for result in results)}
    del found["events"]
    return found


def cases(operation: Operation, mode: GenerationMode, *, examples: int) -> list[Case]:
    made: list[Case] = []

    @seed(2026)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def make(case: Case) -> None:
        made.append(case)

    with suppress(Unsatisfiable):  # an operation without any input has none that is bad
        make()
    return made


def aim(case: Case, known: Mapping[str, object]) -> None:
    """Put what there is in the place of what is made up; fields that the document does not name go."""
    if isinstance(case.path_parameters, dict):
        case.path_parameters.update({name: known[name] for name in case.path_parameters.keys() & known.keys()})
    if isinstance(case.body, dict):
        fields = _fields(case.operation)
        named = {name: value for name, value in case.body.items() if name in fields}
        case.body = named | {name: known[name] for name in fields & known.keys()}


def _fields(operation: Operation) -> set[str]:
    """The names that its body may have by the document: others are allowed there, and refused."""
    schema = operation.definition.raw["requestBody"]["content"]["application/json"]["schema"]
    schemas = json.loads(DOCUMENT.read_text("utf-8"))["components"]["schemas"]
    whole = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return set(whole["properties"])


async def send(client: httpx.AsyncClient, case: Case) -> int | None:
    """The status that came, once the answer is found to be a documented one; None for what cannot be sent at all."""
    sent = case.as_transport_kwargs(base_url=BASE_URL)
    for made_up in ("cookies", "auth"):
        sent.pop(made_up, None)
    headers = {key: value for key, value in sent.pop("headers").items() if key.lower() != "authorization"}
    try:
        request = client.build_request(headers=headers, **sent)
    except (ValueError, TypeError, AttributeError):
        return None  # what the client itself cannot write down, no server gets to see
    response = await client.send(request)
    case.validate_response(response, checks=_CHECKS)
    return response.status_code
