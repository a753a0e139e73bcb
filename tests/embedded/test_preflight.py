import socket
from collections.abc import Iterator

import pytest

from backend.core.settings import load_settings
from backend.embedded import preflight
from backend.embedded.errors import PortTakenError, StartError, UnreachableError
from backend.embedded.services import Services


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_an_old_python_is_refused_with_both_versions() -> None:
    with pytest.raises(StartError, match=r"Python 3\.9 is too old: Tocsin needs Python >= 3\.11\."):
        preflight.refuse_old_python((3, 9))
    preflight.refuse_old_python()


def test_a_taken_port_is_refused(silent_port: int) -> None:
    with pytest.raises(PortTakenError):
        preflight.check(load_settings({"TOCSIN_PORT": str(silent_port)}))


def test_servers_that_answer_pass(services: Services) -> None:
    preflight.refuse_silent_postgres(services.database_url)
    preflight.refuse_silent_redis(services.redis_url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:secret@127.0.0.1:{port}/x",
        "postgresql://me:secret@127.0.0.1:1/x",
        "postgresql://me:secret@[::1",
    ],
)
def test_a_postgresql_that_cannot_be_used_is_named_without_its_password(
    url: str, silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "WAIT_SECONDS", 0.3)

    with pytest.raises(UnreachableError, match=r"^PostgreSQL at .*TOCSIN_DATABASE_URL.*\.$") as refusal:
        preflight.refuse_silent_postgres(url.format(port=silent_port))
    assert "secret" not in str(refusal.value)


def test_a_wrong_password_is_said_so(services: Services) -> None:
    user, _, rest = services.database_url.rpartition("@")
    wrong = f"{user.rpartition(':')[0]}:wrong@{rest}"

    with pytest.raises(UnreachableError, match="password authentication failed"):
        preflight.refuse_silent_postgres(wrong)


@pytest.mark.parametrize("url", ["redis://:secret@127.0.0.1:{port}/0", "redis://:secret@127.0.0.1:1/0"])
def test_a_redis_that_cannot_be_used_is_named_without_its_password(
    url: str, silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "WAIT_SECONDS", 0.3)

    with pytest.raises(UnreachableError, match=r"^Redis at .*TOCSIN_REDIS_URL.*\.$") as refusal:
        preflight.refuse_silent_redis(url.format(port=silent_port))
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://a:b@db.example:5432/x", "db.example:5432"),
        ("redis://:b@cache/0", "cache"),
        ("redis://:b@cache:port/0", "an address that cannot be read"),
        ("unix:///run/redis.sock", "/run/redis.sock"),
    ],
)
def test_a_place_is_an_address_without_its_secrets(url: str, place: str) -> None:
    assert preflight.place(url) == place
