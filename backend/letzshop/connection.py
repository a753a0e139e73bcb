"""How a store's Letzshop is reached: its credentials opened, and a client that only the egress guard may dial for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from backend.core.clock import Clock
from backend.core.egress import EgressGuard
from backend.core.errors import FieldError
from backend.core.secrets import SecretBox, SecretError
from backend.core.settings import Settings
from backend.letzshop.client import TIMEOUT, LetzshopClient
from backend.letzshop.errors import KeyUnreadableError
from backend.letzshop.models import LetzshopCredentials

PUBLIC_ENDPOINT = "https://letzshop.lu/graphql"
_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass(frozen=True, slots=True)
class Connection:
    endpoint_url: str
    api_key: str = field(repr=False)


def default_endpoint(settings: Settings) -> str:
    return settings.letzshop_url or PUBLIC_ENDPOINT


def guard_for(settings: Settings, endpoint_url: str) -> EgressGuard:
    """The egress guard; the endpoint that the operator set in the environment may be on this machine."""
    trusted = _LOOPBACK if endpoint_url == settings.letzshop_url else ()
    # The key travels with every call.
    in_clear = not endpoint_url.lower().startswith("https://")
    return EgressGuard((*settings.egress_allow, *trusted), in_clear=in_clear)


async def check_endpoint(settings: Settings, endpoint_url: str) -> None:
    """Refuse an address that may not be reached, naming the field. It looks the name up: not within a transaction."""
    await guard_for(settings, endpoint_url).check_url(endpoint_url, field="endpoint_url")


def seal_key(settings: Settings, store_id: int, api_key: str) -> str:
    return SecretBox(settings.secret_keys).seal(_owner(store_id), api_key)


def connection_of(settings: Settings, credentials: LetzshopCredentials) -> Connection:
    """KeyUnreadableError when the key was sealed with a secret key that is no longer known."""
    try:
        key = SecretBox(settings.secret_keys).open(_owner(credentials.store_id), credentials.sealed_api_key)
    except SecretError as error:
        said = "The stored API key cannot be read with the present secret key; enter it again."
        raise KeyUnreadableError(said, errors=(FieldError(path="api_key", message=said),)) from error
    return Connection(credentials.endpoint_url, key)


@asynccontextmanager
async def open_client(settings: Settings, connection: Connection, clock: Clock) -> AsyncIterator[LetzshopClient]:
    guard = guard_for(settings, connection.endpoint_url)
    # Redirects are refused: they would carry the key elsewhere.
    async with guard.client(timeout=TIMEOUT, follow_redirects=False) as http:
        yield LetzshopClient(http, connection.endpoint_url, connection.api_key, clock)


def _owner(store_id: int) -> str:
    return f"letzshop:{store_id}"
