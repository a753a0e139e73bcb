"""Settings, read once from the environment (design 8) into small frozen structs."""

import contextlib
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from backend.core.smtp_url import SmtpUrlError, parse_smtp_url

# What "today" means where nobody says otherwise.
DEFAULT_TIMEZONE = ZoneInfo("Europe/Luxembourg")

_DEFAULT_PORTS = {"http": 80, "https": 443}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingsError(Exception):
    """An environment variable that cannot be used, in one sentence that names it."""


@dataclass(frozen=True, slots=True)
class Server:
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    streams_per_admin: int = 8

    @property
    def origin(self) -> str | None:
        """Scheme and host of the public URL, as a browser's Origin header spells it: lower case, no default port."""
        if self.public_url is None:
            return None
        parts = urlsplit(self.public_url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = "" if parts.port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f":{parts.port}"
        return f"{parts.scheme}://{host}{port}"

    @property
    def is_https(self) -> bool:
        return self.origin is not None and self.origin.startswith("https://")


@dataclass(frozen=True, slots=True)
class Stores:
    """Where state lives. None means: the embedded one (PostgreSQL, Valkey, a local folder)."""

    data_dir: Path
    database_url: str | None = field(default=None, repr=False)
    redis_url: str | None = field(default=None, repr=False)
    storage_url: str | None = field(default=None, repr=False)
    max_upload: int = 1 << 30  # bytes


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    email: str = "admin@tocsin.local"
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Jobs:
    """Durable jobs; seconds. Stories shorten the lease."""

    lease: float = 30.0
    concurrency: int = 20


@dataclass(frozen=True, slots=True)
class Settings:
    server: Server
    stores: Stores
    first_admin: FirstAdmin
    jobs: Jobs
    timezone: ZoneInfo
    secret_keys: tuple[str, ...] = field(default=(), repr=False)
    demo: bool | None = None
    # CIDR networks. Any: msgspec, which checks what routes are given, refuses a union of two foreign classes.
    egress_allow: tuple[Any, ...] = ()
    smtp_url: str | None = field(default=None, repr=False)
    letzshop_url: str | None = None

    @property
    def is_demo(self) -> bool:
        """A demo platform is seeded by default only into the embedded database."""
        return self.stores.database_url is None if self.demo is None else self.demo


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `TOCSIN_*` variables; raises SettingsError naming the one that is wrong."""
    env = os.environ if environ is None else environ
    return Settings(
        server=Server(
            host=env.get("TOCSIN_HOST") or "127.0.0.1",
            port=_integer(env, "TOCSIN_PORT", 8000, low=1, high=65_535),
            public_url=_web_url(env, "TOCSIN_PUBLIC_URL"),
            streams_per_admin=_integer(env, "TOCSIN_STREAMS_PER_ADMIN", 8, low=1),
        ),
        stores=Stores(
            data_dir=Path(env.get("TOCSIN_DATA_DIR") or default_data_dir(env)),
            database_url=_url(env, "TOCSIN_DATABASE_URL", ("postgresql", "postgres")),
            redis_url=_url(env, "TOCSIN_REDIS_URL", ("redis", "rediss", "unix")),
            storage_url=env.get("TOCSIN_STORAGE_URL") or None,
            max_upload=_integer(env, "TOCSIN_MAX_UPLOAD", 1 << 30, low=1),
        ),
        first_admin=FirstAdmin(
            email=env.get("TOCSIN_ADMIN_EMAIL") or "admin@tocsin.local",
            password=env.get("TOCSIN_ADMIN_PASSWORD") or None,
        ),
        jobs=Jobs(
            lease=float(_integer(env, "TOCSIN_JOB_LEASE", 30, low=1)),
            concurrency=_integer(env, "TOCSIN_JOB_CONCURRENCY", 20, low=1),
        ),
        timezone=_timezone(env),
        secret_keys=tuple(key for key in env.get("TOCSIN_SECRET_KEY", "").split(",") if key),
        demo=_switch(env, "TOCSIN_DEMO"),
        egress_allow=_networks(env, "TOCSIN_EGRESS_ALLOW"),
        smtp_url=_smtp_url(env, "TOCSIN_SMTP_URL"),
        letzshop_url=_web_url(env, "TOCSIN_LETZSHOP_URL"),
    )


def default_data_dir(env: Mapping[str, str]) -> Path:
    """Root: /var/lib/tocsin, since the database's own user must reach it; others: the XDG data home, or ./.data."""
    if os.geteuid() == 0:
        return Path("/var/lib/tocsin")
    if env.get("XDG_DATA_HOME"):
        return Path(env["XDG_DATA_HOME"]) / "tocsin"
    return Path.cwd() / ".data"


def _integer(env: Mapping[str, str], name: str, default: int, *, low: int, high: int | None = None) -> int:
    text = env.get(name)
    if not text:
        return default
    if not text.isdecimal() or int(text) < low or (high is not None and int(text) > high):
        bounds = f"from {low} to {high}" if high is not None else f"of at least {low}"
        raise SettingsError(f"{name} must be a whole number {bounds}.")
    return int(text)


def _switch(env: Mapping[str, str], name: str) -> bool | None:
    text = env.get(name) or None
    if text not in {None, "0", "1"}:
        raise SettingsError(f"{name} must be 0 or 1.")
    return None if text is None else text == "1"


def _url(env: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    text = env.get(name) or None
    if text is None:
        return None
    with contextlib.suppress(ValueError):
        if urlsplit(text).scheme in schemes:
            return text.rstrip("/")
    # The value may hold a password: the error names the variable only.
    raise SettingsError(f"{name} must be an address that starts with {' or '.join(f'{s}://' for s in schemes)}.")


def _web_url(env: Mapping[str, str], name: str) -> str | None:
    text = _url(env, name, ("http", "https"))
    if text is None:
        return None
    parts = urlsplit(text)
    with contextlib.suppress(ValueError):
        # Asking for it is what checks the port.
        if parts.hostname and parts.port != 0:
            return parts.geturl()
    raise SettingsError(f"{name} must name a host, and a port from 1 to 65535 if any, as in https://example.com.")


def _smtp_url(env: Mapping[str, str], name: str) -> str | None:
    """The text as it is, checked: who sends mail parses it again."""
    text = env.get(name) or None
    if text is not None:
        try:
            parse_smtp_url(text)
        except SmtpUrlError as error:
            raise SettingsError(f"{name} {error}.") from error
    return text


def _networks(env: Mapping[str, str], name: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in env.get(name, "").split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(f"{name} must be a comma-separated list of CIDR networks: {error}.") from error


def _timezone(env: Mapping[str, str]) -> ZoneInfo:
    name = env.get("TOCSIN_TIMEZONE") or DEFAULT_TIMEZONE.key
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError("TOCSIN_TIMEZONE must be the name of a time zone, such as Europe/Luxembourg.") from error
