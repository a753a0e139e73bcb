"""The test bench: real PostgreSQL and Valkey, real migrations, real commits (docs/testing.md)."""

from pathlib import Path

import pytest
import structlog

pytest_plugins = [
    "tests.support.services",
    "tests.support.databases",
    "tests.support.examples",
    "tests.support.times",
    "tests.support.jobs",
    "tests.support.application",
]

_TESTS = Path(__file__).parent
_STORIES = "stories"


def pytest_configure() -> None:
    """Plain tracebacks: to draw one with its local variables takes longer than the test that fails on purpose."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folder of a test is its module's marker, so that none is forgotten; stories are `story`."""
    for item in items:
        folder = item.path.relative_to(_TESTS).parts[0]
        item.add_marker("story" if folder == _STORIES else folder)
