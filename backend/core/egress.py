"""The egress guard: URLs that an admin may type reach the public internet only (design 6).

What counts is the address actually dialled. Names are resolved here, every address is judged, and the connection goes
to the judged address itself, so that a name that answers differently the second time (DNS rebinding) gains nothing.
Host header, SNI and certificate checks keep the name. Redirects are dialled the same way.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cache
from typing import Any

import httpcore
import httpx

from backend.core.errors import FieldError, InvalidInputError
from backend.core.settings import Network

MOST_REDIRECTS = 3
# The system's resolver may wait for minutes; seconds.
LONGEST_LOOK_UP = 5.0
_MOST_ADDRESSES = 8
_LONGEST_URL = 2_000
_HIGHEST_PORT = 65_535

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

# IANA's special-purpose registries, spelled out: what `ipaddress` calls global differs between Python versions.
_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's metadata, on a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Of IPv6 only global unicast is reached; loopback, link-local, unique-local, multicast and NAT64 lie outside of it.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)


class EgressError(InvalidInputError):
    """A URL that is not fetched; jobs show the same code and sentence that a request is answered with."""

    code = "egress_refused"
    title = "Address refused"


class EgressUrlError(EgressError):
    """Not http(s), no host, a password inside, or too long."""

    code = "egress_url"
    title = "URL refused"


class EgressAddressError(EgressError):
    """It leads to a network that is not public and not in TOCSIN_EGRESS_ALLOW."""

    code = "egress_address"
    title = "Address is not public"


class EgressClearTextError(EgressError):
    """What is sent must not be read on the way, and would be."""

    code = "egress_clear_text"
    title = "Address is not encrypted"


class EgressNameError(EgressError):
    code = "egress_name"
    title = "Host name not found"


async def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, as the machine's own resolver gives them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class EgressGuard:
    """Judges addresses and makes HTTP clients that reach judged ones only."""

    def __init__(self, allow: Iterable[Network] = (), *, in_clear: bool = False, resolver: Resolver = resolve) -> None:
        """`allow` is reached although it is not public, and nothing else when a secret is sent `in_clear` (http://).

        `resolver` stands for DNS in tests.
        """
        self._allow = tuple(allow)
        self._in_clear = in_clear
        self._resolver = resolver

    def client(self, *, timeout: httpx.Timeout | float = 10.0, **options: Any) -> httpx.AsyncClient:  # Any: httpx's
        """A client for URLs that an admin typed. Environment proxies are not used: they would dial for us unchecked."""
        return httpx.AsyncClient(
            transport=GuardedTransport(self),
            trust_env=False,
            timeout=timeout,
            max_redirects=MOST_REDIRECTS,
            **options,
        )

    def network(self) -> httpcore.AsyncNetworkBackend:
        """The network itself, for who keeps connections of their own; the URL is judged by parsed_url then."""
        return _GuardedBackend(self)

    async def check_url(self, url: str, *, field: str) -> None:
        """Refuse early, naming the input field. A name that does not resolve passes: that may be better tomorrow."""
        try:
            parsed = parsed_url(url)
            await self.addresses(parsed.host, _port(parsed))
        except EgressNameError:
            return
        except EgressError as error:
            errors = (FieldError(path=field, message=error.detail),)
            raise type(error)(f"{field}: {error.detail}", errors=errors) from error

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses to dial for a host; raises when it has none, or one that is refused."""
        try:
            # Its TimeoutError is an OSError, too.
            async with asyncio.timeout(LONGEST_LOOK_UP):
                found = await self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise EgressNameError(f"The host name {host} cannot be resolved.") from error
        addresses = list(dict.fromkeys(found))[:_MOST_ADDRESSES]
        if not addresses:
            raise EgressNameError(f"The host name {host} has no address.")
        for address in addresses:
            self._judge(host, address)
        return addresses

    def _judge(self, host: str, text: str) -> None:
        address = _unmapped(ipaddress.ip_address(text))
        if any(address in network for network in self._allow):
            return
        if _is_refused(address):
            raise EgressAddressError(
                f"{host} leads to {address}, which is not a public address; TOCSIN_EGRESS_ALLOW can allow its network."
            )
        if self._in_clear:
            raise EgressClearTextError(
                f"{host} leads to {address}, a public address: http:// would send the key unencrypted; use https://."
            )


@cache
def tls_context() -> ssl.SSLContext:
    """The process's one: to read all authorities' certificates takes 25 ms, in which nothing else runs."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport with connections that the guard dials; judges the URL of every hop, redirects included."""

    def __init__(self, guard: EgressGuard) -> None:
        super().__init__(verify=tls_context(), trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(ssl_context=tls_context(), network_backend=guard.network())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        parsed_url(str(request.url))
        return await super().handle_async_request(request)


class _GuardedBackend(httpcore.AnyIOBackend):
    """httpcore's network with the judgement between resolving and dialling."""

    def __init__(self, guard: EgressGuard) -> None:
        super().__init__()
        self._guard = guard

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                return await self._connect_first(host, port, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} did not answer in {timeout} s") from error

    async def connect_unix_socket(self, path: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        raise EgressUrlError(f"{path} is not an internet address.")

    async def _connect_first(
        self,
        host: str,
        port: int,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        failure: httpcore.ConnectError | None = None
        for address in await self._guard.addresses(host, port):
            try:
                return await super().connect_tcp(address, port, None, local_address, socket_options)
            except httpcore.ConnectError as error:
                failure = error
        raise failure or httpcore.ConnectError(host)


def parsed_url(url: str) -> httpx.URL:
    """Raise EgressUrlError unless it is an http(s) URL with a host and without a user."""
    if len(url) > _LONGEST_URL:
        raise EgressUrlError(f"The URL is longer than {_LONGEST_URL} characters.")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise EgressUrlError(f"Not a URL: {error}.") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise EgressUrlError("Only http:// and https:// URLs with a host are fetched.")
    if not 0 < _port(parsed) <= _HIGHEST_PORT:
        raise EgressUrlError(f"{parsed.port} is not a port.")
    if parsed.userinfo:
        raise EgressUrlError("A user name or password may not stand in the URL.")
    return parsed


def _port(url: httpx.URL) -> int:
    if url.port is not None:
        return url.port
    return 443 if url.scheme == "https" else 80


def _unmapped(address: Address) -> Address:
    """The IPv4 address inside an IPv4-mapped one: that is what the system dials."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _is_refused(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return any(address in network for network in _REFUSED_V4)
    return address not in _GLOBAL_V6 or any(address in network for network in _REFUSED_V6)
