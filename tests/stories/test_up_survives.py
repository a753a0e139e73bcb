"""A running `tocsin up`: what dies is started again, and stopping leaves nothing behind."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest
import redis

from backend.embedded.binaries import postgres_binaries
from backend.embedded.data_folder import DataFolder
from backend.embedded.process import service_account
from tests.support.running_up import Up, eventually, gone_within, ready_up, scratch, starting_up

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def folder() -> Iterator[Path]:
    with scratch() as path:
        yield path


async def fetch(url: str, query: str) -> object:
    connection = await asyncpg.connect(url, timeout=2)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def select_one(url: str) -> bool:
    try:
        return await fetch(url, "select 1") == 1
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False


def rings(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def kill_and_await_successor(running: Up, name: str) -> int:
    old = running.children()[name]
    os.kill(old, signal.SIGKILL)
    eventually(lambda: running.children().get(name, old) != old)
    return running.children()[name]


@pytest.mark.promise
def test_whatever_is_killed_is_started_again_and_the_log_says_so(folder: Path) -> None:
    with ready_up(folder) as running:
        addresses = running.addresses()
        for name, title in {"worker": "Worker", "api": "API", "valkey": "Valkey", "postgres": "PostgreSQL"}.items():
            kill_and_await_successor(running, name)
            assert f"{title} was killed by SIGKILL after " in running.output
            eventually(lambda title=title: f"{title} was started again." in running.output)  # type: ignore[misc]  # a default of a lambda

        eventually(lambda: asyncio.run(select_one(addresses["database_url"])))
        eventually(lambda: rings(addresses["redis_url"]))


def test_postgresql_comes_back_although_a_busy_session_outlives_its_server(folder: Path) -> None:
    with ready_up(folder) as running:
        url = running.addresses()["database_url"]
        busy = subprocess.Popen([sys.executable, "-c", BUSY, url], stderr=subprocess.DEVNULL)
        try:
            eventually(lambda: asyncio.run(fetch(url, COUNTING)) == 1)
            kill_and_await_successor(running, "postgres")

            eventually(lambda: asyncio.run(select_one(url)))
        finally:
            busy.kill()
            busy.wait()


COUNTING = "select count(*) from pg_stat_activity where query like '%generate_series%b' and state = 'active'"
# Never looks up from its work, and so does not notice that its server is gone.
BUSY = """
import asyncio, asyncpg, sys
async def main():
    connection = await asyncpg.connect(sys.argv[1])
    await connection.fetchval("select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b")
asyncio.run(main())
"""


def test_a_child_that_keeps_dying_is_tried_ever_later_and_never_given_up(folder: Path) -> None:
    with ready_up(folder) as running:
        for delay in ("0.2", "0.4", "0.8"):
            kill_and_await_successor(running, "worker")
            assert f"starting it again in {delay} s." in running.output


@pytest.mark.promise
def test_killing_the_supervisor_hard_leaves_no_process_not_even_a_deaf_one(folder: Path) -> None:
    with ready_up(folder, env={"FAKE_WORKER": "deaf"}) as running:
        family = running.family()
        assert {"postgres", "valkey", "api", "worker"} == set(running.children())

        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()

        assert gone_within(family, 25) == []


def test_after_such_a_kill_the_next_start_works_at_once(folder: Path) -> None:
    with ready_up(folder, env={"FAKE_WORKER": "deaf"}) as running:
        family = running.family()
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()

        with ready_up(folder) as successor:
            assert gone_within(family, 0) == []
            assert asyncio.run(select_one(successor.addresses()["database_url"]))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_stops_everything_in_order_and_cleanly(folder: Path, number: signal.Signals) -> None:
    with ready_up(folder) as running:
        family = running.family()

        running.send(number)

        assert running.wait_ended(30) == 0
        assert gone_within(family, 1) == []
        assert running.output.splitlines()[-4:] == [
            "API stopped.",
            "Worker stopped.",
            "Valkey stopped.",
            "PostgreSQL stopped.",
        ]
        assert running.children() == {}
    assert cluster_state(folder / "data") == "shut down"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_during_the_start_is_obeyed_as_well(folder: Path, number: signal.Signals) -> None:
    with starting_up(folder, env={"FAKE_SEED": "import time; time.sleep(60)"}) as running:
        eventually(lambda: "Seeding ..." in running.output)
        family = running.family()

        running.send(number)

        assert running.wait_ended(30) == 0
        assert "Seeding ... interrupted\n" in running.output
        assert gone_within(family, 1) == []


def test_a_program_deaf_to_the_stop_signal_is_killed_after_its_time(folder: Path) -> None:
    with ready_up(folder, env={"FAKE_WORKER": "deaf"}) as running:
        family = running.family()

        running.send(signal.SIGTERM)

        assert running.wait_ended(30) == 0
        assert "Worker did not stop and was killed after 1 s." in running.output
        assert gone_within(family, 1) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's")
def test_killing_the_runner_above_hard_stops_everything_too(folder: Path) -> None:
    """As when `./just up` is killed: the runner cannot pass a SIGKILL on."""

    def below_a_shell(argv: list[str]) -> list[str]:
        return ["/bin/sh", "-c", '"$@"; exit $?', "runner", *argv]

    with starting_up(folder, env={"TOCSIN_STOP_WITH_PARENT": "1"}, wrap=below_a_shell) as running:
        running.wait_ready()
        family = running.family()
        assert psutil.Process(running.process.pid).name() == "sh"

        running.process.kill()
        running.process.wait()

        assert gone_within(family, 30) == []
    assert cluster_state(folder / "data") == "shut down"


def cluster_state(data: Path) -> str:
    bin_folder = postgres_binaries(DataFolder(data, service_account(os.geteuid())))
    told = subprocess.run(
        [bin_folder / "pg_controldata", data / "postgres"], capture_output=True, text=True, check=True
    ).stdout
    return next(line.partition(":")[2].strip() for line in told.splitlines() if "cluster state" in line)
