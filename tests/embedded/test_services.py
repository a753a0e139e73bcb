import asyncio
import signal
from pathlib import Path

import asyncpg
import pytest
import redis

from backend.embedded.data_folder import open_data_folder
from backend.embedded.errors import AlreadyRunningError, DiskFullError, ServiceFailedError
from backend.embedded.leftovers import read_children
from backend.embedded.postgres import Postgres
from backend.embedded.postgres_setup import last_words
from backend.embedded.service import PortLostError, cause_in_log, cause_of_death, open_log, tail
from backend.embedded.services import run_services, temporary_folder


async def fetch(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def test_both_services_run_within_the_context_and_only_there() -> None:
    with temporary_folder() as folder:
        with run_services(folder, durable=False) as services:
            assert asyncio.run(fetch(services.database_url, "select 1")) == 1
            asyncio.run(fetch(services.database_url, "create database another"))
            with redis.Redis.from_url(services.redis_url) as client:
                assert client.ping()
            with pytest.raises(AlreadyRunningError), run_services(folder):
                pytest.fail("two at once")

        assert read_children(folder / "children.json") == []
        with pytest.raises(ConnectionError):
            asyncio.run(fetch(services.database_url, "select 1"))


def test_a_password_is_needed_although_the_server_is_local_only() -> None:
    with temporary_folder() as folder, run_services(folder, durable=False) as services:
        where = services.database_url.rpartition("@")[2]
        with pytest.raises(asyncpg.InvalidPasswordError):
            asyncio.run(fetch(f"postgresql://tocsin:guess@{where}", "select 1"))
        with (
            redis.Redis.from_url(f"redis://{services.redis_url.rpartition('@')[2]}") as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()


def test_addresses_with_passwords_do_not_show_in_logs() -> None:
    with temporary_folder() as folder:
        postgres = Postgres(open_data_folder(folder), folder, 20_000, "sesame")

        assert "sesame" not in repr(postgres)
        assert "sesame" in postgres.url
        assert postgres.stop_signal is signal.SIGINT


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("initdb: could not write: No space left on device", DiskFullError),
        ("LOG: could not bind: Address already in use", PortLostError),
        ("FATAL: something else", ServiceFailedError),
    ],
)
def test_what_a_service_says_before_it_dies_is_understood(words: str, kind: type[Exception]) -> None:
    with temporary_folder() as root:
        folder = open_data_folder(root)
        cause = cause_of_death(Postgres(folder, root, 20_000, "x"), folder, words)

        assert type(cause) is kind


def test_the_log_tells_why_a_running_service_died_but_not_the_logs_of_former_starts() -> None:
    with temporary_folder() as root:
        folder = open_data_folder(root)
        postgres = Postgres(folder, root, 20_000, "x")
        for words in (b"PANIC: an old one\n", b"LOG: fine\nPANIC: could not write: No space left on device\n"):
            with open_log(postgres.log_file()) as log:
                log.write(words)

        assert "old one" not in tail(postgres.log_file())
        assert cause_in_log(postgres, folder) == f"the disk under {root} is full"


def test_a_long_log_is_put_aside_and_not_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.embedded.service.MAX_LOG_BYTES", 10)
    log_file = tmp_path / "postgres.log"
    log_file.write_text("x" * 100)

    open_log(log_file).close()

    assert (tmp_path / "postgres.log.1").read_text() == "x" * 100
    assert log_file.read_text() == "--- start ---\n"


def test_last_words_are_the_telling_ones() -> None:
    assert last_words("creating ...\ninitdb: error: no way\ninitdb: removing\n") == "initdb: error: no way"
    assert last_words("") == "it said nothing"
