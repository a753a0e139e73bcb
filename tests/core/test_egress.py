import asyncio
import ipaddress
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx
import pytest

from backend.core.egress import (
    MOST_REDIRECTS,
    EgressAddressError,
    EgressClearTextError,
    EgressError,
    EgressGuard,
    EgressNameError,
    EgressUrlError,
)
from backend.core.errors import InvalidInputError

LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"),)

REFUSED = {
    "loopback": "127.0.0.1",
    "loopback, another": "127.9.9.9",
    "private 10": "10.0.0.5",
    "private 172": "172.31.255.254",
    "private 192": "192.168.1.1",
    "metadata": "169.254.169.254",
    "metadata of Azure": "168.63.129.16",
    "metadata of Alibaba": "100.100.100.200",
    "this network": "0.0.0.0",  # noqa: S104 - refused, not bound to
    "carrier NAT": "100.64.0.1",
    "protocol assignments": "192.0.0.192",
    "benchmarks": "198.18.0.1",
    "documentation": "203.0.113.7",
    "multicast": "224.0.0.251",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv4-mapped": "::ffff:127.0.0.1",
    "IPv4-mapped metadata": "::ffff:169.254.169.254",
    "IPv4-compatible": "::7f00:1",
    "NAT64": "64:ff9b::7f00:1",
    "NAT64 of a public address": "64:ff9b::808:808",
    "local NAT64": "64:ff9b:1::1",
    "6to4": "2002:7f00:1::1",
    "Teredo": "2001:0:53aa:64c:0:0:0:1",
    "unique local": "fd00:ec2::254",
    "link-local": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 documentation": "2001:db8::1",
}


class LyingResolver:
    """Answers the n-th question with the n-th answer, the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


class Server:
    """An HTTP server on loopback that remembers requests and answers with what it is told."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.location: str | None = None
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests.append((await reader.readuntil(b"\r\n\r\n")).decode())
        head = "200 OK" if self.location is None else f"302 Found\r\nLocation: {self.location}"
        writer.write(f"HTTP/1.1 {head}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    server = Server()
    listener = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    async with listener:
        yield server


async def never(_host: str, _port: int) -> Sequence[str]:
    """A resolver that does not answer."""
    await asyncio.sleep(60)
    return []


async def fetch(guard: EgressGuard, url: str) -> httpx.Response:
    async with guard.client(timeout=5.0, follow_redirects=True) as client:
        return await client.get(url)


class TestDialling:
    @pytest.mark.parametrize("address", REFUSED.values(), ids=REFUSED.keys())
    async def test_refuses_what_is_not_public(self, address: str) -> None:
        guard = EgressGuard(resolver=LyingResolver([address]))
        with pytest.raises(EgressAddressError):
            await fetch(guard, "http://feeds.example/")

    @pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
    async def test_lets_public_addresses_pass(self, address: str) -> None:
        assert await EgressGuard(resolver=LyingResolver([address])).addresses("a.example", 443) == [address]

    async def test_one_bad_address_among_good_ones_refuses_the_host(self) -> None:
        guard = EgressGuard(resolver=LyingResolver(["93.184.215.14", "::1"]))
        with pytest.raises(EgressAddressError):
            await guard.addresses("a.example", 443)

    @pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost"])
    async def test_refuses_every_spelling_of_loopback(self, host: str) -> None:
        with pytest.raises((EgressError, httpx.InvalidURL)):
            await fetch(EgressGuard(), f"http://{host}:9/")

    async def test_dials_the_judged_address_and_keeps_the_host_header(self) -> None:
        async with serving() as server:
            guard = EgressGuard(LOOPBACK, resolver=LyingResolver(["127.0.0.1"]))
            response = await fetch(guard, f"http://feeds.example:{server.port}/feed.csv")
        assert response.text == "hi"
        assert f"Host: feeds.example:{server.port}" in server.requests[0]

    async def test_a_rebinding_name_never_reaches_the_second_answer(self) -> None:
        async with serving() as server:
            resolver = LyingResolver(["93.184.215.14"], ["127.0.0.1"])
            guard = EgressGuard(resolver=resolver)
            await guard.check_url(f"http://rebind.example:{server.port}/", field="source_url")
            with pytest.raises(EgressAddressError):
                await fetch(guard, f"http://rebind.example:{server.port}/")
        assert server.requests == []
        assert len(resolver.asked) == 2  # once by the check, once by the dialling: nobody resolves in between

    async def test_tries_the_next_address_when_one_does_not_answer(self) -> None:
        async with serving() as server:
            allow = (ipaddress.ip_network("127.0.0.0/8"),)
            guard = EgressGuard(allow, resolver=LyingResolver(["127.0.0.2", "127.0.0.1"]))
            assert (await fetch(guard, f"http://feeds.example:{server.port}/")).status_code == 200

    async def test_nobody_listening_is_a_connect_error(self) -> None:
        guard = EgressGuard(LOOPBACK, resolver=LyingResolver(["127.0.0.1"]))
        with pytest.raises(httpx.ConnectError):
            await fetch(guard, "http://feeds.example:1/")

    async def test_a_slow_resolver_is_a_connect_timeout(self) -> None:
        async with EgressGuard(resolver=never).client(timeout=0.05) as client:
            with pytest.raises(httpx.ConnectTimeout):
                await client.get("http://slow.example/")

    async def test_a_name_that_is_not_found_is_named(self) -> None:
        async def nothing(_host: str, _port: int) -> Sequence[str]:
            raise OSError("not found")

        with pytest.raises(EgressNameError, match=r"nowhere\.example"):
            await fetch(EgressGuard(resolver=nothing), "http://nowhere.example/")

    async def test_a_look_up_without_an_answer_ends_as_a_name_that_is_not_found(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("backend.core.egress.LONGEST_LOOK_UP", 0.02)
        with pytest.raises(EgressNameError, match=r"slow\.example"):
            await fetch(EgressGuard(resolver=never), "http://slow.example/")

    @pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
    async def test_what_must_not_be_read_on_the_way_reaches_no_public_address(self, address: str) -> None:
        resolver = LyingResolver(["127.0.0.1"], [address])
        async with serving() as server:
            guard = EgressGuard(LOOPBACK, in_clear=True, resolver=resolver)
            url = f"http://orders.example:{server.port}/"
            assert (await fetch(guard, url)).status_code == 200
            with pytest.raises(EgressClearTextError):
                await fetch(guard, url)
        assert len(server.requests) == 1

    async def test_in_clear_a_network_that_is_not_allowed_stays_refused(self) -> None:
        with pytest.raises(EgressAddressError):
            await EgressGuard(LOOPBACK, in_clear=True).addresses("10.0.0.1", 80)

    async def test_https_keeps_the_name_for_sni(self) -> None:
        hello = bytearray()

        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            hello.extend(await reader.read(2_000))
            writer.close()

        listener = await asyncio.start_server(listen, "127.0.0.1", 0)
        async with listener:
            port = listener.sockets[0].getsockname()[1]
            guard = EgressGuard(LOOPBACK, resolver=LyingResolver(["127.0.0.1"]))
            with pytest.raises(httpx.TransportError):
                await fetch(guard, f"https://feeds.example:{port}/")
        assert b"feeds.example" in hello

    async def test_environment_proxies_are_not_asked_to_dial(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with serving() as server:
            monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
            with pytest.raises(EgressAddressError):
                await fetch(EgressGuard(resolver=LyingResolver(["10.0.0.1"])), "http://feeds.example/")
        assert server.requests == []


class TestRedirects:
    async def test_to_a_private_address_is_refused(self) -> None:
        async with serving() as server:
            server.location = "http://metadata.example/latest/"
            guard = EgressGuard(LOOPBACK, resolver=LyingResolver(["127.0.0.1"], ["169.254.169.254"]))
            with pytest.raises(EgressAddressError):
                await fetch(guard, f"http://feeds.example:{server.port}/")

    async def test_to_another_scheme_is_refused(self) -> None:
        async with serving() as server:
            server.location = "file:///etc/passwd"
            guard = EgressGuard(LOOPBACK, resolver=LyingResolver(["127.0.0.1"]))
            with pytest.raises((EgressUrlError, httpx.UnsupportedProtocol)):
                await fetch(guard, f"http://feeds.example:{server.port}/")

    async def test_with_a_user_in_it_is_refused(self) -> None:
        async with serving() as server:
            server.location = f"http://anne:secret@feeds.example:{server.port}/"
            guard = EgressGuard(LOOPBACK, resolver=LyingResolver(["127.0.0.1"]))
            with pytest.raises(EgressUrlError):
                await fetch(guard, f"http://feeds.example:{server.port}/")

    async def test_are_few(self) -> None:
        async with serving() as server:
            server.location = "/again"
            guard = EgressGuard(LOOPBACK, resolver=LyingResolver(["127.0.0.1"]))
            with pytest.raises(httpx.TooManyRedirects):
                await fetch(guard, f"http://feeds.example:{server.port}/")
        assert len(server.requests) == MOST_REDIRECTS + 1


class TestCheckUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "",
            "feed.csv",
            "//feeds.example/",
            "ftp://feeds.example/",
            "file:///etc/passwd",
            "gopher://127.0.0.1:6379/_",
            "http://",
            "https:///feed",
            "http://anne:secret@feeds.example/",
            "http://anne@feeds.example/",
            "http://[::1",
            "http://feeds.example:99999/",
            "http://feeds.example:0/",
            "http://feeds.example/\n",
            "http://" + "a" * 2_000,
        ],
    )
    async def test_refuses_what_is_not_a_plain_web_address(self, url: str) -> None:
        guard = EgressGuard(resolver=LyingResolver(["93.184.215.14"]))
        with pytest.raises(EgressUrlError) as caught:
            await guard.check_url(url, field="source_url")
        assert caught.value.status == 400
        assert [error.path for error in caught.value.errors] == ["source_url"]

    async def test_names_the_field_of_a_private_address(self) -> None:
        with pytest.raises(InvalidInputError) as caught:
            await EgressGuard().check_url("http://[::ffff:10.0.0.1]/feed.csv", field="source_url")
        assert caught.value.code == "egress_address"
        assert caught.value.errors[0].path == "source_url"

    async def test_lets_a_name_pass_that_does_not_resolve_today(self) -> None:
        async def nothing(_host: str, _port: int) -> Sequence[str]:
            raise OSError("not found")

        await EgressGuard(resolver=nothing).check_url("https://feeds.example/", field="source_url")

    async def test_a_look_up_without_an_answer_holds_nobody_for_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("backend.core.egress.LONGEST_LOOK_UP", 0.02)
        async with asyncio.timeout(5):
            await EgressGuard(resolver=never).check_url("https://slow.example/", field="source_url")

    async def test_lets_an_allowed_network_pass(self) -> None:
        await EgressGuard(LOOPBACK).check_url("http://127.0.0.1:8080/feed.csv", field="source_url")

    async def test_an_allowed_network_is_that_network_only(self) -> None:
        with pytest.raises(EgressAddressError):
            await EgressGuard(LOOPBACK).check_url("http://127.0.0.2/", field="source_url")
