import os
import random
import signal
import sys
from collections.abc import Iterator

import pytest

from backend.core.settings import Settings, load_settings
from backend.embedded.data_folder import open_data_folder
from backend.embedded.errors import DiskFullError, ServiceFailedError
from backend.embedded.ports import CANDIDATES, is_free
from backend.embedded.program import Program, Ready, Step
from backend.embedded.services import Services, temporary_folder
from backend.embedded.up import environment, step_failure, up

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def settings(services: Services) -> Iterator[Settings]:
    """With the run's own servers as if they were a user's."""
    with temporary_folder() as folder:
        yield load_settings(
            {
                "TOCSIN_DATA_DIR": str(folder),
                "TOCSIN_PORT": str(next(port for port in random.sample(CANDIDATES, 100) if is_free("127.0.0.1", port))),
                "TOCSIN_DATABASE_URL": services.database_url,
                "TOCSIN_REDIS_URL": services.redis_url,
            }
        )


def stop_at_once(_: Ready) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_steps_run_in_order_before_the_programs_and_what_they_print_is_passed_on(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[Ready] = []

    def on_ready(ready: Ready) -> None:
        told.append(ready)
        stop_at_once(ready)

    steps = [
        Step("Migrating", [sys.executable, "-c", "pass"]),
        Step("Seeding", [sys.executable, "-c", "import os; print(os.environ['WORD'])"], env={"WORD": "sesame"}),
    ]
    assert up(settings, steps, [Program("worker", "Worker", SLEEP)], on_ready) == 0

    assert told[0].said == {"Migrating": "", "Seeding": "sesame"}
    assert told[0].database_url == settings.stores.database_url
    out = capsys.readouterr().out
    assert [line.partition(" ...")[0] for line in out.splitlines()] == [
        "Migrating",
        "Seeding",
        "sesame",
        "Starting Worker",
        "Ready: Worker",
        "Worker stopped.",
    ]


def test_a_step_that_fails_stops_the_start(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [Step("Migrating", [sys.executable, "-c", "raise SystemExit('no way')"])]

    assert up(settings, steps, [], stop_at_once) == 1

    assert capsys.readouterr().err == "Tocsin: Migrating stopped with exit code 1:\nno way\n"


def test_a_program_that_never_stays_up_stops_the_start(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    broken = Program("api", "API", [sys.executable, "-c", "raise SystemExit(3)"])

    assert up(settings, [], [broken], stop_at_once) == 1

    assert "API stopped 4 times while starting" in capsys.readouterr().err


def test_children_learn_the_addresses_and_that_the_database_is_the_embedded_one() -> None:
    settings = load_settings({"TOCSIN_DATA_DIR": "somewhere"})

    with temporary_folder() as path:
        env = environment(settings, open_data_folder(path), "postgresql://x", "redis://y")

    assert env["TOCSIN_DATABASE_URL"] == "postgresql://x"
    assert env["TOCSIN_REDIS_URL"] == "redis://y"
    assert env["TOCSIN_DATA_DIR"] == str(path)
    assert env["TOCSIN_DEMO"] == "1"
    assert env["PATH"] == os.environ["PATH"]


def test_a_step_that_met_a_full_disk_says_only_that() -> None:
    step = Step("Migrating", [])

    assert isinstance(step_failure(step, 1, "asyncpg: No space left on device"), DiskFullError)
    assert isinstance(step_failure(step, 1, "something else"), ServiceFailedError)
