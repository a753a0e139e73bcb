import io
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from backend.core.logs import configure_logs

CANARY = "correct horse"


class RowError(Exception):
    """Speaks as PostgreSQL's driver does."""


def fail() -> None:
    password = CANARY  # noqa: F841 - a local variable that no log may show
    row = f"Failing row contains (1, {CANARY}\n{CANARY}\nanne)."
    raise RowError(f"null value in column\nDETAIL:  {row}\nHINT:  Give it a value.")


@pytest.fixture(params=[True, False], ids=["on a terminal", "elsewhere"])
def written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, in either form; logging is as it was afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level, usual = root.handlers[:], root.level, structlog.get_config()
    monkeypatch.setattr(sys, "stderr", stream)
    configure_logs(pretty=request.param)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**usual)


def test_a_traceback_shows_neither_local_variables_nor_rows(written: io.StringIO) -> None:
    try:
        fail()
    except RowError:
        try:
            fail()
        except RowError:
            structlog.get_logger("test").exception("failed", request_id="req_1")
    text = written.getvalue()
    assert "Traceback" in text
    assert text.count("null value in column") == 2
    assert text.count("Give it a value.") == 2
    assert "req_1" in text
    assert CANARY not in text


def test_values_named_like_secrets_are_masked(written: io.StringIO) -> None:
    structlog.get_logger("test").info("signed_in", password=CANARY, session_token=CANARY, email="anne@example.com")
    assert "anne@example.com" in written.getvalue()
    assert CANARY not in written.getvalue()
