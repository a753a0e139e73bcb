"""A database for Hypothesis: it calls plain functions, many times a test, each of which needs a loop that goes on."""

import asyncio
from collections.abc import Iterator

import pytest

from backend.db.database import Database, open_database
from tests.support.databases import empty_database

ExampleDatabase = tuple[Database, str]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """A loop of the test's own, for all its examples."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def example_database(runner: asyncio.Runner, worker_database_url: str) -> Iterator[ExampleDatabase]:
    """This worker's database in that loop, with its address; each example empties it first."""
    opening = open_database(worker_database_url, pool_size=3)
    database = runner.run(opening.__aenter__())
    yield database, worker_database_url
    runner.run(opening.__aexit__(None, None, None))
    runner.run(empty_database(worker_database_url))
