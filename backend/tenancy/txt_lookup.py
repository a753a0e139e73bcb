"""Asking DNS for a domain's TXT record; the resolver is whoever answers for DNS."""

from collections.abc import Sequence
from typing import Protocol

import dns.asyncresolver
import dns.exception
import dns.resolver
from dns.rdtypes.ANY.TXT import TXT

from backend.core.fields import storable
from backend.tenancy.verification import Answer, record_name

_SECONDS = 8.0
_LONGEST_FAILURE = 300


class NoSuchNameError(Exception):
    """DNS knows that there is no such name."""


class DnsFailureError(Exception):
    """DNS does not say: no answer, or no sense in it."""


class TxtResolver(Protocol):
    async def txt(self, name: str) -> Sequence[str]:
        """The TXT records of a name, none when it has none; raises NoSuchNameError or DnsFailureError."""
        ...


class DnsResolver:
    """The machine's own name servers, or those given, asked afresh each time."""

    def __init__(self, nameservers: Sequence[str] = (), *, port: int = 53, timeout: float = _SECONDS) -> None:
        """`timeout` is in seconds, for a question with all its repetitions."""
        self._nameservers = nameservers
        self._port = port
        self._timeout = timeout

    async def txt(self, name: str) -> Sequence[str]:
        try:
            found = await self._resolver().resolve(name, "TXT", search=False, lifetime=self._timeout)
        except dns.resolver.NXDOMAIN as error:
            raise NoSuchNameError(name) from error
        except dns.resolver.NoAnswer:
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise DnsFailureError(storable(str(error) or type(error).__name__, _LONGEST_FAILURE)) from error
        return [_text(record) for record in found if isinstance(record, TXT)]

    def _resolver(self) -> dns.asyncresolver.Resolver:
        # Made for each question: what the machine is configured with may change while a worker runs.
        resolver = dns.asyncresolver.Resolver(configure=not self._nameservers)
        if self._nameservers:
            resolver.nameservers = list(self._nameservers)
        resolver.port = self._port
        return resolver


async def look_up(resolver: TxtResolver, domain: str) -> Answer:
    """What DNS says of the domain's verification record."""
    try:
        return Answer(values=await resolver.txt(record_name(domain)))
    except DnsFailureError as error:
        return Answer(failure=str(error))
    except NoSuchNameError:
        return Answer(is_domain_unknown=await _is_unknown(resolver, domain))


async def _is_unknown(resolver: TxtResolver, domain: str) -> bool:
    """Whether not only the record's name is missing, but the whole domain."""
    try:
        await resolver.txt(domain)
    except NoSuchNameError:
        return True
    except DnsFailureError:
        # That the record is missing is known all the same.
        return False
    return False


def _text(record: TXT) -> str:
    return storable(b"".join(record.strings).decode("utf-8", "replace"))
