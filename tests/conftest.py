"""The test bench: real PostgreSQL and Valkey, real migrations, real commits (docs/testing.md)."""

import gc
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

pytest_plugins = [
    "tests.support.services",
    "tests.support.databases",
    "tests.support.passwords",
    "tests.support.examples",
    "tests.support.times",
    "tests.support.jobs",
    "tests.support.application",
]

_TESTS = Path(__file__).parent
_STORIES = "stories"

# Some examples at each run; many with the stories (tests/run.py). A test that names its own number keeps it.
settings.register_profile("some", max_examples=40)
settings.register_profile("many", max_examples=300)
settings.load_profile("some")


def pytest_configure() -> None:
    """Plain tracebacks: to draw one with its local variables takes longer than the test that fails on purpose."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
    # Next to nothing of what is loaded and collected is garbage.
    gc.disable()


def pytest_collection_finish() -> None:
    """What is there by now stays: to look through it again and again took an eighth of the whole run."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folder of a test is its module's marker, so that none is forgotten; stories are `story`."""
    for item in items:
        folder = item.path.relative_to(_TESTS).parts[0]
        item.add_marker("story" if folder == _STORIES else folder)
