import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded.errors import PortTakenError
from backend.embedded.ports import (
    CANDIDATES,
    PortChoice,
    choose_port,
    forget_port,
    read_ports,
    refuse_taken_port,
    service_port,
)


@pytest.fixture
def occupied() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_port_of_last_time_is_kept_while_it_is_free() -> None:
    assert choose_port(20_500, [1, 2], lambda _: True) == PortChoice(20_500, "the same as last time")


def test_a_port_that_was_taken_meanwhile_gives_way_to_the_first_free_one() -> None:
    choice = choose_port(20_500, [20_500, 20_501, 20_502], lambda port: port == 20_502)

    assert choice == PortChoice(20_502, "port 20500 of last time is taken")


def test_no_free_port_is_said_so() -> None:
    with pytest.raises(PortTakenError, match="No free port"):
        choose_port(None, [1, 2], lambda _: False)


def test_the_choice_is_remembered_and_no_two_services_get_the_same(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"

    postgres, valkey = service_port(file, "postgres").port, service_port(file, "valkey").port

    assert postgres in CANDIDATES
    assert read_ports(file) == {"postgres": postgres, "valkey": valkey}
    assert postgres != valkey
    assert service_port(file, "postgres").port == postgres


def test_a_forgotten_port_is_not_remembered(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    file.write_text(json.dumps({"postgres": 20_500, "valkey": 20_501}))

    forget_port(file, "postgres")

    assert read_ports(file) == {"valkey": 20_501}


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"postgres": "x"}'])
def test_a_damaged_memory_is_no_memory(tmp_path: Path, content: str) -> None:
    (tmp_path / "ports.json").write_text(content)

    assert read_ports(tmp_path / "ports.json") == {}


def test_a_taken_port_is_refused_with_its_number_and_the_variable(occupied: int) -> None:
    with pytest.raises(PortTakenError, match=rf"^Port {occupied} on 127\.0\.0\.1 is taken .* TOCSIN_PORT\.$"):
        refuse_taken_port("127.0.0.1", occupied)


def test_a_host_that_is_not_ours_is_refused_with_the_variable() -> None:
    with pytest.raises(PortTakenError, match=r"192\.0\.2\.1 is not an address of this machine.*TOCSIN_HOST"):
        refuse_taken_port("192.0.2.1", 8000)


def test_a_free_port_is_not_refused(occupied: int) -> None:
    refuse_taken_port("127.0.0.2", occupied)
