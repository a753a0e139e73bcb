"""PostgreSQL and Valkey of a test run: started once, by whoever leads the run, and shared by its workers."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from xdist.workermanage import WorkerController

from backend.embedded.services import Services, run_services, temporary_folder

_SERVICES = pytest.StashKey[Services]()
_OPEN = pytest.StashKey[ExitStack]()


@pytest.fixture(scope="session")
def services(request: pytest.FixtureRequest) -> Iterator[Services]:
    """Addresses of the run's PostgreSQL and Valkey; a test asks for `database_url` and `redis_url` instead."""
    lent = getattr(request.config, "workerinput", {}).get("services")
    if lent is not None:
        yield Services(*lent)
        return
    with ExitStack() as stack:
        yield _start(stack)


def pytest_configure_node(node: WorkerController) -> None:
    """Before each xdist worker starts: the controller starts the services and lends them to all."""
    config = node.config
    if _SERVICES not in config.stash:
        config.stash[_OPEN] = ExitStack()
        config.stash[_SERVICES] = _start(config.stash[_OPEN])
    found = config.stash[_SERVICES]
    node.workerinput["services"] = (found.database_url, found.redis_url)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _OPEN in config.stash:
        config.stash[_OPEN].close()


def _start(stack: ExitStack) -> Services:
    database_url, redis_url = os.environ.get("TOCSIN_TEST_DATABASE_URL"), os.environ.get("TOCSIN_TEST_REDIS_URL")
    if database_url and redis_url:
        return Services(database_url, redis_url)
    embedded = stack.enter_context(run_services(stack.enter_context(temporary_folder()), durable=False))
    return Services(database_url or embedded.database_url, redis_url or embedded.redis_url)
