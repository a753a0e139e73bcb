from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from backend.letzshop.answer import Answer, read_answer
from backend.letzshop.failure import LetzshopError, Outcome

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answer(status: int, body: Any, headers: dict[str, str] | None = None) -> Answer:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return read_answer(status, headers or {}, content, now=NOW)


def failure(status: int, body: Any = b"", headers: dict[str, str] | None = None) -> LetzshopError:
    with pytest.raises(LetzshopError) as raised:
        answer(status, body, headers)
    return raised.value


def test_data_alone_is_the_answer() -> None:
    assert answer(200, {"data": {"shipments": {}}}) == Answer({"shipments": {}})


def test_data_beside_errors_is_partial() -> None:
    found = answer(200, {"data": {"shipments": {}}, "errors": [{"message": "one is missing", "path": ["shipments"]}]})
    assert found.complaints == ("one is missing",)


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (401, b"", Outcome.CREDENTIALS),
        (403, {"errors": [{"message": "no"}]}, Outcome.CREDENTIALS),
        (429, b"", Outcome.TRANSIENT),
        (500, b"<html>", Outcome.TRANSIENT),
        (502, b"", Outcome.TRANSIENT),
        (200, b"<html>Maintenance</html>", Outcome.TRANSIENT),
        (200, b'{"data": {"shipm', Outcome.TRANSIENT),
        (200, [], Outcome.TRANSIENT),
        (200, {}, Outcome.TRANSIENT),
        (200, {"data": None, "errors": [{"message": "Field 'x' does not exist"}]}, Outcome.REJECTED),
        (200, {"data": {"shipments": None}, "errors": [{"message": "bad cursor"}]}, Outcome.REJECTED),
        (200, {"errors": [{"message": "Unauthorized"}]}, Outcome.CREDENTIALS),
        (200, {"errors": [{"message": "no", "extensions": {"code": "FORBIDDEN"}}]}, Outcome.CREDENTIALS),
        (400, {"errors": [{"message": "Syntax error"}]}, Outcome.REJECTED),
        (302, b"", Outcome.REJECTED),
        (404, b"not here", Outcome.REJECTED),
    ],
)
def test_each_way_to_fail_has_its_outcome(status: int, body: Any, outcome: Outcome) -> None:
    assert failure(status, body).outcome is outcome


def test_what_letzshop_said_is_in_the_message_and_bounded() -> None:
    errors = [{"message": f"error {number}"} for number in range(9)]
    assert str(failure(200, {"errors": errors})) == (
        "Letzshop refused the query: error 0; error 1; error 2; and 6 more"
    )
    assert str(failure(200, {"errors": ["odd", {"code": 1}]})) == (
        "Letzshop refused the query: odd; an error without a message"
    )


def test_a_busy_server_says_how_long_to_wait() -> None:
    assert failure(429, headers={"retry-after": "120"}).retry_after == 120
    assert failure(503, headers={"retry-after": "Sun, 22 Nov 2026 12:01:30 GMT"}).retry_after == 90
    assert failure(429).retry_after is None
