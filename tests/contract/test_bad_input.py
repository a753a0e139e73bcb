"""Whatever the OpenAPI document allows and forbids is thrown at every operation: never a 500, every status documented.

Cases are made first and then sent by a signed-in admin, in this process, to a real database.
"""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
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

from backend.core.roles import Role
from tests.support.application import BASE_URL, AsRole

DOCUMENT = Path(__file__).resolve().parents[2] / "openapi.json"
# An event stream does not end; httpx cannot write the made-up form of an upload; the others would end the session that
# the rest needs.
LEFT_OUT = {
    "events",
    "start_import",
    "logout",
    "change_password",
    "end_my_session",
    "end_sessions_of_user",
    "update_user",
    "login",
}
EXAMPLES = 5

Operation = Any  # schemathesis's own
Case = Any

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@lru_cache
def operations() -> dict[str, Operation]:
    results: list[Any] = list(schemathesis.openapi.from_path(str(DOCUMENT)).get_all_operations())  # Any: as above
    found = [result.ok() for result in results]
    return {operation.definition.raw["operationId"]: operation for operation in found}


def cases(operation: Operation, mode: GenerationMode) -> list[Case]:
    made: list[Case] = []

    @seed(2026)
    @settings(
        max_examples=EXAMPLES,
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


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", sorted(operations().keys() - LEFT_OUT))
async def test_an_operation_answers_as_documented_whatever_it_is_sent(
    as_role: AsRole, name: str, mode: GenerationMode
) -> None:
    admin = await as_role(Role.ADMIN)
    for case in cases(operations()[name], mode):
        sent = case.as_transport_kwargs(base_url=BASE_URL)
        for made_up in ("cookies", "auth"):
            sent.pop(made_up, None)
        headers = {key: value for key, value in sent.pop("headers").items() if key.lower() != "authorization"}
        try:
            request = admin.build_request(headers=headers, **sent)
        except (ValueError, TypeError, AttributeError):
            continue  # what the client itself cannot write down, no server gets to see
        response = await admin.send(request)
        case.validate_response(response, checks=CHECKS)
