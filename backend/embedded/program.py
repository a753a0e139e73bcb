"""What the caller of `up` wants run beside the services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """Something to run to its end before the programs start; what it prints is shown."""

    title: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a program that the others call listens: a port of its own, the same at every start."""

    # The environment variable in which all are told its address, and the path within.
    variable: str
    path: str = ""
    health: str = "/health"


@dataclass(frozen=True, slots=True)
class Program:
    """Something to keep running; it shares our terminal for its logs. With an address it is given `--port`."""

    name: str
    title: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    # Ready once this answers 200; without one, as soon as it runs.
    ready_url: str | None = None
    stop_seconds: float = 10.0
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """What `on_ready` is told."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    seconds: float
    # What each step printed, by its title.
    said: Mapping[str, str]
