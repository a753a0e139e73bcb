"""Where the embedded services of a data folder listen, for commands beside a running `tocsin up`."""

from dataclasses import dataclass, field
from pathlib import Path

from backend.embedded.data_folder import DataFolder
from backend.embedded.ports import LOOPBACK, is_free, read_ports
from backend.embedded.postgres_setup import DATABASE, USER


@dataclass(frozen=True, slots=True)
class Addresses:
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)


def running_addresses(root: Path) -> Addresses | None:
    """The addresses of the services that run on this data folder; None when none do, or it is not ours to read."""
    folder = DataFolder(root.absolute(), account=None)
    ports = read_ports(folder.ports)
    try:
        postgres, valkey, key = ((folder.secrets / name).read_text().strip() for name in ("postgres", "valkey", "key"))
        database_port, redis_port = ports["postgres"], ports["valkey"]
    except (OSError, KeyError):
        return None
    if is_free(LOOPBACK, database_port):
        return None
    return Addresses(
        database_url=f"postgresql://{USER}:{postgres}@{LOOPBACK}:{database_port}/{DATABASE}",
        redis_url=f"redis://:{valkey}@{LOOPBACK}:{redis_port}/0",
        secret_key=key,
    )
