"""A tiny DNS server on loopback, and a resolver that answers without one."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from backend.tenancy.txt_lookup import DnsFailureError, NoSuchNameError


@dataclass
class FakeDns:
    """A resolver: names not listed do not exist, and while `failure` is set nobody answers."""

    records: dict[str, list[str]] = field(default_factory=dict)
    failure: str | None = None
    asked: list[str] = field(default_factory=list)

    async def txt(self, name: str) -> Sequence[str]:
        self.asked.append(name)
        if self.failure is not None:
            raise DnsFailureError(self.failure)
        if name not in self.records:
            raise NoSuchNameError(name)
        return self.records[name]


class _Server(asyncio.DatagramProtocol):
    transport: asyncio.DatagramTransport

    def __init__(self, zone: dict[str, Sequence[str]], refusal: dns.rcode.Rcode | None) -> None:
        self._zone = zone
        self._refusal = refusal

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        with suppress(dns.exception.DNSException):
            self.transport.sendto(self._answer(dns.message.from_wire(data)).to_wire(), addr)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        (question,) = query.question
        values = self._zone.get(question.name.to_text(omit_final_dot=True))
        if self._refusal is not None:
            response.set_rcode(self._refusal)
        elif values is None:
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif values:
            response.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", dns.rdatatype.TXT, list(values)))
        return response


@asynccontextmanager
async def dns_server(zone: dict[str, Sequence[str]], *, refusal: dns.rcode.Rcode | None = None) -> AsyncIterator[int]:
    """Serve TXT records, in zone-file spelling, by name; the port. A name with none exists without a record."""
    loop = asyncio.get_running_loop()
    server = _Server(zone, refusal)
    transport, _ = await loop.create_datagram_endpoint(lambda: server, local_addr=("127.0.0.1", 0))
    server.transport = transport
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.close()
